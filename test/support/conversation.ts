import net from 'node:net';
import type { TlsOptions } from 'node:tls';
import { concat } from '../../src/base/bytes.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import {
  type ClientOptions,
  ClientSession,
  type Effects,
  type SessionEvent,
} from '../../src/wire/tls/session/client/index.ts';
import type { Issued } from './pki.ts';
import { rememberedCrypto } from './replay.ts';
import { tlsServer } from './servers.ts';

/** Sessions with Node's own TLS server, and the same again on the bytes that it sent. */

const ENDS: ReadonlySet<string> = new Set(['alert', 'closed', 'malformed', 'not-tls']);

export interface Recording {
  readonly events: SessionEvent[];
  /** What the server sent, in answer to what we had sent until then. */
  readonly turns: Uint8Array[];
  readonly sent: Uint8Array;
  /** A new session with the same chance. */
  again(): ClientSession;
}

const NODE_VERSIONS = { 769: 'TLSv1', 770: 'TLSv1.1', 771: 'TLSv1.2', 772: 'TLSv1.3' } as const;

export interface ServerOptions extends TlsOptions {
  /** The only version that it speaks; TLS 1.2 when omitted. */
  readonly only?: keyof typeof NODE_VERSIONS;
}

/** Speaks once to Node's own server, which says "answer" and closes. The client shows `client`, with its chain. */
export async function record(
  { only = 0x0303, ...options }: ServerOptions,
  [client, ...chain]: readonly [Issued, ...Issued[]],
  more: Partial<ClientOptions> = {},
): Promise<Recording> {
  const version = NODE_VERSIONS[only];
  const port = await tlsServer({ ...options, minVersion: version, maxVersion: version }, (socket) => {
    socket.end('answer');
  });
  const chance = rememberedCrypto();
  const key = chance.remember((await nodeCrypto.signingKey(client.pkcs8))!);
  const choose = () => ({ chain: [client, ...chain].map((one) => one.der), key });
  const again = (): ClientSession => {
    chance.rewind();
    return new ClientSession(
      { versions: [only], serverName: 'www.example.com', choose, ...more },
      chance.crypto,
    );
  };
  return { ...(await converse(again(), port)), again };
}

/** Runs a session against a server on loopback until one of them ends it. */
export async function converse(
  session: ClientSession,
  port: number,
  alter = (hello: Uint8Array) => hello,
): Promise<Omit<Recording, 'again'>> {
  const socket = net.connect(port, '127.0.0.1');
  const [events, turns, sent]: [SessionEvent[], Uint8Array[], Uint8Array[]] = [[], [], []];
  const take = (effects: Effects): void => {
    events.push(...effects.events);
    sent.push(effects.send);
    if (effects.send.length > 0) socket.write(effects.send);
  };
  const { send, events: none } = await session.start();
  take({ send: alter(send), events: none });
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    turns.push(new Uint8Array(chunk));
    take(await session.receive(turns.at(-1)!));
    if (ENDS.has(events.at(-1)?.is ?? '')) break;
  }
  return { events, turns, sent: concat(sent) };
}

/** Runs the session again on chunks of the recorded bytes. */
export async function replay(
  { again }: Recording,
  chunks: Iterable<Uint8Array>,
): Promise<{ events: SessionEvent[]; sent: Uint8Array }> {
  const session = again();
  const first = await session.start();
  const events = [...first.events];
  const sent = [first.send];
  for (const chunk of chunks) {
    const effects = await session.receive(chunk);
    events.push(...effects.events);
    sent.push(effects.send);
  }
  return { events, sent: concat(sent) };
}

/** Tickets and session ids have tests of their own. */
export const kinds = (events: readonly SessionEvent[]): string[] =>
  events.map((event) => event.is).filter((kind) => kind !== 'resumption');
