import crypto, { type KeyObject } from 'node:crypto';
import { asciiBytes, toHex } from '../base/bytes.ts';
import { utf8Bytes } from '../base/text.ts';
import { type Certificate, parseCertificate } from '../wire/x509/certificate.ts';
import { encode, oidBytes, TAG } from '../wire/x509/der.ts';

/**
 * The lab's certification authority: our own DER writer over node:crypto. It is fifty times faster than
 * a library that models all of ASN.1, and adds nothing to the time that the program takes to start.
 */
export interface Issued {
  readonly certificate: Certificate;
  /** SHA-1, lower-case hex. */
  readonly thumbprint: string;
  readonly key: KeyObject;
}

export interface Order {
  readonly subject: SubjectName | Uint8Array;
  /** Omitted: self-signed. */
  readonly issuer?: Issued;
  readonly ca?: boolean;
  readonly usage?: 'server' | 'client';
  /** DNS names and IPv4 addresses. */
  readonly names?: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly notBefore: number;
  readonly days: number;
  /** An EC private key to use instead of a fresh one. */
  readonly key?: KeyObject;
}

export interface SubjectName {
  readonly cn: string;
  readonly o: string;
}

/** ecdsa-with-SHA256 (RFC 5758 3.2). P-256 throughout: an RSA key takes a third of a second to make. */
const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/** A P-256 certificate as ordered (RFC 5280 4.1). */
export function issue(order: Order): Issued {
  const key = order.key ?? newKey();
  const signer = order.issuer?.key ?? key;
  const subject = order.subject instanceof Uint8Array ? order.subject : nameDer(order.subject);
  const tbs = sequence(
    encode(0xa0, integer(Uint8Array.of(2))),
    integer(serialNumber()),
    ECDSA_SHA256,
    order.issuer?.certificate.subject.der ?? subject,
    sequence(time(order.notBefore), time(order.notBefore + order.days * 86_400_000)),
    subject,
    spkiOf(key),
    encode(0xa3, sequence(...extensionsOf(order, key, signer))),
  );
  const der = sequence(tbs, ECDSA_SHA256, bitString(crypto.sign('sha256', tbs, signer)));
  return issued(der, key);
}

export function issued(der: Uint8Array, key: KeyObject): Issued {
  return { certificate: parseCertificate(der), thumbprint: thumbprintOf(der), key };
}

/** The name that Windows gives a certificate. */
export function thumbprintOf(der: Uint8Array): string {
  return toHex(crypto.createHash('sha1').update(der).digest());
}

export function newKey(): KeyObject {
  return crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

export function certificatePem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

export function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** PKCS#8. */
export function keyDer(key: KeyObject): Uint8Array {
  return key.export({ type: 'pkcs8', format: 'der' });
}

function nameDer({ cn, o }: SubjectName): Uint8Array {
  const part = (type: string, value: string) =>
    encode(TAG.set, sequence(oid(type), encode(TAG.utf8, utf8Bytes(value))));
  return sequence(part('2.5.4.10', o), part('2.5.4.3', cn));
}

const USAGES = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;

/** KeyUsage bits (RFC 5280 4.2.1.3): keyCertSign and cRLSign; digitalSignature. */
const CA_KEY_USAGE = Uint8Array.of(1, 0b0000_0110);
const LEAF_KEY_USAGE = Uint8Array.of(7, 0b1000_0000);

function extensionsOf(order: Order, key: KeyObject, signer: KeyObject): Uint8Array[] {
  const extensions = [
    extension('2.5.29.15', encode(TAG.bitString, order.ca ? CA_KEY_USAGE : LEAF_KEY_USAGE), true),
    extension('2.5.29.14', encode(TAG.octetString, keyId(key))),
    extension('2.5.29.35', sequence(encode(0x80, keyId(signer)))),
  ];
  if (order.ca) extensions.push(extension('2.5.29.19', sequence(TRUE), true));
  if (order.usage) extensions.push(extension('2.5.29.37', sequence(oid(USAGES[order.usage]))));
  if (order.names) extensions.push(extension('2.5.29.17', sequence(...order.names.map(generalName))));
  return extensions;
}

const TRUE = encode(TAG.boolean, Uint8Array.of(0xff));

function extension(dotted: string, value: Uint8Array, critical = false): Uint8Array {
  return sequence(oid(dotted), ...(critical ? [TRUE] : []), encode(TAG.octetString, value));
}

/** dNSName or iPAddress (RFC 5280 4.2.1.6). */
function generalName(name: string): Uint8Array {
  if (/^\d+(\.\d+){3}$/.test(name)) return encode(0x87, Uint8Array.from(name.split('.').map(Number)));
  return encode(0x82, asciiBytes(name));
}

/** 120 random bits below a leading byte that keeps the number positive and its length fixed (RFC 5280 4.1.2.2). */
function serialNumber(): Uint8Array {
  return Buffer.concat([Uint8Array.of(0x4c), crypto.randomBytes(15)]);
}

function keyId(key: KeyObject): Uint8Array {
  return crypto.createHash('sha1').update(spkiOf(key)).digest();
}

function spkiOf(key: KeyObject): Uint8Array {
  return crypto.createPublicKey(key).export({ type: 'spki', format: 'der' });
}

/** UTCTime: the lab issues nothing beyond 2049 (RFC 5280 4.1.2.5). */
function time(at: number): Uint8Array {
  const digits = new Date(at).toISOString().replace(/\D/g, '');
  return encode(TAG.utcTime, asciiBytes(`${digits.slice(2, 14)}Z`));
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return encode(TAG.sequence, ...parts);
}
function oid(dotted: string): Uint8Array {
  return encode(TAG.oid, oidBytes(dotted));
}
function integer(bytes: Uint8Array): Uint8Array {
  return encode(TAG.integer, bytes);
}
function bitString(bits: Uint8Array): Uint8Array {
  return encode(TAG.bitString, Uint8Array.of(0), bits);
}
