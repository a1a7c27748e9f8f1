import { asciiBytes, concat, Reader } from '../../../base/bytes.ts';
import type { Hashing } from './hkdf.ts';
import type { Suite } from './suite.ts';

/** PRF of TLS 1.2 (RFC 5246 5). */
export async function prf(
  { crypto, hash }: Hashing,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const labelled = concat([asciiBytes(label), seed]);
  const blocks: Uint8Array[] = [];
  let chained = labelled;
  for (let have = 0; have < length; ) {
    chained = await crypto.hmac(hash, secret, chained);
    const block = await crypto.hmac(hash, secret, concat([chained, labelled]));
    blocks.push(block);
    have += block.length;
  }
  return concat(blocks).subarray(0, length);
}

/** RFC 5246 8.1; with extended_master_secret the seed is the session hash instead of the randoms (RFC 7627 4). */
export const masterSecret = (
  hashing: Hashing,
  shared: Uint8Array,
  seed: { randoms: Uint8Array } | { sessionHash: Uint8Array },
): Promise<Uint8Array> =>
  'randoms' in seed
    ? prf(hashing, shared, 'master secret', seed.randoms, 48)
    : prf(hashing, shared, 'extended master secret', seed.sessionHash, 48);

export interface KeyBlock {
  readonly client: { readonly key: Uint8Array; readonly iv: Uint8Array };
  readonly server: { readonly key: Uint8Array; readonly iv: Uint8Array };
}

/** RFC 5246 6.3; AEAD suites have no MAC keys. */
export async function keyBlock(
  hashing: Hashing,
  suite: Suite,
  master: Uint8Array,
  randoms: { client: Uint8Array; server: Uint8Array },
): Promise<KeyBlock> {
  const seed = concat([randoms.server, randoms.client]);
  const length = 2 * (suite.keyLength + suite.ivLength);
  const block = new Reader(await prf(hashing, master, 'key expansion', seed, length));
  const [clientKey, serverKey] = [block.take(suite.keyLength), block.take(suite.keyLength)];
  const [clientIv, serverIv] = [block.take(suite.ivLength), block.take(suite.ivLength)];
  return { client: { key: clientKey, iv: clientIv }, server: { key: serverKey, iv: serverIv } };
}

/** verify_data of Finished (RFC 5246 7.4.9). */
export const verifyData = (
  hashing: Hashing,
  master: Uint8Array,
  side: 'client' | 'server',
  hash: Uint8Array,
): Promise<Uint8Array> => prf(hashing, master, `${side} finished`, hash, 12);
