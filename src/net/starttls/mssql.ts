import { concat, Malformed, Reader, Writer } from '../../base/bytes.ts';
import { refused } from '../dialogue/dialogue.ts';
import type { Awaiting, Peer } from '../dialogue/peer.ts';
import { HEADER, PRELOGIN, TABULAR_RESULT, tdsFraming, tdsPacket } from '../dialogue/tds.ts';
import type { StarttlsProtocol } from './protocol.ts';

/** Options of PRELOGIN and values of ENCRYPTION (MS-TDS 2.2.6.5). */
const [VERSION, ENCRYPTION, INSTANCE, THREAD, MARS, TERMINATOR] = [0, 1, 2, 3, 4, 0xff];
const ENCRYPT_ON = 1;
const ENCRYPT_NOT_SUPPORTED = 2;
const MAX_MESSAGE = 16 * 1024;

const mssql: StarttlsProtocol = {
  id: 'mssql',
  aliases: ['tds', 'sqlserver'],
  title: 'SQL Server',
  port: 1433,
  // TDS 8 has no PRELOGIN in the clear, and a server may insist on the name of its protocol.
  atOnce: { schemes: ['tds8', 'mssqls'], port: 1433, alpn: 'tds/8.0' },
  source: 'MS-TDS 2.2.6.5, 3.2.5.1',
  framing: tdsFraming,
  script: () =>
    function* (peer) {
      peer.say(tdsPacket(PRELOGIN, prelogin()));
      const encryption = readEncryption(yield* message(peer, 'answer to PRELOGIN'));
      if (encryption === ENCRYPT_NOT_SUPPORTED)
        return refused('it does not support encryption (ENCRYPT_NOT_SUP)');
      // OFF still means TLS, though for the logon alone.
      return 'ready';
    },
};
export default mssql;

function prelogin(): Uint8Array {
  const options: readonly (readonly [number, Uint8Array])[] = [
    [VERSION, Uint8Array.of(16, 0, 0, 0, 0, 0)],
    [ENCRYPTION, Uint8Array.of(ENCRYPT_ON)],
    [INSTANCE, Uint8Array.of(0)],
    [THREAD, new Uint8Array(4)],
    [MARS, Uint8Array.of(0)],
  ];
  const table = new Writer();
  let offset = 5 * options.length + 1;
  for (const [token, data] of options) {
    table.u8(token).u16(offset).u16(data.length);
    offset += data.length;
  }
  return concat([table.u8(TERMINATOR).done(), ...options.map(([, data]) => data)]);
}

/** A message is a run of packets, the last of which is marked (MS-TDS 2.2.3.1.2). */
function* message(peer: Peer, what: string): Awaiting<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let length = 0, last = false; !last; ) {
    const header = new Reader(yield* peer.take(HEADER, what));
    const type = header.u8();
    if (type !== TABULAR_RESULT && type !== PRELOGIN)
      throw new Malformed(what, 0, `a packet of type 0x${type.toString(16)}`);
    last = (header.u8() & 1) === 1;
    const size = header.u16();
    length += size;
    if (size < HEADER || length > MAX_MESSAGE) throw new Malformed(what, 2, `a length of ${size}`);
    parts.push(yield* peer.take(size - HEADER, what));
  }
  return concat(parts);
}

function readEncryption(body: Uint8Array): number {
  const table = new Reader(body);
  for (;;) {
    const token = table.u8('PRELOGIN option');
    if (token === TERMINATOR) throw new Malformed('PRELOGIN', table.offset, 'no ENCRYPTION option');
    const offset = table.u16('PRELOGIN option');
    const length = table.u16('PRELOGIN option');
    if (token !== ENCRYPTION) continue;
    return new Reader(body.subarray(offset, offset + length)).u8('ENCRYPTION');
  }
}
