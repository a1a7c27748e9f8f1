import { asciiBytes, Malformed } from '../../base/bytes.ts';
import { utf8Text } from '../../base/text.ts';
import { children, type Element, encode, readElement, TAG } from '../../wire/x509/der.ts';
import { refused } from '../dialogue/dialogue.ts';
import type { Awaiting, Peer } from '../dialogue/peer.ts';
import type { StarttlsProtocol } from './protocol.ts';

const START_TLS = '1.3.6.1.4.1.1466.20037';
const EXTENDED_REQUEST = 0x77;
const EXTENDED_RESPONSE = 0x78;
const ENUMERATED = 0x0a;
const MAX_LENGTH = 16 * 1024;

const ldap: StarttlsProtocol = {
  id: 'ldap',
  title: 'LDAP',
  port: 389,
  atOnce: { schemes: ['ldaps'], port: 636 },
  source: 'RFC 4511 4.14.1',
  script: () =>
    function* (peer) {
      const name = encode(0x80, asciiBytes(START_TLS));
      const id = encode(TAG.integer, Uint8Array.of(1));
      peer.say(encode(TAG.sequence, id, encode(EXTENDED_REQUEST, name)));
      const { code, message } = readResult(yield* element(peer, 'ExtendedResponse'));
      if (code === 0) return 'ready';
      return refused(`${code} ${RESULTS[code] ?? ''}${message ? `: ${message}` : ''}`);
    },
};
export default ldap;

/** RFC 4511 A.2, those that an answer to StartTLS can bear. */
const RESULTS: Readonly<Record<number, string>> = {
  1: 'operationsError',
  2: 'protocolError',
  7: 'authMethodNotSupported',
  8: 'strongerAuthRequired',
  10: 'referral',
  11: 'adminLimitExceeded',
  12: 'unavailableCriticalExtension',
  13: 'confidentialityRequired',
  51: 'busy',
  52: 'unavailable',
  53: 'unwillingToPerform',
  80: 'other',
};

/** One element of BER in definite form, however many bytes its length takes: Active Directory always takes four. */
function* element(peer: Peer, what: string): Awaiting<Element> {
  const [, first = 0] = yield* peer.peek(2, what);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4) throw new Malformed(what, 1, 'an indefinite or oversized length');
  const head = yield* peer.peek(2 + lengthBytes, what);
  const length = head.subarray(2).reduce((sum, byte) => sum * 256 + byte, lengthBytes === 0 ? first : 0);
  if (length > MAX_LENGTH) throw new Malformed(what, 1, `announces ${length} bytes`);
  return readElement(yield* peer.take(head.length + length, what), 0, what);
}

/** LDAPMessage with an LDAPResult in it (RFC 4511 4.1.9). A notice of disconnection comes in the same form (4.4.1). */
function readResult(message: Element): { code: number; message: string } {
  if (message.tag !== TAG.sequence) throw new Malformed('LDAPMessage', 0, `tag ${message.tag}`);
  const [, response] = children(message.contents, 'LDAPMessage');
  if (response?.tag !== EXTENDED_RESPONSE)
    throw new Malformed(
      'LDAPMessage',
      0,
      `operation ${response?.tag ?? 'none'} where an ExtendedResponse belongs`,
    );
  const [code, , diagnostic] = children(response.contents, 'ExtendedResponse');
  if (code?.tag !== ENUMERATED || code.contents.length === 0)
    throw new Malformed('ExtendedResponse', 0, 'no result code');
  return {
    code: code.contents.reduce((sum, byte) => sum * 256 + byte, 0),
    message: diagnostic ? utf8Text(diagnostic.contents) : '',
  };
}
