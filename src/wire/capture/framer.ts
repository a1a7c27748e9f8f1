/** Reads a stream that is made of blocks of announced lengths. */
export interface BlockParser {
  /**
   * Reads the whole blocks of bytes[from, to) and answers where it stopped: the start of a block that is not whole.
   * `base` is the place in the stream of bytes[0]. What it keeps it copies.
   */
  read(bytes: Uint8Array, from: number, to: number, base: number): number;
  /** Bytes that the block at which it stopped needs at the least; bounded by the parser. */
  readonly wants: number;
}

/**
 * Hands chunks of any size to a parser. Only a block that lies across chunks is copied, so a capture costs no more
 * memory than its chunk and one packet.
 */
export class Framer {
  readonly #parser: BlockParser;
  #held = new Uint8Array(0);
  #length = 0;
  /** Place in the stream of the first byte that was not yet used. */
  #place = 0;

  constructor(parser: BlockParser) {
    this.#parser = parser;
  }

  push(chunk: Uint8Array): void {
    const from = this.#length > 0 ? this.#completeHeld(chunk) : 0;
    if (from === chunk.length || this.#length > 0) return;
    const base = this.#place - from;
    const used = this.#parser.read(chunk, from, chunk.length, base);
    this.#place = base + used;
    this.#hold(chunk, used, chunk.length);
  }

  /** Bytes of a block that never became whole, and where it began. */
  end(): { readonly left: number; readonly place: number } {
    // A parser that searches past damage may have waited for more than was to come.
    for (let used = -1; used !== 0 && this.#length > 0; ) used = this.#readHeld();
    return { left: this.#length, place: this.#place };
  }

  /** Fills up the block that an earlier chunk began, and no more; answers how much of the chunk that took. */
  #completeHeld(chunk: Uint8Array): number {
    let from = 0;
    while (this.#length > 0) {
      const missing = this.#parser.wants - this.#length;
      if (missing > chunk.length - from) {
        this.#hold(chunk, from, chunk.length);
        return chunk.length;
      }
      this.#hold(chunk, from, from + Math.max(missing, 0));
      from += Math.max(missing, 0);
      this.#readHeld();
    }
    return from;
  }

  #readHeld(): number {
    const used = this.#parser.read(this.#held, 0, this.#length, this.#place);
    this.#place += used;
    this.#held.copyWithin(0, used, this.#length);
    this.#length -= used;
    return used;
  }

  #hold(chunk: Uint8Array, from: number, to: number): void {
    const length = this.#length + to - from;
    if (length > this.#held.length) {
      const grown = new Uint8Array(Math.max(length, this.#parser.wants, 2 * this.#held.length));
      grown.set(this.#held.subarray(0, this.#length));
      this.#held = grown;
    }
    this.#held.set(chunk.subarray(from, to), this.#length);
    this.#length = length;
  }
}
