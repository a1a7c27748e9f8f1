import { asciiBytes, concat, Writer } from '../../../base/bytes.ts';
import type { Digest, HashName } from '../../../base/ports.ts';

/** Key derivation of a reader: synchronous, on the Digest port alone. */

const BLOCK: Readonly<Record<HashName, number>> = { md5: 64, sha1: 64, sha256: 64, sha384: 128, sha512: 128 };

/** HMAC (RFC 2104 2). */
export function hmac(digest: Digest, hash: HashName, key: Uint8Array, data: Uint8Array): Uint8Array {
  const padded = new Uint8Array(BLOCK[hash]);
  padded.set(key.length > padded.length ? digest.digest(hash, key) : key);
  const inner = digest.digest(hash, concat([padded.map((byte) => byte ^ 0x36), data]));
  return digest.digest(hash, concat([padded.map((byte) => byte ^ 0x5c), inner]));
}

/** P_hash (RFC 5246 5). */
function expand(
  digest: Digest,
  hash: HashName,
  secret: Uint8Array,
  seed: Uint8Array,
  length: number,
): Uint8Array {
  const blocks: Uint8Array[] = [];
  let chained = seed;
  for (let have = 0; have < length; ) {
    chained = hmac(digest, hash, secret, chained);
    const block = hmac(digest, hash, secret, concat([chained, seed]));
    blocks.push(block);
    have += block.length;
  }
  return concat(blocks).subarray(0, length);
}

/** PRF of TLS 1.2 with the suite's hash; null: of TLS 1.0 and 1.1, MD5 xor SHA-1 over half the secret each (RFC 2246 5). */
export function prf(
  digest: Digest,
  hash: HashName | null,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Uint8Array {
  const labelled = concat([asciiBytes(label), seed]);
  if (hash) return expand(digest, hash, secret, labelled, length);
  const half = Math.ceil(secret.length / 2);
  const sha = expand(digest, 'sha1', secret.subarray(secret.length - half), labelled, length);
  return expand(digest, 'md5', secret.subarray(0, half), labelled, length).map((byte, i) => byte ^ sha[i]!);
}

/** HKDF-Expand-Label with an empty context (RFC 8446 7.1). */
export function expandLabel(
  digest: Digest,
  hash: HashName,
  secret: Uint8Array,
  label: string,
  length: number,
): Uint8Array {
  const info = new Writer()
    .u16(length)
    .block8((name) => name.raw(asciiBytes(`tls13 ${label}`)))
    .u8(0)
    .done();
  const blocks: Uint8Array[] = [];
  let last: Uint8Array = new Uint8Array(0);
  for (let have = 0; have < length; have += last.length) {
    last = hmac(digest, hash, secret, concat([last, info, Uint8Array.of(blocks.length + 1)]));
    blocks.push(last);
  }
  return concat(blocks).subarray(0, length);
}
