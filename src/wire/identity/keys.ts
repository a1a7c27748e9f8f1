import { Malformed } from '../../base/bytes.ts';
import type { Crypto } from '../../base/ports.ts';
import { children, type Element, encode, expect, oidBytes, TAG } from '../x509/der.ts';
import type { PasswordForm } from './password.ts';
import { decryptPbe } from './pbe.ts';

/** Private keys in their DER forms, brought to PKCS#8 (RFC 5958), which is what the Crypto port takes. */

export type KeyForm = 'pkcs8' | 'pkcs1' | 'sec1' | 'encrypted-pkcs8';

/** The form of a private key by its shape, or null: not a private key. */
export function keyForm(fields: readonly Element[]): KeyForm | null {
  const [first, second, third] = fields.map((field) => field.tag);
  if (first === TAG.integer && second === TAG.sequence && third === TAG.octetString) return 'pkcs8';
  if (first === TAG.integer && second === TAG.octetString) return 'sec1';
  if (first === TAG.sequence && second === TAG.octetString && fields.length === 2) return 'encrypted-pkcs8';
  // RSAPrivateKey has nine INTEGERs; DSA's traditional form has six and is not taken.
  if (fields.length >= 9 && fields.every((field) => field.tag === TAG.integer)) return 'pkcs1';
  return null;
}

const VERSION_0 = encode(TAG.integer, Uint8Array.of(0));
const RSA = encode(TAG.sequence, encode(TAG.oid, oidBytes('1.2.840.113549.1.1.1')), encode(TAG.null));
const EC = encode(TAG.oid, oidBytes('1.2.840.10045.2.1'));

/** PKCS#8 around an RSAPrivateKey (RFC 8017 A.1.2). */
export function pkcs8FromPkcs1(der: Uint8Array): Uint8Array {
  return encode(TAG.sequence, VERSION_0, RSA, encode(TAG.octetString, der));
}

/** PKCS#8 around an ECPrivateKey (RFC 5915 3); throws Malformed when it does not name its curve. */
export function pkcs8FromSec1(der: Uint8Array): Uint8Array {
  const fields = children(expect(der, TAG.sequence, 'EC key').contents, 'EC key');
  const curve = fields.find((field) => field.tag === 0xa0);
  if (!curve) throw new Malformed('EC key', 0, 'it does not say its curve; export it as PKCS#8');
  const algorithm = encode(TAG.sequence, EC, curve.contents);
  return encode(TAG.sequence, VERSION_0, algorithm, encode(TAG.octetString, der));
}

export type OpenedKey =
  | { readonly is: 'opened'; readonly pkcs8: Uint8Array }
  | { readonly is: 'wrong-password' }
  | { readonly is: 'unsupported'; readonly what: string };

/** Decrypts an EncryptedPrivateKeyInfo (RFC 5958 3); rejects with Malformed when it cannot be read. */
export async function openPkcs8(
  fields: readonly Element[],
  passwords: readonly PasswordForm[],
  crypto: Crypto,
): Promise<OpenedKey> {
  const [algorithm, data] = fields;
  if (!algorithm || !data)
    throw new Malformed('EncryptedPrivateKeyInfo', 0, 'not an algorithm and a content');
  for (const password of passwords) {
    const opened = await decryptPbe(algorithm, data.contents, password, crypto);
    if (opened.is === 'unsupported') return opened;
    if (opened.is === 'opened' && isPkcs8(opened.plain)) return { is: 'opened', pkcs8: opened.plain };
  }
  return { is: 'wrong-password' };
}

/** A wrong password passes the test of the padding once in 256 times; what it yields is no key. */
export function isPkcs8(plain: Uint8Array): boolean {
  try {
    return keyForm(children(expect(plain, TAG.sequence, 'key').contents, 'key')) === 'pkcs8';
  } catch {
    return false;
  }
}
