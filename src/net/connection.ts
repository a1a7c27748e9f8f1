import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { connect as connectTls } from 'node:tls';

/** What comes from the peer, in order; after anything but bytes and 'timeout' nothing more comes. */
export type Input =
  | { readonly is: 'bytes'; readonly bytes: Uint8Array }
  | { readonly is: 'end' }
  | { readonly is: 'reset' }
  | { readonly is: 'timeout' };

/** A TCP connection that is read by asking. Times are those of performance.now(). */
export interface Connection {
  /** The peer's. */
  readonly address: string;
  /** Milliseconds that connecting took: about a round trip. */
  readonly roundTrip: number;
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  next(until: number): Promise<Input>;
  write(bytes: Uint8Array): void;
  /** Bytes written that have not left yet. */
  backlog(): number;
  /** Some protocols carry TLS differently from here on. */
  handshakeOver?(): void;
  close(): void;
}

/** Chunks of up to 64 KiB that may wait before the socket is paused. */
const MAX_WAITING = 32;

/** Connects, `secure`: by TLS of the platform, as to a proxy. Resolves to a sentence when that fails; never rejects. */
export function connect(
  host: string,
  port: number,
  until: number,
  secure = false,
): Promise<Connection | string> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const socket = openSocket(host, port, secure);
    if (typeof socket === 'string') return resolve(socket);
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(`no answer to the attempt to connect within ${Math.round(until - begun)} ms`);
    }, until - begun);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(describeFailure(error, host, port));
    });
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(readByAsking(socket, performance.now() - begun));
    });
  });
}

function openSocket(host: string, port: number, secure: boolean): Socket | string {
  const to = { host: isLoopbackName(host) ? '127.0.0.1' : host, port, noDelay: true };
  try {
    // An address is never sent as server_name (RFC 6066 3).
    return secure ? connectTls({ ...to, servername: isIP(host) ? '' : host }) : connectTcp(to);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Names under .localhost are this machine, whatever a resolver says (RFC 6761 6.3). */
const isLoopbackName = (host: string): boolean => /\.localhost\.?$/i.test(host);

/** Chunks wait in a queue of our own: a socket that fails drops what it had read but not delivered. */
function readByAsking(socket: Socket, roundTrip: number): Connection {
  const waiting: Input[] = [];
  let wake: (() => void) | null = null;
  const put = (input: Input): void => {
    waiting.push(input);
    if (waiting.length >= MAX_WAITING) socket.pause();
    wake?.();
  };
  socket.on('data', (bytes: Buffer) => put({ is: 'bytes', bytes: plainView(bytes) }));
  socket.on('end', () => put({ is: 'end' }));
  socket.on('error', () => put({ is: 'reset' }));
  return {
    address: socket.remoteAddress ?? '',
    roundTrip,
    local: { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
    remote: { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
    next: async (until) => {
      if (waiting.length === 0) await wakeUp(until, (waker) => (wake = waker));
      wake = null;
      const input = waiting.shift() ?? { is: 'timeout' };
      if (waiting.length === 0) socket.resume();
      return input;
    },
    write: (bytes) => {
      if (bytes.length > 0 && socket.writable) socket.write(bytes);
    },
    backlog: () => socket.writableLength,
    close: () => {
      socket.removeAllListeners('data');
      socket.destroySoon();
      // A peer that reads nothing must not keep us running.
      socket.unref();
    },
  };
}

/** Buffer's methods differ from those of Uint8Array; nobody behind the port should meet them. */
const plainView = (bytes: Buffer): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

/** Resolves when the waker is called, or at `until`. */
function wakeUp(until: number, register: (waker: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, until - performance.now()));
    register(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function describeFailure(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_NODATA':
      return `the name ${host} is not known to the resolver`;
    case 'EAI_AGAIN':
      return `the resolver did not answer for ${host}`;
    case 'ECONNREFUSED':
      return `nothing listens on ${host} port ${port} (connection refused)`;
    case 'ETIMEDOUT':
      return `no answer from ${host} port ${port} to the attempt to connect`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `no route to ${host}`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `${host} port ${port} reset the attempt to connect`;
    case 'EACCES':
    case 'EPERM':
      return `this computer does not allow a connection to ${host} port ${port}`;
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return `this computer has no address from which ${host} can be reached`;
    case 'EMFILE':
    case 'ENFILE':
      return 'this computer has too many connections or files open';
    case 'CERT_HAS_EXPIRED':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `the certificate of ${host} is not trusted here (${error.code})`;
    default:
      return `an error of the system (${error.code ?? error.message})`;
  }
}
