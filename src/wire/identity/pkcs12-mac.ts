import { equalBytes, Malformed } from '../../base/bytes.ts';
import type { Crypto, HashName } from '../../base/ports.ts';
import { children, type Element, expect, TAG } from '../x509/der.ts';
import type { PasswordForm } from './password.ts';
import { algorithmOf, hmacHash, integer, isHash, pbkdf2 } from './pbe.ts';
import { PURPOSE, pkcs12Kdf } from './pkcs12-kdf.ts';

/** Integrity of a PKCS#12 file by password: MacData (RFC 7292 4), also as PBMAC1 (RFC 9579). */

export type MacVerdict =
  | { readonly is: 'fits'; readonly password: PasswordForm }
  | { readonly is: 'wrong-password' }
  | { readonly is: 'unsupported'; readonly what: string };

/** Tries the forms of a password in turn. Rejects with Malformed when the MacData cannot be read. */
export async function checkMac(
  macData: Element,
  content: Uint8Array,
  passwords: readonly PasswordForm[],
  crypto: Crypto,
): Promise<MacVerdict> {
  const mac = readMacData(macData);
  for (const password of passwords) {
    const computed =
      mac.oid === PBMAC1
        ? await pbmac1(mac, content, password, crypto)
        : await pkcs12Mac(mac, content, password, crypto);
    if (typeof computed === 'string') return { is: 'unsupported', what: computed };
    if (equalBytes(computed, mac.digest)) return { is: 'fits', password };
  }
  return { is: 'wrong-password' };
}

const PBMAC1 = '1.2.840.113549.1.5.14';

const HASHES: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const LENGTHS: Readonly<Record<HashName, number>> = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** As for encryption: a bound against files made to keep us busy. */
const MOST_ROUNDS = 2_000_000;

interface MacData {
  readonly oid: string;
  readonly parameters: Element | undefined;
  readonly digest: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

function readMacData(macData: Element): MacData {
  const [info, salt, rounds] = children(macData.contents, 'MacData');
  const [algorithm, digest] = children(info?.contents ?? new Uint8Array(0), 'DigestInfo');
  if (!algorithm || digest?.tag !== TAG.octetString || salt?.tag !== TAG.octetString) {
    throw new Malformed('MacData', macData.at, 'not a digest and a salt');
  }
  return {
    ...algorithmOf(algorithm),
    digest: digest.contents,
    salt: salt.contents,
    iterations: rounds ? integer(rounds, 'MacData iterations') : 1,
  };
}

async function pkcs12Mac(
  { oid, salt, iterations }: MacData,
  content: Uint8Array,
  password: PasswordForm,
  crypto: Crypto,
): Promise<Uint8Array | string> {
  const hash = HASHES[oid];
  if (!hash) return `a MAC with ${oid}`;
  if (iterations < 1 || iterations > MOST_ROUNDS) return `a MAC of ${iterations} rounds`;
  const purpose = PURPOSE.mac;
  const input = { hash, password: password.bmp, salt, iterations, purpose, length: LENGTHS[hash] };
  return crypto.hmac(hash, pkcs12Kdf(input, crypto), content);
}

async function pbmac1(
  { parameters }: MacData,
  content: Uint8Array,
  password: PasswordForm,
  crypto: Crypto,
): Promise<Uint8Array | string> {
  const outer = expect(parameters?.der ?? new Uint8Array(0), TAG.sequence, 'PBMAC1');
  const [derivation, scheme] = children(outer.contents, 'PBMAC1');
  if (!derivation || !scheme) throw new Malformed('PBMAC1', 0, 'not two algorithms');
  const hash = hmacHash(scheme);
  if (!isHash(hash)) return `PBMAC1 with ${hash}`;
  const key = await pbkdf2(derivation, LENGTHS[hash], password, crypto);
  return typeof key === 'string' ? key : crypto.hmac(hash, key, content);
}
