import { Malformed } from '../../base/bytes.ts';

/**
 * RC2 (RFC 2268), decryption in CBC mode only. The one cipher of our own: Windows has written PKCS#12 files with
 * RC2-40 for twenty years, people still hold them, and no current OpenSSL or WebCrypto decrypts them. It protects
 * nothing here; nothing is ever encrypted with it.
 */

/** PITABLE of RFC 2268 section 2: a permutation of bytes from the digits of pi. */
const PITABLE = Uint8Array.from(
  (
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b7' +
    '7b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9b' +
    'bc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0' +
    '416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b255597312d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c' +
    '6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad'
  ).match(/../g) ?? [],
  (pair) => Number.parseInt(pair, 16),
);

/** Bits each word of a block is turned by when mixed (section 3.1). */
const TURNS = [1, 2, 3, 5] as const;

/** Decrypts and takes the padding off (PKCS#7, RFC 8018 6.1.1); throws Malformed when it does not fit. */
export function decryptRc2Cbc(
  key: Uint8Array,
  effectiveBits: number,
  iv: Uint8Array,
  data: Uint8Array,
): Uint8Array {
  if (data.length === 0 || data.length % 8 !== 0 || iv.length !== 8) {
    throw new Malformed('RC2', 0, 'not whole blocks of 8 bytes');
  }
  const words = expandKey(key, effectiveBits);
  const plain = new Uint8Array(data.length);
  let previous = iv;
  for (let at = 0; at < data.length; at += 8) {
    const block = data.subarray(at, at + 8);
    const clear = decryptBlock(words, block);
    for (let i = 0; i < 8; i++) plain[at + i] = clear[i]! ^ previous[i]!;
    previous = block;
  }
  return withoutPadding(plain);
}

/** 64 words from a key, cut down to its effective bits (section 2). */
function expandKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  if (key.length === 0 || key.length > 128) throw new Malformed('RC2', 0, `a key of ${key.length} bytes`);
  const bytes = new Uint8Array(128);
  bytes.set(key);
  for (let i = key.length; i < 128; i++) bytes[i] = PITABLE[(bytes[i - 1]! + bytes[i - key.length]!) & 255]!;
  const size = (effectiveBits + 7) >> 3;
  const mask = 255 >> (8 * size - effectiveBits);
  bytes[128 - size] = PITABLE[bytes[128 - size]! & mask]!;
  for (let i = 127 - size; i >= 0; i--) bytes[i] = PITABLE[bytes[i + 1]! ^ bytes[i + size]!]!;
  return Uint16Array.from({ length: 64 }, (_, i) => bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
}

/** The inverse of section 3.1: 5 mixing rounds, a mash, 6, a mash, 5, all backwards. */
function decryptBlock(words: Uint16Array, block: Uint8Array): Uint8Array {
  const r = Uint16Array.from({ length: 4 }, (_, i) => block[2 * i]! | (block[2 * i + 1]! << 8));
  let next = 63;
  const unmix = (): void => {
    for (let i = 3; i >= 0; i--) {
      const turned = (r[i]! >>> TURNS[i]!) | (r[i]! << (16 - TURNS[i]!));
      const chosen = (r[(i + 3) & 3]! & r[(i + 2) & 3]!) + (~r[(i + 3) & 3]! & r[(i + 1) & 3]!);
      r[i] = turned - words[next--]! - chosen;
    }
  };
  const unmash = (): void => {
    for (let i = 3; i >= 0; i--) r[i] = r[i]! - words[r[(i + 3) & 3]! & 63]!;
  };
  for (let round = 0; round < 16; round++) {
    if (round === 5 || round === 11) unmash();
    unmix();
  }
  return Uint8Array.from({ length: 8 }, (_, i) => (r[i >> 1]! >> (8 * (i & 1))) & 255);
}

function withoutPadding(plain: Uint8Array): Uint8Array {
  const count = plain.at(-1) ?? 0;
  const fits = count >= 1 && count <= 8 && plain.subarray(-count).every((byte) => byte === count);
  if (!fits) throw new Malformed('RC2', plain.length, 'the padding does not fit');
  return plain.subarray(0, plain.length - count);
}
