import { concat, equalBytes, Reader, Writer } from '../../../base/bytes.ts';
import type { Decipher } from '../../../base/decipher.ts';
import type { Digest } from '../../../base/ports.ts';
import { TLS10, TLS12 } from '../registry/version.ts';
import { expandLabel, hmac, prf } from './derive.ts';
import { Rc4 } from './rc4.ts';
import type { SeenCipher, SeenSuite } from './seen-suite.ts';

/** Cryptography for reading recorded records. */
export interface OpeningTools {
  readonly digest: Digest;
  readonly decipher: Decipher;
}

export interface Opened {
  readonly type: number;
  readonly content: Uint8Array;
}

/** One direction under one key; counts its records. */
export interface RecordOpener {
  /** null when the record does not open. */
  open(type: number, version: number, fragment: Uint8Array): Opened | null;
  /** A record that nobody wants to read: it still counts. */
  pass(): void;
  /** Whether records may be passed over: not where the next one's IV is the end of this one (TLS 1.0). */
  readonly mayPass: boolean;
}

/** RFC 8446 5.2, from a traffic secret. */
export function opener13(
  { digest, decipher }: OpeningTools,
  suite: SeenSuite,
  secret: Uint8Array,
): RecordOpener | null {
  const { cipher, hash } = suite;
  if (cipher.is !== 'aead') return null;
  const key = expandLabel(digest, hash, secret, 'key', cipher.keyLength);
  const iv = expandLabel(digest, hash, secret, 'iv', 12);
  let count = 0;
  return {
    mayPass: false,
    pass: () => void count++,
    open: (type, version, fragment) => {
      if (fragment.length < cipher.tagLength) return null;
      const header = new Writer().u8(type).u16(version).u16(fragment.length).done();
      const inner = decipher.open(cipher.name, key, xorNonce(iv, count), header, fragment, cipher.tagLength);
      if (!inner) return null;
      count++;
      let end = inner.length - 1;
      while (end >= 0 && inner[end] === 0) end--;
      return end < 0 ? null : { type: inner[end]!, content: inner.subarray(0, end) };
    },
  };
}

/** Both randoms, and what else makes the keys of TLS 1.0 to 1.2. */
export interface Session12 {
  readonly version: number;
  readonly suite: SeenSuite;
  readonly master: Uint8Array;
  readonly clientRandom: Uint8Array;
  readonly serverRandom: Uint8Array;
  /** RFC 7366. */
  readonly encryptThenMac: boolean;
}

/** RFC 5246 6.3: the keys of one side. */
export function opener12(tools: OpeningTools, session: Session12, side: 'client' | 'server'): RecordOpener {
  const { version, suite, master, clientRandom, serverRandom } = session;
  const { cipher } = suite;
  const [mac, iv] = lengthsOf(cipher);
  const seed = concat([serverRandom, clientRandom]);
  const hash = version >= TLS12 ? suite.hash : null;
  const length = 2 * (mac + cipher.keyLength + iv);
  const block = new Reader(prf(tools.digest, hash, master, 'key expansion', seed, length));
  const pick = (size: number): Uint8Array => {
    const both = [block.take(size), block.take(size)] as const;
    return side === 'client' ? both[0] : both[1];
  };
  const keys = { mac: pick(mac), key: pick(cipher.keyLength), iv: pick(iv) };
  switch (cipher.is) {
    case 'aead':
      return aead12(tools.decipher, cipher, keys);
    case 'cbc':
      return cbc(tools, cipher, keys, version, session.encryptThenMac);
    case 'stream':
      return stream(tools.digest, cipher, keys);
  }
}

const MAC_LENGTH = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const;

/** Of the MAC's key and of the IV. */
const lengthsOf = (cipher: SeenCipher): [number, number] =>
  cipher.is === 'aead'
    ? [0, cipher.ivLength]
    : [MAC_LENGTH[cipher.mac], cipher.is === 'cbc' ? cipher.blockLength : 0];

interface Keys {
  readonly mac: Uint8Array;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** RFC 5288 and 6655 with half the nonce in the record, RFC 7905 without. */
function aead12(decipher: Decipher, cipher: SeenCipher & { is: 'aead' }, { key, iv }: Keys): RecordOpener {
  const explicit = cipher.ivLength === 4 ? 8 : 0;
  let count = 0;
  return {
    mayPass: true,
    pass: () => void count++,
    open: (type, version, fragment) => {
      const length = fragment.length - explicit - cipher.tagLength;
      if (length < 0) return null;
      const nonce = explicit ? concat([iv, fragment.subarray(0, 8)]) : xorNonce(iv, count);
      const aad = macHeader(count, type, version, length);
      const sealed = fragment.subarray(explicit);
      const content = decipher.open(cipher.name, key, nonce, aad, sealed, cipher.tagLength);
      if (content) count++;
      return content && { type, content };
    },
  };
}

/** RFC 2246 6.2.3.2, with an IV in each record since TLS 1.1 (RFC 4346 6.2.3.2). The MAC is checked: it tells a wrong key. */
function cbc(
  { digest, decipher }: OpeningTools,
  cipher: SeenCipher & { is: 'cbc' },
  keys: Keys,
  sessionVersion: number,
  encryptThenMac: boolean,
): RecordOpener {
  const explicit = sessionVersion > TLS10;
  const macLength = keys.mac.length;
  let iv = keys.iv;
  let count = 0;
  const fits = (type: number, recordVersion: number, content: Uint8Array, mac: Uint8Array): boolean => {
    const covered = concat([macHeader(count, type, recordVersion, content.length), content]);
    return equalBytes(hmac(digest, cipher.mac, keys.mac, covered), mac);
  };
  const decrypt = (sealed: Uint8Array): Uint8Array | null => {
    const [first, rest] = explicit
      ? [sealed.subarray(0, cipher.blockLength), sealed.subarray(cipher.blockLength)]
      : [iv, sealed];
    iv = sealed.slice(sealed.length - cipher.blockLength);
    if (first.length < cipher.blockLength || rest.length === 0) return null;
    const plain = decipher.decryptBlocks(cipher.name, keys.key, first, rest);
    const padding = plain?.at(-1);
    return plain && padding !== undefined && padding < plain.length
      ? plain.subarray(0, plain.length - padding - 1)
      : null;
  };
  return {
    mayPass: explicit,
    pass: () => void count++,
    open: (type, version, fragment) => {
      const split = fragment.length - macLength;
      const sealed = encryptThenMac ? fragment.subarray(0, Math.max(split, 0)) : fragment;
      if (encryptThenMac && !fits(type, version, sealed, fragment.subarray(split))) return null;
      const plain = decrypt(sealed);
      if (!plain) return null;
      const content = encryptThenMac ? plain : plain.subarray(0, Math.max(plain.length - macLength, 0));
      if (!encryptThenMac && !fits(type, version, content, plain.subarray(content.length))) return null;
      count++;
      return { type, content };
    },
  };
}

/** RFC 5246 6.2.3.1: the cipher's stream goes on from record to record, so none may be passed over. */
function stream(digest: Digest, cipher: SeenCipher & { is: 'stream' }, keys: Keys): RecordOpener {
  const rc4 = cipher.name === 'rc4' ? new Rc4(keys.key) : null;
  let count = 0;
  return {
    mayPass: rc4 === null,
    pass: () => void count++,
    open: (type, version, fragment) => {
      const plain = rc4 ? rc4.apply(fragment) : fragment;
      const split = plain.length - keys.mac.length;
      if (split < 0) return null;
      const content = plain.subarray(0, split);
      const covered = concat([macHeader(count, type, version, content.length), content]);
      if (!equalBytes(hmac(digest, cipher.mac, keys.mac, covered), plain.subarray(split))) return null;
      count++;
      return { type, content };
    },
  };
}

/** What a MAC covers before the content (RFC 5246 6.2.3.1, 6.2.3.3). */
function macHeader(count: number, type: number, version: number, length: number): Uint8Array {
  return new Writer()
    .u32(Math.floor(count / 2 ** 32))
    .u32(count >>> 0)
    .u8(type)
    .u16(version)
    .u16(length)
    .done();
}

function xorNonce(iv: Uint8Array, count: number): Uint8Array {
  const nonce = iv.slice();
  for (let i = 0, rest = count; i < 8; i++, rest = Math.floor(rest / 256)) nonce[11 - i]! ^= rest & 255;
  return nonce;
}
