/** Most messages fit; larger ones are rare, and have bytes of their own. */
const SIZE = 4096;
const MOST_FREE = 256;

/**
 * Bytes for messages that came in pieces, lent until they are whole: a flight of a server is longer than a packet, and
 * bytes made anew for each of its messages cost more than all else that is done with it.
 */
export class Scratch {
  readonly #free: Uint8Array[] = [];

  /** At least so many bytes, with whatever stands in them. */
  take(length: number): Uint8Array {
    if (length > SIZE) return new Uint8Array(length);
    return this.#free.pop() ?? new Uint8Array(SIZE);
  }

  giveBack(bytes: Uint8Array): void {
    if (bytes.length === SIZE && this.#free.length < MOST_FREE) this.#free.push(bytes);
  }
}
