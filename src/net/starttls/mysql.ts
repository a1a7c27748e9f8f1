import { concat, Malformed } from '../../base/bytes.ts';
import { latin1Text, utf8Text } from '../../base/text.ts';
import { refused } from '../dialogue/dialogue.ts';
import type { Awaiting, Peer } from '../dialogue/peer.ts';
import type { StarttlsProtocol } from './protocol.ts';

/** Capability flags: 4.1 protocol, TLS, 4.1 authentication, named authentication plugins. */
const PROTOCOL_41 = 0x200;
const SSL = 0x800;
const SECURE_CONNECTION = 0x8000;
const PLUGIN_AUTH = 0x80000;

const mysql: StarttlsProtocol = {
  id: 'mysql',
  aliases: ['mariadb'],
  title: 'MySQL',
  port: 3306,
  source: 'MySQL Internals, Protocol::HandshakeV10, Protocol::SSLRequest',
  script: () =>
    function* (peer) {
      const greeting = yield* packet(peer, 'handshake packet');
      if (greeting[0] === 0xff) return refused(errorText(greeting));
      if (greeting[0] !== 10)
        throw new Malformed('handshake packet', 0, `protocol version ${greeting[0] ?? 'missing'}`);
      const server = readGreeting(greeting);
      if (!(server.capabilities & SSL))
        return refused(`its capabilities lack TLS (version ${server.version})`);
      // The server does not answer this: the next that it expects is a ClientHello.
      peer.say(SSL_REQUEST);
      return 'ready';
    },
};
export default mysql;

/** Length in three bytes, little-endian; a sequence number; the payload. */
function* packet(peer: Peer, what: string): Awaiting<Uint8Array> {
  const [a = 0, b = 0, c = 0] = yield* peer.take(4, what);
  return yield* peer.take(a | (b << 8) | (c << 16), what);
}

interface Greeting {
  readonly version: string;
  /** The lower half of the capability flags. */
  readonly capabilities: number;
}

function readGreeting(payload: Uint8Array): Greeting {
  const end = payload.indexOf(0, 1);
  // Thread id, half of the challenge and a filler stand between the version and the flags.
  const flags = payload.subarray(end + 1 + 4 + 8 + 1);
  if (end < 0 || flags.length < 2) throw new Malformed('handshake packet', payload.length, 'ends early');
  return { version: latin1Text(payload.subarray(1, end)), capabilities: flags[0]! | (flags[1]! << 8) };
}

/** ERR packet: a code, perhaps '#' and an SQLSTATE, text. */
function errorText(payload: Uint8Array): string {
  const code = (payload[1] ?? 0) | ((payload[2] ?? 0) << 8);
  return `${code} ${utf8Text(payload.subarray(3)).replace(/^#.{5}/, '')}`;
}

const littleEndian = (value: number): Uint8Array =>
  Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);

/** Flags, greatest packet, character set (45 is utf8mb4), 23 bytes of nothing; second packet of the conversation. */
const SSL_REQUEST = concat([
  Uint8Array.of(32, 0, 0, 1),
  littleEndian(PROTOCOL_41 | SSL | SECURE_CONNECTION | PLUGIN_AUTH),
  littleEndian(2 ** 24),
  Uint8Array.of(45),
  new Uint8Array(23),
]);
