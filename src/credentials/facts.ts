import type { Certificate } from '../wire/x509/certificate.ts';
import { children, expect, oidText, TAG } from '../wire/x509/der.ts';
import { printName, sameName } from '../wire/x509/name.ts';

/** What several checks ask of a certificate. */

export const subjectOf = (one: Certificate): string => printName(one.subject);
export const issuerOf = (one: Certificate): string => printName(one.issuer);
export const isSelfIssued = (one: Certificate): boolean => sameName(one.issuer, one.subject);

/** ISO date without time. */
export const day = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** Contents of an extension; undefined when it is absent. */
export function extension(certificate: Certificate, oid: string): Uint8Array | undefined {
  return certificate.extensions.find((one) => one.oid === oid)?.value;
}

/** First OBJECT IDENTIFIER of each SEQUENCE in a SEQUENCE, as policies and their like are written. */
export function oidsIn(value: Uint8Array): string[] {
  try {
    return children(expect(value, TAG.sequence, 'extension').contents).flatMap((one) => {
      const first = one.tag === TAG.sequence ? children(one.contents)[0] : one;
      return first?.tag === TAG.oid ? [oidText(first.contents)] : [];
    });
  } catch {
    // What cannot be read says nothing; the certificate's oddities name it where it matters.
    return [];
  }
}

const OIDS: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
  '1.3.6.1.5.5.7.3.17': 'ipsecIKE',
  '1.3.6.1.5.2.3.4': 'pkinitClientAuth',
  '1.3.6.1.4.1.311.10.3.4': 'encryptingFileSystem',
  '1.3.6.1.4.1.311.10.3.12': 'documentSigning',
  '1.3.6.1.4.1.311.20.2.2': 'smartCardLogon',
  '2.5.29.37.0': 'anyExtendedKeyUsage',
  '2.5.29.32.0': 'anyPolicy',
};

/** 'clientAuth (1.3.6.1.5.5.7.3.2)', or the dotted OID alone. */
export const oidName = (oid: string): string => (OIDS[oid] ? `${OIDS[oid]} (${oid})` : oid);

/** At most `most` of them, and how many more. */
export function some(items: readonly string[], most = 4): string {
  const left = items.length - most;
  return left > 0 ? `${items.slice(0, most).join('; ')} (+ ${left})` : items.join('; ');
}
