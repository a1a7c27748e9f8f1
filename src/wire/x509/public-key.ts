import { equalBytes, Malformed } from '../../base/bytes.ts';
import type { KeyKind } from './certificate.ts';
import { children, type Element, expect, oidText, readElement, TAG } from './der.ts';

/** What a SubjectPublicKeyInfo says of its key, as far as clients choose by it (RFC 5280 4.1.2.7). */
export interface PublicKey {
  readonly keyKind: KeyKind;
  /** RSA modulus, DSA prime or EC field size in bits; 0 when unknown. */
  readonly keyBits: number;
  /** secp256r1, secp384r1, secp521r1, another curve's dotted OID, or 'explicit'; undefined unless EC. */
  readonly curve?: string;
}

const KINDS: Readonly<Record<string, KeyKind>> = {
  '1.2.840.113549.1.1.1': 'rsa',
  '1.2.840.113549.1.1.10': 'rsa-pss',
  '1.2.840.10045.2.1': 'ec',
  '1.3.101.112': 'ed25519',
  '1.3.101.113': 'ed448',
  '1.2.840.10040.4.1': 'dsa',
};

/** Named curves (RFC 5480 2.1.1.1, SEC 2, RFC 5639): the TLS name where TLS has one, and the field size. */
const CURVES: Readonly<Record<string, { readonly name?: string; readonly bits: number }>> = {
  '1.2.840.10045.3.1.1': { bits: 192 },
  '1.3.132.0.33': { bits: 224 },
  '1.2.840.10045.3.1.7': { name: 'secp256r1', bits: 256 },
  '1.3.132.0.10': { bits: 256 },
  '1.3.132.0.34': { name: 'secp384r1', bits: 384 },
  '1.3.132.0.35': { name: 'secp521r1', bits: 521 },
  '1.3.36.3.3.2.8.1.1.7': { bits: 256 },
  '1.3.36.3.3.2.8.1.1.11': { bits: 384 },
  '1.3.36.3.3.2.8.1.1.13': { bits: 512 },
};

/** Reads a SubjectPublicKeyInfo; throws Malformed. A key of an unknown algorithm is 'other'. */
export function readPublicKey(spki: Uint8Array): PublicKey {
  const [algorithm, key] = children(expect(spki, TAG.sequence, 'public key').contents, 'public key');
  const [oid, parameters] = children(algorithm?.contents ?? spki.subarray(0, 0), 'key algorithm');
  if (oid?.tag !== TAG.oid || key?.tag !== TAG.bitString) {
    throw new Malformed('public key', 0, 'not an algorithm and a BIT STRING');
  }
  const keyKind = KINDS[oidText(oid.contents)] ?? 'other';
  const point = key.contents.subarray(1);
  if (keyKind === 'rsa' || keyKind === 'rsa-pss') return { keyKind, keyBits: modulusBits(point) };
  if (keyKind === 'ec') return { keyKind, ...curveOf(parameters, point) };
  if (keyKind === 'dsa') return { keyKind, keyBits: firstIntegerBits(parameters) };
  return { keyKind, keyBits: keyKind === 'ed25519' ? 256 : keyKind === 'ed448' ? 456 : 0 };
}

function modulusBits(point: Uint8Array): number {
  return firstIntegerBits(expect(point, TAG.sequence, 'RSA public key'));
}

function firstIntegerBits(sequence: Element | undefined): number {
  // DSA parameters may be inherited from the issuer (RFC 3279 2.3.2) and are absent then.
  if (sequence?.tag !== TAG.sequence) return 0;
  const integer = readElement(sequence.contents, 0, 'public key');
  const first = integer.contents.findIndex((byte) => byte !== 0);
  if (first < 0) return 0;
  return (integer.contents.length - first) * 8 - (Math.clz32(integer.contents[first]!) - 24);
}

function curveOf(parameters: Element | undefined, point: Uint8Array): { keyBits: number; curve: string } {
  const compressed = point[0] === 2 || point[0] === 3;
  const fromPoint = (compressed ? point.length - 1 : (point.length - 1) >> 1) * 8;
  if (parameters?.tag !== TAG.oid) return { keyBits: Math.max(0, fromPoint), curve: 'explicit' };
  const oid = oidText(parameters.contents);
  const known = CURVES[oid];
  return { keyBits: known?.bits ?? Math.max(0, fromPoint), curve: known?.name ?? oid };
}

/** Whether two SubjectPublicKeyInfo are of one key; an RSA key may be bound to PSS in one of them (RFC 4055 1.2). */
export function samePublicKey(a: Uint8Array, b: Uint8Array): boolean {
  if (equalBytes(a, b)) return true;
  const [keyA, keyB] = [rsaKeyOf(a), rsaKeyOf(b)];
  return keyA !== null && keyB !== null && equalBytes(keyA, keyB);
}

function rsaKeyOf(spki: Uint8Array): Uint8Array | null {
  try {
    if (!readPublicKey(spki).keyKind.startsWith('rsa')) return null;
    return children(expect(spki, TAG.sequence, 'public key').contents)[1]?.contents ?? null;
  } catch {
    return null;
  }
}
