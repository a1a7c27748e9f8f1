import { type Check, PASS } from './family.ts';
import type { Abilities } from './schemes.ts';
import { keyWords } from './words.ts';

/** What the clients built on OpenSSL share (3.0 and later, at its default security level). */

/** SHA-1 and SHA-224 signatures are below security level 1. */
export const OPENSSL_ABILITIES: Abilities = { pssKeys: true, ed25519: true, ed448: true };

const SHA1_SIGNATURES = new Set(['1.2.840.113549.1.1.5', '1.2.840.10045.4.1']);

/** At level 2 a weak certificate is refused when it is loaded, before any connection. */
export const securityLevel2: Check = ({ identity: { leaf }, family }) => {
  const small = leaf.keyKind.startsWith('rsa') && leaf.keyBits > 0 && leaf.keyBits < 2048;
  const weak = SHA1_SIGNATURES.has(leaf.signatureOid) || leaf.signaturePssHash === 'sha1';
  if (!small && !weak) return PASS;
  const why = small ? `its ${keyWords(leaf)} key has ${leaf.keyBits} bits` : 'it is signed with SHA-1';
  return {
    is: 'stop',
    offer: 'aborted',
    rule: 'security-level',
    because: `${family.name} refuses to load the certificate at security level 2 (default of Debian, Ubuntu and OpenSSL 3.2): ${why}.`,
    wouldChange: [
      'renew the certificate with a key of 2048 bits and SHA-256',
      'lower the level with @SECLEVEL=0',
    ],
    confidence: 'source',
  };
};
