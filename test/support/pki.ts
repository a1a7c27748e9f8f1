import crypto, { type KeyObject } from 'node:crypto';
import { asciiBytes, fromHex } from '../../src/base/bytes.ts';
import { utf8Bytes } from '../../src/base/text.ts';
import { encode, oidBytes, TAG } from '../../src/wire/x509/der.ts';

/** Issues certificates for tests: our own DER writer over node:crypto, thousands of P-256 ones a second. */

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export interface Issued {
  readonly der: Uint8Array;
  readonly pem: string;
  /** Subject Name, DER. */
  readonly subject: Uint8Array;
  readonly keys: KeyPair;
  /** PKCS#8. */
  readonly keyPem: string;
  readonly pkcs8: Uint8Array;
}

/** Attribute short name or dotted OID, value, and string type (UTF8String when omitted; C is PrintableString). */
export type NamePart = readonly [type: string, value: string, tag?: number];

export interface CertificateOptions {
  /** A common name, the attributes in wire order (one RDN each), or a whole Name as DER. */
  readonly subject: string | readonly NamePart[] | Uint8Array;
  /** Omitted: self-signed. */
  readonly issuer?: Issued;
  readonly ca?: boolean;
  readonly pathLength?: number;
  /** Dotted OIDs, or 'serverAuth', 'clientAuth'. */
  readonly extendedKeyUsage?: readonly string[];
  /** Bits by their number in RFC 5280 4.2.1.3; a CA has 5 and 6 when omitted. */
  readonly keyUsage?: readonly number[];
  /** 'www.example.com', '127.0.0.1', 'mail:a@b', 'upn:a@b', 'uri:http://…'. */
  readonly subjectAltNames?: readonly string[];
  /** Milliseconds since 1970; 2025 to 2045 when omitted. */
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** A kind of fresh key (RSA ones are made once a process and shared), or a pair to use. Default 'p256'. */
  readonly key?: KeyKind | KeyPair;
  /** Hex; random when omitted. */
  readonly serial?: string;
  readonly crlUrls?: readonly string[];
  readonly issuerUrls?: readonly string[];
  readonly ocspUrls?: readonly string[];
  /** Further extensions: dotted OID, contents of the OCTET STRING, critical. */
  readonly extensions?: readonly { oid: string; value: Uint8Array; critical?: boolean }[];
  /** Leaves out the subject and authority key identifiers. */
  readonly withoutKeyIds?: boolean;
}

export type KeyKind = 'p256' | 'p384' | 'p521' | 'rsa' | 'rsa-pss' | 'ed25519';

export function issue(options: CertificateOptions): Issued {
  const keys = keysOf(options.key ?? 'p256');
  const subject = nameDer(options.subject);
  const signer = options.issuer?.keys ?? keys;
  const algorithm = signatureAlgorithm(signer.privateKey);
  const tbs = sequence(
    encode(0xa0, integer(Uint8Array.of(2))),
    integer(options.serial === undefined ? randomSerial() : fromHex(options.serial)),
    algorithm.der,
    options.issuer?.subject ?? subject,
    sequence(time(options.notBefore ?? Date.UTC(2025)), time(options.notAfter ?? Date.UTC(2045))),
    subject,
    spkiOf(keys),
    encode(0xa3, sequence(...extensionsOf(options, keys, signer))),
  );
  const signature = crypto.sign(algorithm.hash, tbs, { key: signer.privateKey, ...algorithm.padding });
  const der = sequence(tbs, algorithm.der, bitString(signature));
  return {
    der,
    pem: toPem('CERTIFICATE', der),
    subject,
    keys,
    keyPem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pkcs8: keys.privateKey.export({ type: 'pkcs8', format: 'der' }),
  };
}

export function toPem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  S: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  DC: '0.9.2342.19200300.100.1.25',
  E: '1.2.840.113549.1.9.1',
};

/** Name as DER; see CertificateOptions.subject. */
export function nameDer(subject: CertificateOptions['subject']): Uint8Array {
  if (subject instanceof Uint8Array) return subject;
  const parts: readonly NamePart[] = typeof subject === 'string' ? [['CN', subject]] : subject;
  return sequence(
    ...parts.map(([type, value, tag = defaultTag(type)]) =>
      encode(TAG.set, sequence(oid(ATTRIBUTES[type] ?? type), encode(tag, stringBytes(value, tag)))),
    ),
  );
}

function defaultTag(type: string): number {
  if (type === 'C') return TAG.printable;
  return type === 'DC' || type === 'E' ? TAG.ia5 : TAG.utf8;
}

function stringBytes(value: string, tag: number): Uint8Array {
  if (tag === TAG.utf8) return utf8Bytes(value);
  return tag === TAG.bmp ? Buffer.from(value, 'utf16le').swap16() : asciiBytes(value);
}

let rsaKeys: KeyPair | undefined;
let pssKeys: KeyPair | undefined;

/** A fresh pair; RSA pairs are made once a process. */
export function keysOf(kind: KeyKind | KeyPair): KeyPair {
  switch (kind) {
    case 'p256':
    case 'p384':
    case 'p521':
      return crypto.generateKeyPairSync('ec', { namedCurve: `P-${kind.slice(1)}` });
    case 'ed25519':
      return crypto.generateKeyPairSync('ed25519');
    case 'rsa':
      rsaKeys ??= crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
      return rsaKeys;
    case 'rsa-pss':
      pssKeys ??= crypto.generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
      return pssKeys;
    default:
      return kind;
  }
}

interface SignatureAlgorithm {
  readonly der: Uint8Array;
  readonly hash: string | null;
  readonly padding?: { padding: number; saltLength: number };
}

function signatureAlgorithm(key: KeyObject): SignatureAlgorithm {
  switch (key.asymmetricKeyType) {
    case 'ec':
      return { der: sequence(oid('1.2.840.10045.4.3.2')), hash: 'sha256' };
    case 'ed25519':
      return { der: sequence(oid('1.3.101.112')), hash: null };
    case 'rsa-pss':
      return { der: PSS_SHA256, hash: 'sha256', padding: { padding: 6, saltLength: 32 } };
    default:
      return { der: sequence(oid('1.2.840.113549.1.1.11'), encode(TAG.null)), hash: 'sha256' };
  }
}

function extensionsOf(options: CertificateOptions, keys: KeyPair, signer: KeyPair): Uint8Array[] {
  const usage = options.keyUsage ?? (options.ca ? [5, 6] : undefined);
  const access = [
    ...(options.ocspUrls ?? []).map((url) => sequence(oid('1.3.6.1.5.5.7.48.1'), uri(url))),
    ...(options.issuerUrls ?? []).map((url) => sequence(oid('1.3.6.1.5.5.7.48.2'), uri(url))),
  ];
  return [
    options.ca && extension('2.5.29.19', basicConstraints(options.pathLength), true),
    usage && extension('2.5.29.15', usageBits(usage), true),
    options.extendedKeyUsage && extension('2.5.29.37', sequence(...options.extendedKeyUsage.map(usageOid))),
    options.subjectAltNames && extension('2.5.29.17', sequence(...options.subjectAltNames.map(generalName))),
    !options.withoutKeyIds && extension('2.5.29.14', encode(TAG.octetString, keyId(keys))),
    !options.withoutKeyIds && extension('2.5.29.35', sequence(encode(0x80, keyId(signer)))),
    options.crlUrls && extension('2.5.29.31', sequence(...options.crlUrls.map(distributionPoint))),
    access.length > 0 && extension('1.3.6.1.5.5.7.1.1', sequence(...access)),
    ...(options.extensions ?? []).map((one) => extension(one.oid, one.value, one.critical)),
  ].filter((one) => one instanceof Uint8Array);
}

function extension(dotted: string, value: Uint8Array, critical = false): Uint8Array {
  const flag = critical ? [encode(TAG.boolean, Uint8Array.of(0xff))] : [];
  return sequence(oid(dotted), ...flag, encode(TAG.octetString, value));
}

function basicConstraints(pathLength: number | undefined): Uint8Array {
  const limit = pathLength === undefined ? [] : [integer(Uint8Array.of(pathLength))];
  return sequence(encode(TAG.boolean, Uint8Array.of(0xff)), ...limit);
}

/** A named BIT STRING: trailing zero bits are not encoded (X.690 11.2.2). */
function usageBits(bits: readonly number[]): Uint8Array {
  const last = Math.max(...bits);
  const bytes = new Uint8Array(1 + (last >> 3) + 1);
  bytes[0] = 7 - (last & 7);
  for (const bit of bits) bytes[1 + (bit >> 3)]! |= 0x80 >> (bit & 7);
  return encode(TAG.bitString, bytes);
}

const USAGES: Readonly<Record<string, string>> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
};

const usageOid = (usage: string): Uint8Array => oid(USAGES[usage] ?? usage);

/** User principal name (MS-WCCE 2.2.2.7.7.3 and others), an otherName. */
const UPN = '1.3.6.1.4.1.311.20.2.3';

function generalName(text: string): Uint8Array {
  const [, kind, rest = ''] = /^(mail|upn|uri):(.*)$/s.exec(text) ?? [];
  if (kind === 'mail') return encode(0x81, asciiBytes(rest));
  if (kind === 'uri') return uri(rest);
  if (kind === 'upn') return encode(0xa0, oid(UPN), encode(0xa0, encode(TAG.utf8, utf8Bytes(rest))));
  if (/^\d+(\.\d+){3}$/.test(text)) return encode(0x87, Uint8Array.from(text.split('.').map(Number)));
  return encode(0x82, asciiBytes(text));
}

const uri = (url: string): Uint8Array => encode(0x86, asciiBytes(url));
const distributionPoint = (url: string): Uint8Array => sequence(encode(0xa0, encode(0xa0, uri(url))));

function keyId(keys: KeyPair): Uint8Array {
  return crypto.createHash('sha1').update(spkiOf(keys)).digest();
}

function spkiOf(keys: KeyPair): Uint8Array {
  return keys.publicKey.export({ type: 'spki', format: 'der' });
}

function randomSerial(): Uint8Array {
  const serial = crypto.randomBytes(9);
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  return serial;
}

/** UTCTime up to 2049, GeneralizedTime after (RFC 5280 4.1.2.5). */
function time(milliseconds: number): Uint8Array {
  const text = `${new Date(milliseconds).toISOString().replace(/[-:T]|\.\d+Z$/g, '')}Z`;
  const short = Number(text.slice(0, 4)) < 2050;
  return short
    ? encode(TAG.utcTime, asciiBytes(text.slice(2)))
    : encode(TAG.generalizedTime, asciiBytes(text));
}

const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encode(TAG.sequence, ...parts);
const oid = (dotted: string): Uint8Array => encode(TAG.oid, oidBytes(dotted));
const bitString = (bits: Uint8Array): Uint8Array => encode(TAG.bitString, Uint8Array.of(0), bits);
const integer = (bytes: Uint8Array): Uint8Array => encode(TAG.integer, bytes);

/** RSASSA-PSS with SHA-256, MGF1 of the same, salt of 32 (RFC 4055 3.1). */
const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'), encode(TAG.null));
const PSS_SHA256 = sequence(
  oid('1.2.840.113549.1.1.10'),
  sequence(
    encode(0xa0, SHA256),
    encode(0xa1, sequence(oid('1.2.840.113549.1.1.8'), SHA256)),
    encode(0xa2, integer(Uint8Array.of(32))),
  ),
);
