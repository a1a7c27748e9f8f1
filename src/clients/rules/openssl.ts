import type { Abilities } from './schemes.ts';
import { type Check, message, PASS } from './verdict.ts';
import { keyName } from './words.ts';

/** What the clients built on OpenSSL share (3.0 and later, at its default security level). */

/** SHA-1 and SHA-224 signatures are below security level 1. */
export const OPENSSL_ABILITIES: Abilities = { pssKeys: true, ed25519: true, ed448: true };

const SHA1_SIGNATURES = new Set(['1.2.840.113549.1.1.5', '1.2.840.10045.4.1']);

/** At level 2 a weak certificate is refused when it is loaded, before any connection. */
export const securityLevel2: Check = ({ identity: { leaf } }) => {
  const small = leaf.keyKind.startsWith('rsa') && leaf.keyBits > 0 && leaf.keyBits < 2048;
  const weak = SHA1_SIGNATURES.has(leaf.signatureOid) || leaf.signaturePssHash === 'sha1';
  if (!small && !weak) return PASS;
  const facts = small ? { why: 'small', key: keyName(leaf), bits: leaf.keyBits } : { why: 'sha1' };
  return {
    is: 'stop',
    offer: 'aborted',
    rule: 'security-level',
    reason: message('security-level', facts),
    changes: [message('renew-strong'), message('lower-level')],
    confidence: 'source',
  };
};
