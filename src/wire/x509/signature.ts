import { Malformed } from '../../base/bytes.ts';
import type { Crypto } from '../../base/ports.ts';
import type { Certificate } from './certificate.ts';
import { children, expect, TAG } from './der.ts';

/** good, bad, or an algorithm for which there is no number that the port could be asked by. */
export type SignatureState = 'good' | 'bad' | 'unknown';

/** Whether the key of `issuer` made the signature on `certificate` (RFC 5280 4.1.1.3). Names are not looked at. */
export async function isSignedBy(
  certificate: Certificate,
  issuer: Certificate,
  crypto: Pick<Crypto, 'verify'>,
): Promise<SignatureState> {
  const scheme = schemeOf(certificate);
  if (scheme === undefined) return 'unknown';
  try {
    const { signed, signature } = partsOf(certificate.der);
    return (await crypto.verify(scheme, issuer.spki, signed, signature)) ? 'good' : 'bad';
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return 'bad';
  }
}

function partsOf(der: Uint8Array): { signed: Uint8Array; signature: Uint8Array } {
  const [tbs, , value] = children(expect(der, TAG.sequence, 'certificate').contents, 'certificate');
  if (!tbs || value?.tag !== TAG.bitString) throw new Malformed('certificate', 0, 'no signature');
  return { signed: tbs.der, signature: value.contents.subarray(1) };
}

/** Algorithms of signatures on certificates as TLS SignatureSchemes; an ECDSA scheme stands for its hash alone. */
const SCHEMES: Readonly<Record<string, number>> = {
  '1.2.840.113549.1.1.4': 0x0101,
  '1.2.840.113549.1.1.5': 0x0201,
  '1.2.840.113549.1.1.11': 0x0401,
  '1.2.840.113549.1.1.12': 0x0501,
  '1.2.840.113549.1.1.13': 0x0601,
  '1.2.840.10045.4.1': 0x0203,
  '1.2.840.10045.4.3.2': 0x0403,
  '1.2.840.10045.4.3.3': 0x0503,
  '1.2.840.10045.4.3.4': 0x0603,
  '1.3.101.112': 0x0807,
  '1.3.101.113': 0x0808,
};

/** RSASSA-PSS with salts as long as the hash, which is what all known CAs write. */
const PSS_SCHEMES: Readonly<Record<string, number>> = { sha256: 0x0804, sha384: 0x0805, sha512: 0x0806 };

function schemeOf({ signatureOid, signaturePssHash }: Certificate): number | undefined {
  return signaturePssHash === undefined ? SCHEMES[signatureOid] : PSS_SCHEMES[signaturePssHash];
}
