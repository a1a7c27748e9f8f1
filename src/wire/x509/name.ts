import { equalBytes, Malformed, toHex } from '../../base/bytes.ts';
import { children, type Element, expect, oidText, stringText, TAG } from './der.ts';

/** Distinguished names (RFC 5280 4.1.2.4), kept byte for byte: clients compare the DER. */

export interface Attribute {
  /** Dotted OID of the attribute type. */
  readonly type: string;
  /** ASN.1 tag of the string: 0x13 PrintableString, 0x0c UTF8String, 0x16 IA5String, 0x1e BMPString … */
  readonly tag: number;
  readonly value: string;
  /** The value's DER, tag and length included. */
  readonly der: Uint8Array;
}

export interface Name {
  /** The whole SEQUENCE. */
  readonly der: Uint8Array;
  /** Relative distinguished names in wire order. Empty, with `broken` set, when the DER cannot be read. */
  readonly rdns: readonly (readonly Attribute[])[];
  readonly broken?: string;
}

/** Reads a Name. Never throws: what cannot be read keeps its DER and says why in `broken`. */
export function parseName(der: Uint8Array): Name {
  try {
    const outer = expect(der, TAG.sequence, 'Name');
    return { der, rdns: children(outer.contents, 'Name').map(readRdn) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { der, rdns: [], broken: error.message };
  }
}

function readRdn(rdn: Element): Attribute[] {
  if (rdn.tag !== TAG.set) throw new Malformed('RelativeDistinguishedName', rdn.at, 'not a SET');
  return children(rdn.contents, 'RelativeDistinguishedName').map((pair) => {
    const [type, value] = children(pair.contents, 'AttributeTypeAndValue');
    if (type?.tag !== TAG.oid || !value)
      throw new Malformed('AttributeTypeAndValue', pair.at, 'not type and value');
    return { type: oidText(type.contents), tag: value.tag, value: stringText(value), der: value.der };
  });
}

/** Short names as RFC 4514 section 3 has them, and those that Windows prints. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'S',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.42': 'G',
  '2.5.4.43': 'I',
  '2.5.4.97': 'OID.2.5.4.97',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
};

/** Printed form, most specific part first: `CN=Example Issuing CA, O=Example, C=DE`. Not escaped for any output. */
export function printName(name: Name): string {
  if (name.broken) return `(unreadable name of ${name.der.length} bytes)`;
  if (name.rdns.length === 0) return '(empty name)';
  return name.rdns
    .toReversed()
    .filter((rdn) => rdn.length > 0)
    .map((rdn) =>
      rdn.map((one) => `${SHORT_NAMES[one.type] ?? `OID.${one.type}`}=${quoted(one.value)}`).join(' + '),
    )
    .join(', ');
}

function quoted(value: string): string {
  return /[",+=<>#;]|^ | $|^$/.test(value) && !value.startsWith('#')
    ? `"${value.replaceAll('"', '""')}"`
    : value;
}

/** Byte for byte, as Go, GnuTLS, NSS and Chromium on Linux compare. */
export function sameName(a: Name, b: Name): boolean {
  return equalBytes(a.der, b.der);
}

/**
 * A key under which a client family holds names equal.
 * java: X500Name.canonical; openssl: X509_NAME_cmp (clients/README, "Issuer-name comparison, exactly").
 */
export function canonicalName(name: Name, flavour: 'java' | 'openssl'): string {
  if (name.broken) return toHex(name.der);
  const one = flavour === 'java' ? canonicalJava : canonicalOpenssl;
  return name.rdns.map((rdn) => rdn.map(one).sort().join('+')).join(',');
}

const RFC2253_TYPES = new Set(['CN', 'C', 'L', 'S', 'STREET', 'O', 'OU', 'DC', 'UID']);

function canonicalJava(one: Attribute): string {
  const keyword = SHORT_NAMES[one.type];
  const folds = one.tag === TAG.printable || one.tag === TAG.utf8;
  if (!keyword || !RFC2253_TYPES.has(keyword) || !folds) return `${one.type}=#${toHex(one.der)}`;
  const folded = one.value.replace(/\s+/g, ' ').trim().toUpperCase().toLowerCase().normalize('NFKD');
  return `${one.type}=${folded}`;
}

const OPENSSL_TEXT: ReadonlySet<number> = new Set([
  TAG.utf8,
  TAG.bmp,
  TAG.universal,
  TAG.printable,
  TAG.t61,
  TAG.ia5,
  TAG.visible,
]);

function canonicalOpenssl(one: Attribute): string {
  if (!OPENSSL_TEXT.has(one.tag)) return `${one.type}=#${toHex(one.der)}`;
  const folded = one.value
    .replace(/[A-Z]/g, (char) => char.toLowerCase())
    .replace(/^[ \t-\r]+|[ \t-\r]+$/g, '');
  return `${one.type}=${folded.replace(/[ \t-\r]+/g, ' ')}`;
}
