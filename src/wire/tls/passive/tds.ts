/**
 * SQL Server speaks the handshake of TLS inside its own packets (MS-TDS 3.2.5.1) and goes on in the clear of them
 * when it is done. This takes the headers out.
 */

export const TDS_HEADER = 8;
/** PRELOGIN, and the server's tabular answer. */
const TYPES: ReadonlySet<number> = new Set([0x12, 0x04]);

/** Whether the bytes right before `at` are the header of a packet that begins with what stands at `at`. */
export function isInTds(bytes: Uint8Array, from: number, at: number): boolean {
  const header = at - TDS_HEADER;
  return header >= from && isHeader(bytes, header) && lengthAt(bytes, header) > TDS_HEADER;
}

/** Type, status, length, SPID, packet number, and a window that is always zero (MS-TDS 2.2.3.1). */
const isHeader = (bytes: Uint8Array, at: number): boolean =>
  TYPES.has(bytes[at]!) && bytes[at + 1]! <= 1 && lengthAt(bytes, at) >= TDS_HEADER && bytes[at + 7] === 0;

const lengthAt = (bytes: Uint8Array, at: number): number => (bytes[at + 2]! << 8) | bytes[at + 3]!;

export class TdsPackets {
  /** No more packets follow: all is bare. */
  isDone = false;
  readonly #header = new Uint8Array(TDS_HEADER);
  #headerLength = 0;
  #left = 0;

  /** Hands on what is inside, in order. */
  push(
    bytes: Uint8Array,
    from: number,
    to: number,
    take: (bytes: Uint8Array, from: number, to: number) => void,
  ): void {
    let at = from;
    while (at < to && !this.isDone) {
      if (this.#left > 0) {
        const end = Math.min(to, at + this.#left);
        take(bytes, at, end);
        this.#left -= end - at;
        at = end;
      } else if (this.#headerLength === 0 && !TYPES.has(bytes[at]!)) this.isDone = true;
      else {
        this.#header[this.#headerLength++] = bytes[at++]!;
        if (this.#headerLength === TDS_HEADER) this.#begin();
      }
    }
    if (at < to) take(bytes, at, to);
  }

  /** Whether what is missing lies within a packet. If not, nobody knows where the next one begins. */
  gap(length: number): boolean {
    const isWithin = this.#headerLength === 0 && length <= this.#left;
    if (isWithin) this.#left -= length;
    else this.isDone = true;
    return isWithin;
  }

  #begin(): void {
    this.#headerLength = 0;
    if (isHeader(this.#header, 0)) this.#left = lengthAt(this.#header, 0) - TDS_HEADER;
    else this.isDone = true;
  }
}
