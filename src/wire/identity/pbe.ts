import { concat, Malformed } from '../../base/bytes.ts';
import type { CbcName, Crypto, HashName } from '../../base/ports.ts';
import { children, type Element, expect, oidText, TAG } from '../x509/der.ts';
import type { PasswordForm } from './password.ts';
import { PURPOSE, pkcs12Kdf } from './pkcs12-kdf.ts';
import { decryptRc2Cbc } from './rc2.ts';

/** Password-based encryption: PBES2 and PBES1 (RFC 8018 6), and the schemes of PKCS#12 (RFC 7292 appendix C). */

export type Opened =
  | { readonly is: 'opened'; readonly plain: Uint8Array }
  /** The padding does not fit: another password, or damaged data. */
  | { readonly is: 'wrong-password' }
  | { readonly is: 'unsupported'; readonly what: string };

/** Decrypts under an AlgorithmIdentifier. Rejects with Malformed when its parameters cannot be read. */
export async function decryptPbe(
  algorithm: Element,
  data: Uint8Array,
  password: PasswordForm,
  crypto: Crypto,
): Promise<Opened> {
  const { oid, parameters } = algorithmOf(algorithm);
  const cipher =
    oid === PBES2
      ? await pbes2(parameters, password, crypto)
      : (pkcs12Scheme(oid, parameters, password, crypto) ?? pbes1(oid, parameters, password, crypto));
  if (typeof cipher === 'string') return { is: 'unsupported', what: cipher };
  if (!cipher) return { is: 'unsupported', what: `encryption ${oid}` };
  try {
    return { is: 'opened', plain: await cipher(data) };
  } catch {
    // The port rejects, and RC2 throws, when the padding does not fit. There is no other reason left.
    return { is: 'wrong-password' };
  }
}

/** A keyed cipher, or what about it is not supported. */
type Cipher = ((data: Uint8Array) => Promise<Uint8Array>) | string;

/** More rounds than any program writes; a bound against files made to keep us busy. */
const MOST_PBKDF2_ROUNDS = 20_000_000;
const MOST_DIGEST_ROUNDS = 2_000_000;

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const RC2_CBC = '1.2.840.113549.3.2';

const CBC: Readonly<Record<string, { readonly name: CbcName; readonly keyLength: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyLength: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyLength: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyLength: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyLength: 24 },
};

async function pbes2(
  parameters: Element | undefined,
  password: PasswordForm,
  crypto: Crypto,
): Promise<Cipher> {
  const [derivation, encryption] = children(sequence(parameters, 'PBES2').contents, 'PBES2');
  if (!derivation || !encryption) throw new Malformed('PBES2', 0, 'not two algorithms');
  const { oid, parameters: given } = algorithmOf(encryption);
  const cbc = CBC[oid];
  if (!cbc && oid !== RC2_CBC) return `cipher ${oid}`;
  const rc2 = cbc ? null : rc2Parameters(given);
  const derived = await pbkdf2(derivation, cbc?.keyLength ?? rc2!.effectiveBits >> 3, password, crypto);
  if (typeof derived === 'string') return derived;
  if (rc2) return async (data) => decryptRc2Cbc(derived, rc2.effectiveBits, rc2.iv, data);
  const iv = octets(given, 'initialization vector');
  return (data) => crypto.decryptCbc(cbc!.name, derived, iv, data);
}

/** RC2-CBC-Parameter (RFC 8018 B.2.3): the version codes the effective bits; 32 when absent. */
function rc2Parameters(parameters: Element | undefined): { effectiveBits: number; iv: Uint8Array } {
  if (parameters?.tag === TAG.octetString) return { effectiveBits: 32, iv: parameters.contents };
  const [version, iv] = children(sequence(parameters, 'RC2').contents, 'RC2');
  const code = integer(version, 'RC2 version');
  const effectiveBits = { 160: 40, 120: 64, 58: 128 }[code] ?? code;
  if (effectiveBits > 1024 || effectiveBits < 8)
    throw new Malformed('RC2', 0, `${effectiveBits} effective bits`);
  return { effectiveBits, iv: octets(iv, 'RC2') };
}

/** Pseudo-random functions of PBKDF2 by OID (RFC 8018 B.1). */
const PRFS: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

/** Hash of an HMAC algorithm identifier, or its OID when we have none. */
export function hmacHash(algorithm: Element): HashName | string {
  const { oid } = algorithmOf(algorithm);
  return PRFS[oid] ?? oid;
}

/** Key bytes by PBKDF2 parameters (RFC 8018 A.2), or what about them is not supported. */
export async function pbkdf2(
  derivation: Element,
  keyLength: number,
  password: PasswordForm,
  crypto: Crypto,
): Promise<Uint8Array | string> {
  const { oid, parameters } = algorithmOf(derivation);
  if (oid !== PBKDF2) return oid === '1.3.6.1.4.1.11591.4.11' ? 'scrypt' : `key derivation ${oid}`;
  const [salt, rounds, ...rest] = children(sequence(parameters, 'PBKDF2').contents, 'PBKDF2');
  const given = rest.find((field) => field.tag === TAG.integer);
  const prf = rest.find((field) => field.tag === TAG.sequence);
  const hash = prf ? hmacHash(prf) : 'sha1';
  if (!isHash(hash)) return `PBKDF2 with ${hash}`;
  const iterations = integer(rounds, 'PBKDF2 iterations');
  if (iterations < 1 || iterations > MOST_PBKDF2_ROUNDS) return `PBKDF2 of ${iterations} rounds`;
  const length = given ? integer(given, 'PBKDF2 key length') : keyLength;
  if (length < 1 || length > 1024) throw new Malformed('PBKDF2', 0, `a key of ${length} bytes`);
  return crypto.pbkdf2(hash, password.utf8, octets(salt, 'PBKDF2 salt'), iterations, length);
}

interface Pkcs12Scheme {
  readonly keyLength: number;
  readonly rc2Bits?: number;
}

/** pbeWithSHAAnd… (RFC 7292 appendix C); the RC4 ones are in no file seen. */
const PKCS12_SCHEMES: Readonly<Record<string, Pkcs12Scheme>> = {
  '1.2.840.113549.1.12.1.3': { keyLength: 24 },
  '1.2.840.113549.1.12.1.4': { keyLength: 16 },
  '1.2.840.113549.1.12.1.5': { keyLength: 16, rc2Bits: 128 },
  '1.2.840.113549.1.12.1.6': { keyLength: 5, rc2Bits: 40 },
};

function pkcs12Scheme(
  oid: string,
  parameters: Element | undefined,
  password: PasswordForm,
  crypto: Crypto,
): Cipher | null {
  const scheme = PKCS12_SCHEMES[oid];
  if (!scheme) return null;
  const { salt, iterations } = saltAndRounds(parameters);
  if (iterations < 1 || iterations > MOST_DIGEST_ROUNDS)
    return `PKCS#12 key derivation of ${iterations} rounds`;
  const derive = (purpose: number, length: number): Uint8Array =>
    pkcs12Kdf({ hash: 'sha1', password: password.bmp, salt, iterations, purpose, length }, crypto);
  const key = derive(PURPOSE.key, scheme.keyLength);
  const iv = derive(PURPOSE.iv, 8);
  const bits = scheme.rc2Bits;
  if (bits !== undefined) return async (data) => decryptRc2Cbc(key, bits, iv, data);
  // Two-key Triple DES repeats the first key.
  const tripleKey = key.length === 16 ? concat([key, key.subarray(0, 8)]) : key;
  return (data) => crypto.decryptCbc('des-ede3-cbc', tripleKey, iv, data);
}

/** PBES1 (RFC 8018 A.3): what OpenSSL before 1.1.0 wrote by default into encrypted PKCS#8 files. */
const PBES1: Readonly<Record<string, { readonly hash: HashName; readonly rc2: boolean }>> = {
  '1.2.840.113549.1.5.3': { hash: 'md5', rc2: false },
  '1.2.840.113549.1.5.6': { hash: 'md5', rc2: true },
  '1.2.840.113549.1.5.10': { hash: 'sha1', rc2: false },
  '1.2.840.113549.1.5.11': { hash: 'sha1', rc2: true },
};

function pbes1(
  oid: string,
  parameters: Element | undefined,
  password: PasswordForm,
  crypto: Crypto,
): Cipher | null {
  const scheme = PBES1[oid];
  if (!scheme) return null;
  const { salt, iterations } = saltAndRounds(parameters);
  if (iterations < 1 || iterations > MOST_DIGEST_ROUNDS) return `PBKDF1 of ${iterations} rounds`;
  const derived = crypto.digestRepeatedly(scheme.hash, concat([password.utf8, salt]), iterations);
  const key = derived.subarray(0, 8);
  const iv = derived.subarray(8, 16);
  if (scheme.rc2) return async (data) => decryptRc2Cbc(key, 64, iv, data);
  return (data) => decryptDes(key, iv, data, crypto);
}

/** Single DES is Triple DES with one key three times over; so the port needs no DES. */
export function decryptDes(
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
  crypto: Crypto,
): Promise<Uint8Array> {
  return crypto.decryptCbc('des-ede3-cbc', concat([key, key, key]), iv, data);
}

export function algorithmOf(algorithm: Element): { oid: string; parameters: Element | undefined } {
  const [oid, parameters] = children(sequence(algorithm, 'algorithm').contents, 'algorithm');
  if (oid?.tag !== TAG.oid) throw new Malformed('algorithm', algorithm.at, 'no OBJECT IDENTIFIER');
  return { oid: oidText(oid.contents), parameters };
}

function saltAndRounds(parameters: Element | undefined): { salt: Uint8Array; iterations: number } {
  const [salt, rounds] = children(sequence(parameters, 'PBE parameters').contents, 'PBE parameters');
  return { salt: octets(salt, 'PBE salt'), iterations: integer(rounds, 'PBE iterations') };
}

export function isHash(name: string): name is HashName {
  return name === 'md5' || /^sha(?:1|256|384|512)$/.test(name);
}

function sequence(element: Element | undefined, what: string): Element {
  return expect(element?.der ?? NOTHING, TAG.sequence, what);
}

function octets(element: Element | undefined, what: string): Uint8Array {
  return expect(element?.der ?? NOTHING, TAG.octetString, what).contents;
}

/** A non-negative INTEGER that fits a number. */
export function integer(element: Element | undefined, what: string): number {
  const { contents } = expect(element?.der ?? NOTHING, TAG.integer, what);
  if (contents.length > 6 || contents.length === 0 || contents[0]! & 0x80) {
    throw new Malformed(what, 0, 'not a small positive number');
  }
  return contents.reduce((sum, byte) => sum * 256 + byte, 0);
}

const NOTHING = new Uint8Array(0);
