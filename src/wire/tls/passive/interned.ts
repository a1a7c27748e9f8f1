/** Values that are remembered; beyond them each is decoded anew. */
const MOST = 4096;

interface Remembered<T> {
  readonly bytes: Uint8Array;
  readonly version: number;
  readonly value: T;
}

/**
 * Decodes equal bytes once: a server says the same thing to all its clients, a client to all its servers. Equal
 * bytes give the same object, which also tells them equal at no cost.
 */
export class Interned<T> {
  readonly #decode: (bytes: Uint8Array, version: number) => T;
  readonly #known = new Map<number, Remembered<T>[]>();
  #count = 0;

  /** `decode` is given bytes to keep. What it throws is not remembered. */
  constructor(decode: (bytes: Uint8Array, version: number) => T) {
    this.#decode = decode;
  }

  of(bytes: Uint8Array, from: number, to: number, version: number): T {
    const hash = hashOf(bytes, from, to);
    const alike = this.#known.get(hash);
    if (alike)
      for (const one of alike)
        if (one.version === version && equals(one.bytes, bytes, from, to)) return one.value;
    const own = bytes.slice(from, to);
    const value = this.#decode(own, version);
    if (this.#count >= MOST) return value;
    this.#count++;
    const remembered = { bytes: own, version, value };
    if (alike) alike.push(remembered);
    else this.#known.set(hash, [remembered]);
    return value;
  }
}

/** FNV-1a over the length and at most 128 bytes, spread: what it holds alike is compared whole anyway. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  const step = Math.max(1, (to - from) >> 6);
  let hash = Math.imul(0x811c9dc5 ^ (to - from), 0x01000193);
  for (let i = to - 1; i >= from; i -= step) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash & 0x3fffffff;
}

function equals(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let i = from; i < to; i++) if (known[i - from] !== bytes[i]) return false;
  return true;
}
