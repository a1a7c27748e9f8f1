import net, { type Socket } from 'node:net';
import type tls from 'node:tls';
import { rawServer, tlsServer } from './servers.ts';
import { Caller } from './starttls-servers.ts';

/** Small proxies on loopback, written from the protocols' documents. */

export interface Passed {
  /** What the client asked for: "host:port", and with which credentials. */
  readonly asked: { to: string; credentials: string | null }[];
  readonly port: number;
}

type Serve = (caller: Caller, asked: Passed['asked']) => Promise<number | null>;

async function start(serve: Serve, secure?: tls.TlsOptions): Promise<Passed> {
  const asked: Passed['asked'] = [];
  const accept = async (socket: Socket): Promise<void> => {
    const caller = new Caller(socket);
    const port = await serve(caller, asked).catch(() => null);
    if (port === null) return void socket.end();
    const way = net.connect(port, '127.0.0.1');
    const client = caller.release();
    for (const [from, to] of [
      [client, way],
      [way, client],
    ] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  };
  const port = secure ? await tlsServer(secure, accept) : await rawServer(accept);
  return { asked, port };
}

/** `credentials`: "user:password" that must come; `answers`: sent instead of consent. */
export interface HttpProxy {
  readonly credentials?: string;
  readonly answers?: string;
  readonly secure?: tls.TlsOptions;
}

export const httpProxy = ({ credentials, answers, secure }: HttpProxy = {}): Promise<Passed> =>
  start(async (caller, asked) => {
    const head = await caller.until('\r\n\r\n');
    const [, to = '', port = ''] = /^CONNECT (\S+:(\d+)) HTTP\/1\.1\r\n/.exec(head) ?? [];
    const basic = /^Proxy-Authorization: Basic (\S+)\r$/m.exec(head)?.[1];
    const given = basic ? Buffer.from(basic, 'base64').toString() : null;
    asked.push({ to, credentials: given });
    if (answers !== undefined) {
      caller.say(answers);
      return null;
    }
    if (credentials !== undefined && given !== credentials) {
      caller.say(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 4\r\n\r\nwho?',
      );
      return null;
    }
    caller.say('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n');
    return Number(port);
  }, secure);

/** RFC 1928, 1929. */
export const socks5Proxy = (credentials?: string, reply = 0): Promise<Passed> =>
  start(async (caller, asked) => {
    const [version, count = 0] = await caller.bytes(2);
    const methods = await caller.bytes(count);
    const method = credentials === undefined ? 0 : 2;
    if (version !== 5 || !methods.includes(method)) {
      caller.say(Uint8Array.of(5, 0xff));
      return null;
    }
    caller.say(Uint8Array.of(5, method));
    let given: string | null = null;
    if (method === 2) {
      await caller.bytes(1);
      const user = await caller.bytes((await caller.bytes(1))[0]!);
      const password = await caller.bytes((await caller.bytes(1))[0]!);
      given = `${user}:${password}`;
      caller.say(Uint8Array.of(1, given === credentials ? 0 : 1));
      if (given !== credentials) return null;
    }
    const [, , , type] = await caller.bytes(4);
    const length = type === 1 ? 4 : type === 4 ? 16 : (await caller.bytes(1))[0]!;
    const address = await caller.bytes(length);
    const port = (await caller.bytes(2)).readUInt16BE();
    const to =
      type === 3 ? address.toString() : type === 1 ? [...address].join('.') : address.toString('hex');
    asked.push({ to: `${to}:${port}`, credentials: given });
    // The address that is used comes as a name here, the one form without a fixed length.
    caller.say(Buffer.from([5, reply, 0, 3, 5, ...Buffer.from('proxy'), 0x12, 0x34]));
    return reply === 0 ? port : null;
  });

/** SOCKS 4A, which is given a name; SOCKS 4, an address. */
export const socks4Proxy = (code = 90): Promise<Passed> =>
  start(async (caller, asked) => {
    const head = await caller.bytes(8);
    const user = (await caller.until('\0')).slice(0, -1);
    if (head[0] !== 4) return null;
    const isNamed = head.readUInt32BE(4) === 1;
    const name = isNamed ? (await caller.until('\0')).slice(0, -1) : [...head.subarray(4)].join('.');
    const port = head.readUInt16BE(2);
    asked.push({ to: `${name}:${port}`, credentials: user || null });
    caller.say(Buffer.from([0, code, 0, 0, 0, 0, 0, 0]));
    return code === 90 ? port : null;
  });
