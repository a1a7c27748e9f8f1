import { Malformed, toHex } from '../../base/bytes.ts';
import { children, type Element, expect, oidText, readElement, TAG, timeValue } from './der.ts';
import { extensionFacts, readExtensions } from './extensions.ts';
import { type Name, parseName } from './name.ts';
import { type PublicKey, readPublicKey } from './public-key.ts';

export type KeyKind = 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'ed448' | 'dsa' | 'other';

/** A certificate as read; nothing is verified. Times in milliseconds since 1970 UTC. */
export interface Certificate {
  readonly der: Uint8Array;
  /** Lower-case hex, as in the certificate. */
  readonly serial: string;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: number;
  readonly notAfter: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly keyKind: KeyKind;
  /** RSA modulus or EC field size in bits. */
  readonly keyBits: number;
  /** secp256r1, secp384r1, secp521r1 or a dotted OID; undefined unless EC. */
  readonly curve?: string;
  /** Dotted OID of the signature on this certificate, and the hash of RSASSA-PSS parameters when it is that. */
  readonly signatureOid: string;
  readonly signaturePssHash?: string;
  /** Dotted OIDs; undefined when the extension is absent. */
  readonly extendedKeyUsage?: readonly string[];
  /** undefined when absent. Bits in RFC 5280 order: 0 digitalSignature … 8 decipherOnly. */
  readonly keyUsage?: number;
  readonly isCa: boolean;
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  /** DNS names, e-mail, UPN (otherName 1.3.6.1.4.1.311.20.2.3), IP addresses as text. */
  readonly subjectAltNames: readonly { readonly kind: string; readonly value: string }[];
  readonly crlUrls: readonly string[];
  readonly aiaIssuerUrls: readonly string[];
  readonly ocspUrls: readonly string[];
  readonly extensions: readonly {
    readonly oid: string;
    readonly critical: boolean;
    readonly value: Uint8Array;
  }[];
  /** Extensions that could not be read, with why; the certificate is kept. */
  readonly oddities: readonly string[];
}

/** A certificate with its SHA-1 thumbprint (lower-case hex), the name Windows gives it. */
export interface Thumbprinted {
  readonly thumbprint: string;
  readonly certificate: Certificate;
}

/**
 * Reads a certificate (RFC 5280 4.1): names byte for byte, nothing verified. What is odd inside is noted and the
 * certificate kept; throws Malformed only when its frame (the fields of TBSCertificate, validity) is broken.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  const outer = expect(der, TAG.sequence, 'certificate');
  const [tbs, algorithm] = children(outer.contents, 'certificate');
  if (tbs?.tag !== TAG.sequence || algorithm?.tag !== TAG.sequence) {
    throw new Malformed('certificate', 0, 'not a TBSCertificate and a signature algorithm');
  }
  const fields = tbsFields(tbs);
  const oddities: string[] = [];
  if (outer.der.length < der.length) oddities.push(`${der.length - outer.der.length} bytes after its end`);
  for (const which of ['issuer', 'subject'] as const) {
    const broken = fields[which].broken;
    if (broken) oddities.push(`${which}: ${broken}`);
  }
  const extensions = fields.extensions ? readExtensions(fields.extensions, oddities) : [];
  return {
    der: outer.der,
    serial: toHex(fields.serial.contents),
    issuer: fields.issuer,
    subject: fields.subject,
    notBefore: fields.notBefore,
    notAfter: fields.notAfter,
    spki: fields.spki.der,
    ...publicKeyOf(fields.spki.der, oddities),
    ...signatureOf(algorithm, oddities),
    ...extensionFacts(extensions, oddities),
    extensions,
    oddities,
  };
}

interface TbsFields {
  readonly serial: Element;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly spki: Element;
  /** [3] EXPLICIT, when present. */
  readonly extensions: Element | undefined;
}

function tbsFields(tbs: Element): TbsFields {
  const all = children(tbs.contents, 'TBSCertificate');
  const fields = all[0]?.tag === 0xa0 ? all.slice(1) : all;
  const [serial, , issuer, validity, subject, spki, ...rest] = fields;
  if (serial?.tag !== TAG.integer || !issuer || !validity || !subject || spki?.tag !== TAG.sequence) {
    throw new Malformed('TBSCertificate', tbs.at, 'its fields do not stand in order');
  }
  const [notBefore, notAfter] = children(validity.contents, 'validity');
  if (!notBefore || !notAfter) throw new Malformed('validity', validity.at, 'not two times');
  return {
    serial,
    issuer: parseName(issuer.der),
    subject: parseName(subject.der),
    notBefore: timeValue(notBefore),
    notAfter: timeValue(notAfter),
    spki,
    extensions: rest.find((field) => field.tag === 0xa3),
  };
}

function publicKeyOf(spki: Uint8Array, oddities: string[]): PublicKey {
  try {
    return readPublicKey(spki);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    oddities.push(`public key: ${error.why}`);
    return { keyKind: 'other', keyBits: 0 };
  }
}

const RSASSA_PSS = '1.2.840.113549.1.1.10';

const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

function signatureOf(
  algorithm: Element,
  oddities: string[],
): { signatureOid: string; signaturePssHash?: string } {
  try {
    const [oid, parameters] = children(algorithm.contents, 'signature algorithm');
    if (oid?.tag !== TAG.oid)
      throw new Malformed('signature algorithm', algorithm.at, 'no OBJECT IDENTIFIER');
    const signatureOid = oidText(oid.contents);
    return signatureOid === RSASSA_PSS
      ? { signatureOid, signaturePssHash: pssHash(parameters) }
      : { signatureOid };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    oddities.push(`signature algorithm: ${error.why}`);
    return { signatureOid: '' };
  }
}

/** hashAlgorithm of RSASSA-PSS-params; absent means SHA-1 (RFC 4055 3.1). A hash without name stays an OID. */
function pssHash(parameters: Element | undefined): string {
  if (parameters?.tag !== TAG.sequence) return 'sha1';
  const wrapped = children(parameters.contents, 'PSS parameters').find((part) => part.tag === 0xa0);
  if (!wrapped) return 'sha1';
  const identifier = expect(wrapped.contents, TAG.sequence, 'PSS hash');
  const oid = oidText(readElement(identifier.contents, 0, 'PSS hash').contents);
  return HASHES[oid] ?? oid;
}
