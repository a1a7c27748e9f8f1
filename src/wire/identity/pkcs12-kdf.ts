import { concat } from '../../base/bytes.ts';
import type { Crypto, HashName } from '../../base/ports.ts';

/** What the derived bytes are for: the ID byte of RFC 7292 appendix B.3. */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const;

/** Block size of the hash's compression function in bytes (v of appendix B.2). */
const BLOCK: Readonly<Record<HashName, number>> = { md5: 64, sha1: 64, sha256: 64, sha384: 128, sha512: 128 };

export interface KdfInput {
  readonly hash: HashName;
  /** BMPString with its two zero bytes, or nothing at all for the null password (see pkcs12Passwords). */
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly purpose: number;
  readonly length: number;
}

/** The key derivation of PKCS#12 (RFC 7292 appendix B.2). */
export function pkcs12Kdf(input: KdfInput, port: Pick<Crypto, 'digestRepeatedly'>): Uint8Array {
  const { hash, iterations, length } = input;
  const block = BLOCK[hash];
  const diversifier = new Uint8Array(block).fill(input.purpose);
  const material = concat([repeated(input.salt, block), repeated(input.password, block)]);
  const output: Uint8Array[] = [];
  for (let made = 0; made < length; made += output[0]!.length) {
    const digest = port.digestRepeatedly(hash, concat([diversifier, material]), iterations);
    output.push(digest);
    const addend = Uint8Array.from({ length: block }, (_, i) => digest[i % digest.length]!);
    for (let at = 0; at < material.length; at += block) addPlusOne(material.subarray(at, at + block), addend);
  }
  return concat(output).slice(0, length);
}

/** Copies of the bytes up to a multiple of the block; nothing for nothing. */
function repeated(bytes: Uint8Array, block: number): Uint8Array {
  const length = block * Math.ceil(bytes.length / block);
  return Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length]!);
}

/** One block of I becomes I + B + 1 modulo 2^(8v), in place. */
function addPlusOne(target: Uint8Array, addend: Uint8Array): void {
  let carry = 1;
  for (let i = target.length - 1; i >= 0; i--) {
    carry += target[i]! + addend[i]!;
    target[i] = carry & 255;
    carry >>= 8;
  }
}
