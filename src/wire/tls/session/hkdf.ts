import { asciiBytes, concat, Writer } from '../../../base/bytes.ts';
import type { Crypto, HashName } from '../../../base/ports.ts';

/** Hash and HMAC under one name, as a key schedule uses them. */
export interface Hashing {
  readonly crypto: Crypto;
  readonly hash: HashName;
}

export const hashLength = (hash: HashName): number =>
  ({ md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 })[hash];

/** RFC 5869 2.2. */
export const extract = (
  { crypto, hash }: Hashing,
  salt: Uint8Array,
  secret: Uint8Array,
): Promise<Uint8Array> => crypto.hmac(hash, salt, secret);

/** HKDF-Expand-Label (RFC 8446 7.1). */
export function expandLabel(
  hashing: Hashing,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const info = new Writer()
    .u16(length)
    .block8((name) => name.raw(asciiBytes(`tls13 ${label}`)))
    .block8((inner) => inner.raw(context))
    .done();
  return expand(hashing, secret, info, length);
}

/** RFC 5869 2.3. */
async function expand(
  { crypto, hash }: Hashing,
  key: Uint8Array,
  info: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  let last: Uint8Array = new Uint8Array(0);
  for (let have = 0; have < length; have += last.length) {
    last = await crypto.hmac(hash, key, concat([last, info, Uint8Array.of(blocks.length + 1)]));
    blocks.push(last);
  }
  return concat(blocks).subarray(0, length);
}
