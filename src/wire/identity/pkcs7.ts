import { Malformed } from '../../base/bytes.ts';
import { children, encode, expect, oidBytes, oidText, TAG } from '../x509/der.ts';
import { definite } from './ber.ts';

/** PKCS#7 / CMS SignedData as a bag of certificates: what .p7b files are (RFC 2315 9.1, RFC 5652 5.1). */

const DATA = '1.2.840.113549.1.7.1';
export const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** The certificates of a SignedData in file order, as DER; throws Malformed. Signatures are not looked at. */
export function certificatesInPkcs7(bytes: Uint8Array): Uint8Array[] {
  const [type, content] = children(
    expect(definite(bytes), TAG.sequence, 'PKCS#7').contents,
    'PKCS#7 ContentInfo',
  );
  if (type?.tag !== TAG.oid || oidText(type.contents) !== SIGNED_DATA || content?.tag !== 0xa0) {
    throw new Malformed('PKCS#7', 0, 'not a SignedData');
  }
  const signed = children(expect(content.contents, TAG.sequence, 'SignedData').contents, 'SignedData');
  const certificates = signed.find((field) => field.tag === 0xa0);
  if (!certificates) return [];
  // The other choices of CertificateChoices (attribute certificates and others) are tagged and passed over.
  return children(certificates.contents, 'certificates').flatMap((one) =>
    one.tag === TAG.sequence ? [one.der] : [],
  );
}

/** A degenerate SignedData: certificates, no content, no signers (RFC 5652 5.2). They keep their order. */
export function encodePkcs7(certificates: readonly Uint8Array[]): Uint8Array {
  const version = encode(TAG.integer, Uint8Array.of(1));
  const none = encode(TAG.set);
  const contentless = encode(TAG.sequence, encode(TAG.oid, oidBytes(DATA)));
  const signedData = encode(TAG.sequence, version, none, contentless, encode(0xa0, ...certificates), none);
  return encode(TAG.sequence, encode(TAG.oid, oidBytes(SIGNED_DATA)), encode(0xa0, signedData));
}
