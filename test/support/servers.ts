import type { RequestListener } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import tls, { type TLSSocket, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';

/** Servers on loopback for one test, closed with their connections when it ends. */

/** Listens on a free port and calls back for each connection. Returns the port. */
export async function rawServer(onConnection: (socket: Socket) => void): Promise<number> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  return listen(server);
}

/** What the server saw of a client, for the answer's body. */
export interface SeenClient {
  readonly version: string | null;
  readonly serverName: string | false | undefined;
  readonly subject: string | undefined;
  readonly authorized: boolean;
  readonly path: string | undefined;
  readonly host: string | undefined;
}

/** Node's own HTTPS server; answers each request with what it saw, as JSON, unless `answer` does otherwise. */
export async function httpsServer(
  options: TlsOptions,
  answer: RequestListener | null = null,
  prepare: (server: https.Server) => void = () => undefined,
): Promise<number> {
  const listener: RequestListener = (request, response) => {
    const socket = request.socket as TLSSocket & { servername?: string | false };
    const seen: SeenClient = {
      version: socket.getProtocol(),
      serverName: socket.servername,
      subject: [socket.getPeerCertificate().subject?.CN].flat()[0],
      authorized: socket.authorized,
      path: request.url,
      host: request.headers.host,
    };
    response.end(JSON.stringify(seen));
  };
  const server = https.createServer(options, answer ?? listener);
  prepare(server);
  server.on('tlsClientError', () => undefined);
  return listen(server);
}

/** Node's own TLS server. */
export async function tlsServer(
  options: TlsOptions,
  onConnection: (socket: TLSSocket) => void,
): Promise<number> {
  const server = tls.createServer(options, (socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  server.on('tlsClientError', () => undefined);
  return listen(server);
}

function listen(server: net.Server): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
