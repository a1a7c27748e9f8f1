/** Most messages fit; larger ones are rare, and have bytes of their own. */
const SIZE = 4096;
const MOST_FREE = 256;

/**
 * Bytes for messages that came in pieces, lent until they are whole: a flight of a server is longer than a packet, and
 * bytes made anew for each of its messages cost more than all else that is done with it.
 */
export class Scratch {
  readonly #limit: number;
  readonly #free: Uint8Array[] = [];
  #lent = 0;

  /** `limit`: what all that is lent may come to. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** At least so many bytes, with whatever stands in them; null when too much is lent already. */
  take(length: number): Uint8Array | null {
    const size = Math.max(length, SIZE);
    if (this.#lent + size > this.#limit) return null;
    this.#lent += size;
    if (length > SIZE) return new Uint8Array(length);
    return this.#free.pop() ?? new Uint8Array(SIZE);
  }

  giveBack(bytes: Uint8Array): void {
    this.#lent -= bytes.length;
    if (bytes.length === SIZE && this.#free.length < MOST_FREE) this.#free.push(bytes);
  }
}
