import { asciiBytes, concat, equalBytes, Malformed } from '../../base/bytes.ts';
import type { Crypto } from '../../base/ports.ts';
import { children, type Element, expect, TAG } from '../x509/der.ts';
import { javaPassword } from './java-key-store.ts';
import { isPkcs8, type OpenedKey } from './keys.ts';
import { algorithmOf, integer } from './pbe.ts';

/** How Java's own key stores protect a private key, inside an EncryptedPrivateKeyInfo. */

/** JKS: Sun's key protector. */
const JKS = '1.3.6.1.4.1.42.2.17.1.1';
/** JCEKS: PBEWithMD5AndTripleDES. */
const JCEKS = '1.3.6.1.4.1.42.2.19.1';

/** Opens the key of an entry; rejects with Malformed when its frame is broken. */
export async function openJavaKey(der: Uint8Array, password: string, crypto: Crypto): Promise<OpenedKey> {
  const [algorithm, data] = children(expect(der, TAG.sequence, 'key').contents, 'key');
  if (!algorithm || data?.tag !== TAG.octetString) throw new Malformed('key', 0, 'no algorithm and content');
  const { oid, parameters } = algorithmOf(algorithm);
  if (oid !== JKS && oid !== JCEKS) return { is: 'unsupported', what: `encryption ${oid}` };
  const plain =
    oid === JKS
      ? openJks(data.contents, password, crypto)
      : await openJceks(parameters, data.contents, password, crypto);
  return plain && isPkcs8(plain) ? { is: 'opened', pkcs8: plain } : { is: 'wrong-password' };
}

const SHA1_LENGTH = 20;

/** salt | key XOR SHA-1 of password and salt, then of password and that, … | SHA-1 of password and key. */
function openJks(data: Uint8Array, password: string, crypto: Crypto): Uint8Array | null {
  if (data.length < 2 * SHA1_LENGTH) throw new Malformed('key', 0, 'shorter than its salt and its digest');
  const secret = javaPassword(password);
  const sealed = data.subarray(SHA1_LENGTH, -SHA1_LENGTH);
  const plain = new Uint8Array(sealed.length);
  let stream = data.subarray(0, SHA1_LENGTH);
  for (let at = 0; at < sealed.length; at++) {
    const within = at % SHA1_LENGTH;
    if (within === 0) stream = crypto.digest('sha1', concat([secret, stream]));
    plain[at] = sealed[at]! ^ stream[within]!;
  }
  const check = crypto.digest('sha1', concat([secret, plain]));
  return equalBytes(check, data.subarray(-SHA1_LENGTH)) ? plain : null;
}

/** Java writes 200,000; a bound against files made to keep us busy. */
const MOST_ROUNDS = 2_000_000;

/** Each half of the salt, digested with the password over and over, gives half of key and initialization vector. */
async function openJceks(
  parameters: Element | undefined,
  data: Uint8Array,
  password: string,
  crypto: Crypto,
): Promise<Uint8Array | null> {
  const [salt, rounds] = children(expect(parameters?.der ?? new Uint8Array(0), TAG.sequence, 'PBE').contents);
  const iterations = integer(rounds, 'PBE iterations');
  if (salt?.contents.length !== 8) throw new Malformed('PBE', 0, 'its salt is not of 8 bytes');
  if (iterations < 1 || iterations > MOST_ROUNDS) throw new Malformed('PBE', 0, `${iterations} rounds`);
  const secret = asciiBytes(password).map((byte) => byte & 0x7f);
  const derived = concat(
    [salt.contents.subarray(0, 4), salt.contents.subarray(4)].map((half) => {
      let digest = half;
      for (let i = 0; i < iterations; i++) digest = crypto.digest('md5', concat([digest, secret]));
      return digest;
    }),
  );
  const [key, iv] = [derived.subarray(0, 24), derived.subarray(24)];
  // The port rejects when the padding does not fit: another password.
  return crypto.decryptCbc('des-ede3-cbc', key, iv, data).catch(() => null);
}
