/** Values that are remembered; beyond them each is decoded anew. */
const MOST = 4096;

interface Remembered<T> {
  readonly bytes: DataView;
  readonly version: number;
  readonly value: T;
  readonly next: Remembered<T> | undefined;
}

/**
 * Decodes equal bytes once: a server says the same thing to all its clients, a client to all its servers. Equal
 * bytes give the same object, which also tells them equal at no cost.
 */
export class Interned<T> {
  readonly #decode: (bytes: Uint8Array, version: number) => T;
  readonly #known = new Map<number, Remembered<T>>();
  #count = 0;

  /** `decode` is given bytes to keep. What it throws is not remembered. */
  constructor(decode: (bytes: Uint8Array, version: number) => T) {
    this.#decode = decode;
  }

  of(bytes: Uint8Array, from: number, to: number, version: number): T {
    const hash = hashOf(bytes, from, to);
    const alike = this.#known.get(hash);
    for (let one = alike; one; one = one.next)
      if (one.version === version && equals(one.bytes, bytes, from, to)) return one.value;
    const own = bytes.slice(from, to);
    const value = this.#decode(own, version);
    if (this.#count >= MOST) return value;
    this.#count++;
    this.#known.set(hash, { bytes: viewOf(own, 0, own.length), version, value, next: alike });
    return value;
  }
}

/** FNV-1a over the length and at most 32 bytes, spread: what it holds alike is compared whole anyway. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  const step = 1 + ((to - from) >> 5);
  let hash = Math.imul(0x811c9dc5 ^ (to - from), 0x01000193);
  for (let i = to - 1; i >= from; i -= step) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash & 0x3fffffff;
}

const viewOf = (bytes: Uint8Array, from: number, to: number): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset + from, to - from);

/** By four bytes at a time: lists of authorities are long, and equal to the last byte. */
function equals(known: DataView, bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (known.byteLength !== length) return false;
  const given = viewOf(bytes, from, to);
  let at = 0;
  for (; at + 4 <= length; at += 4) if (known.getInt32(at) !== given.getInt32(at)) return false;
  for (; at < length; at++) if (known.getInt8(at) !== given.getInt8(at)) return false;
  return true;
}
