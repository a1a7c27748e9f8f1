import type { Certificate } from '../../src/wire/x509/certificate.ts';
import type { Attribute, Name } from '../../src/wire/x509/name.ts';

/** What OpenSSL said of a certificate in a *.truth.json, and our Certificate in the same words. */
export interface CertificateTruth {
  readonly sha1: string;
  readonly openssl_ok: boolean;
  readonly subject?: string;
  readonly issuer?: string;
  readonly serial?: string;
  readonly not_before?: string;
  readonly not_after?: string;
}

export function asOpenssl(certificate: Certificate): Record<string, string | number> {
  return {
    subject: rfc2253(certificate.subject),
    issuer: rfc2253(certificate.issuer),
    serial: signedHex(certificate.serial),
    not_before: certificate.notBefore,
    not_after: certificate.notAfter,
  };
}

export function truthOf(truth: CertificateTruth): Record<string, string | number> {
  const text = (value: string | undefined): string => value ?? '';
  return {
    subject: text(truth.subject),
    issuer: text(truth.issuer),
    serial: text(truth.serial).replace(/^(-?)0+(?=.)/, '$1'),
    not_before: Date.parse(text(truth.not_before)),
    not_after: Date.parse(text(truth.not_after)),
  };
}

/** Two's complement, as OpenSSL prints it: without leading zeros, minus sign before. */
function signedHex(hex: string): string {
  const value = BigInt.asIntN(hex.length * 4, BigInt(`0x${hex || '0'}`));
  return value < 0n ? `-${(-value).toString(16).toUpperCase()}` : value.toString(16).toUpperCase();
}

/** OpenSSL's names of attribute types where RFC 2253 has none. */
const TYPES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.13': 'description',
  '2.5.4.15': 'businessCategory',
  '2.5.4.17': 'postalCode',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '2.5.29.17': 'subjectAltName',
  '1.2.643.100.1': 'OGRN',
  '1.2.643.3.131.1.1': 'INN',
  '1.3.6.1.4.1.311.60.2.1.1': 'jurisdictionL',
  '1.3.6.1.4.1.311.60.2.1.2': 'jurisdictionST',
  '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC',
};

/** As `openssl x509 -nameopt RFC2253,utf8,-esc_msb` prints a name. */
function rfc2253(name: Name): string {
  return name.rdns
    .toReversed()
    .filter((rdn) => rdn.length > 0)
    .map((rdn) => rdn.toReversed().map(attribute).join('+'))
    .join(',');
}

function attribute(one: Attribute): string {
  const type = TYPES[one.type];
  if (!type) return `${one.type}=#${Buffer.from(one.der).toString('hex').toUpperCase()}`;
  return `${type}=${one.value
    .replace(/[,+"\\<>;]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/(?<=.) $/s, '\\ ')}`;
}
