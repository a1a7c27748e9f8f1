import { Malformed, Reader, Writer } from '../../base/bytes.ts';
import { refused } from '../dialogue/dialogue.ts';
import type { StarttlsProtocol } from './protocol.ts';

/** Protocols of RDP_NEG_REQ (MS-RDPBCGR 2.2.1.1.1): TLS; CredSSP in TLS; the same with early user authorization. */
const RDP_SECURITY = 0;
const PROTOCOL_SSL = 1;
const PROTOCOL_HYBRID = 2;
const PROTOCOL_HYBRID_EX = 8;
const NEGOTIATION_RESPONSE = 2;
const NEGOTIATION_FAILURE = 3;

const rdp: StarttlsProtocol = {
  id: 'rdp',
  aliases: ['ms-rdp', 'mstsc'],
  title: 'RDP',
  port: 3389,
  source: 'MS-RDPBCGR 2.2.1.1, 2.2.1.2',
  script: () =>
    function* (peer) {
      peer.say(connectionRequest(PROTOCOL_SSL | PROTOCOL_HYBRID | PROTOCOL_HYBRID_EX));
      const header = new Reader(yield* peer.take(4, 'connection confirm'));
      const version = header.u8();
      if (version !== 3) throw new Malformed('TPKT header', 0, `version ${version}`);
      header.u8();
      const length = header.u16();
      if (length < 11 || length > 1024) throw new Malformed('TPKT header', 2, `a length of ${length}`);
      return judge(new Reader(yield* peer.take(length - 4, 'connection confirm')));
    },
};
export default rdp;

/** TPKT (RFC 1006 6) around an X.224 connection request, class 0 (X.224 13.3), around RDP_NEG_REQ, little-endian. */
function connectionRequest(protocols: number): Uint8Array {
  const negotiation = Uint8Array.of(1, 0, 8, 0, protocols, 0, 0, 0);
  const x224 = new Writer()
    .u8(6 + negotiation.length)
    .u8(0xe0)
    .u16(0)
    .u16(0)
    .u8(0)
    .raw(negotiation)
    .done();
  return new Writer()
    .u8(3)
    .u8(0)
    .u16(4 + x224.length)
    .raw(x224)
    .done();
}

function judge(x224: Reader) {
  x224.u8();
  const code = x224.u8();
  if (code >> 4 !== 0xd)
    throw new Malformed('X.224', 1, `code 0x${code.toString(16)} is no connection confirm`);
  x224.take(5, 'X.224');
  if (x224.left < 8) return refused('it knows RDP security only (no RDP_NEG_RSP)');
  const type = x224.u8();
  x224.take(3, 'negotiation');
  const [value = 0] = x224.take(4, 'negotiation');
  if (type === NEGOTIATION_FAILURE) return refused(`${value} ${FAILURES[value] ?? 'unknown failure code'}`);
  if (type !== NEGOTIATION_RESPONSE) throw new Malformed('negotiation', 7, `type ${type}`);
  return value === RDP_SECURITY ? refused('it chose RDP security, not TLS') : 'ready';
}

/** MS-RDPBCGR 2.2.1.2.2. */
const FAILURES: Readonly<Record<number, string>> = {
  1: 'SSL_REQUIRED_BY_SERVER',
  2: 'SSL_NOT_ALLOWED_BY_SERVER',
  3: 'SSL_CERT_NOT_ON_SERVER',
  4: 'INCONSISTENT_FLAGS',
  5: 'HYBRID_REQUIRED_BY_SERVER',
  6: 'SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER',
};
