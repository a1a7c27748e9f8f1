/** Values that are remembered; beyond them each is decoded anew. */
const MOST = 4096;
/** Names and the like are compared as they are. */
const SHORT = 64;

interface Remembered<T> {
  readonly bytes: Uint8Array;
  /** Of the same bytes. */
  readonly view: DataView;
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
  /** Of what the bytes in hand are a part of: mostly the same for many calls. */
  #view: DataView = new DataView(new ArrayBuffer(0));

  /** `decode` is given bytes to keep. What it throws is not remembered. */
  constructor(decode: (bytes: Uint8Array, version: number) => T) {
    this.#decode = decode;
  }

  of(bytes: Uint8Array, from: number, to: number, version: number): T {
    const hash = hashOf(bytes, from, to);
    const alike = this.#known.get(hash);
    for (let one = alike; one; one = one.next)
      if (one.version === version && this.#equals(one, bytes, from, to)) return one.value;
    const own = bytes.slice(from, to);
    const value = this.#decode(own, version);
    if (this.#count >= MOST) return value;
    this.#count++;
    this.#known.set(hash, {
      bytes: own,
      view: new DataView(own.buffer, own.byteOffset),
      version,
      value,
      next: alike,
    });
    return value;
  }

  /** By four bytes at a time: lists of authorities are long, and equal to the last byte. */
  #equals(known: Remembered<T>, bytes: Uint8Array, from: number, to: number): boolean {
    const length = to - from;
    if (known.bytes.length !== length) return false;
    let at = 0;
    if (length > SHORT) {
      if (this.#view.buffer !== bytes.buffer) this.#view = new DataView(bytes.buffer);
      const [ours, given, offset] = [known.view, this.#view, bytes.byteOffset + from];
      for (; at + 4 <= length; at += 4) if (ours.getInt32(at) !== given.getInt32(offset + at)) return false;
    }
    for (; at < length; at++) if (known.bytes[at] !== bytes[from + at]) return false;
    return true;
  }
}

/** FNV-1a over the length and at most 32 bytes, spread: what it holds alike is compared whole anyway. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  const step = 1 + ((to - from) >> 5);
  let hash = Math.imul(0x811c9dc5 ^ (to - from), 0x01000193);
  for (let i = to - 1; i >= from; i -= step) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash & 0x3fffffff;
}
