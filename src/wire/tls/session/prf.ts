import { asciiBytes, concat, Reader } from '../../../base/bytes.ts';
import type { Crypto, HashName } from '../../../base/ports.ts';
import { TLS10, TLS12 } from '../registry/version.ts';
import { hashLength } from './hkdf.ts';
import type { Cipher, Suite } from './suite.ts';

/** What TLS 1.0 to 1.2 derive secrets and hash transcripts with; before TLS 1.2, MD5 and SHA-1 side by side. */
export interface PrfHashing {
  readonly crypto: Crypto;
  readonly hash: HashName | 'md5+sha1';
}

export const prfHash = (suite: Suite, version: number): PrfHashing['hash'] =>
  version < TLS12 ? 'md5+sha1' : suite.hash;

/** PRF of TLS 1.2 (RFC 5246 5) and of those before it (RFC 2246 5). */
export async function prf(
  { crypto, hash }: PrfHashing,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const labelled = concat([asciiBytes(label), seed]);
  if (hash !== 'md5+sha1') return expand(crypto, hash, secret, labelled, length);
  // The halves share the middle byte of a secret of odd length.
  const half = Math.ceil(secret.length / 2);
  const md5 = await expand(crypto, 'md5', secret.subarray(0, half), labelled, length);
  const sha1 = await expand(crypto, 'sha1', secret.subarray(secret.length - half), labelled, length);
  return md5.map((byte, i) => byte ^ sha1[i]!);
}

/** P_hash. */
async function expand(
  crypto: Crypto,
  hash: HashName,
  secret: Uint8Array,
  seed: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  let chained = seed;
  for (let have = 0; have < length; ) {
    chained = await crypto.hmac(hash, secret, chained);
    const block = await crypto.hmac(hash, secret, concat([chained, seed]));
    blocks.push(block);
    have += block.length;
  }
  return concat(blocks).subarray(0, length);
}

/** RFC 5246 8.1; with extended_master_secret the seed is the session hash instead of the randoms (RFC 7627 4). */
export const masterSecret = (
  hashing: PrfHashing,
  shared: Uint8Array,
  seed: { randoms: Uint8Array } | { sessionHash: Uint8Array },
): Promise<Uint8Array> =>
  'randoms' in seed
    ? prf(hashing, shared, 'master secret', seed.randoms, 48)
    : prf(hashing, shared, 'extended master secret', seed.sessionHash, 48);

/** One direction's. */
export interface Keys {
  readonly macKey: Uint8Array;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

export interface KeyBlock {
  readonly client: Keys;
  readonly server: Keys;
}

/** RFC 5246 6.3. */
export async function keyBlock(
  hashing: PrfHashing,
  { cipher, version }: { cipher: Cipher; version: number },
  master: Uint8Array,
  randoms: { client: Uint8Array; server: Uint8Array },
): Promise<KeyBlock> {
  const seed = concat([randoms.server, randoms.client]);
  const lengths = [
    cipher.is === 'cbc' ? hashLength(cipher.mac) : 0,
    cipher.keyLength,
    ivLength(cipher, version),
  ];
  const length = 2 * lengths.reduce((sum, one) => sum + one);
  const block = new Reader(await prf(hashing, master, 'key expansion', seed, length));
  const pairs = lengths.map((one) => [block.take(one), block.take(one)] as const);
  const side = (i: 0 | 1): Keys => ({ macKey: pairs[0]![i], key: pairs[1]![i], iv: pairs[2]![i] });
  return { client: side(0), server: side(1) };
}

/** Of CBC only TLS 1.0 starts from a derived IV; later each record brings its own (RFC 4346 6.2.3.2). */
function ivLength(cipher: Cipher, version: number): number {
  if (cipher.is === 'aead') return cipher.ivLength;
  return version === TLS10 ? cipher.blockLength : 0;
}

/** verify_data of Finished (RFC 5246 7.4.9). */
export const verifyData = (
  hashing: PrfHashing,
  master: Uint8Array,
  side: 'client' | 'server',
  hash: Uint8Array,
): Promise<Uint8Array> => prf(hashing, master, `${side} finished`, hash, 12);
