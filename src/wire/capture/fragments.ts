import type { Datagram } from './datagram.ts';

/** At most so many datagrams wait for their fragments; the oldest gives way. With 64 KiB each that is 16 MiB. */
const MOST_WAITING = 256;
const LARGEST_DATAGRAM = 65_535;

interface Waiting {
  readonly bytes: Uint8Array;
  /** Pieces that are here, in order, touching ones joined. */
  pieces: { from: number; to: number }[];
  /** null until the last fragment came. */
  length: number | null;
}

/** Puts fragments of IPv4 (RFC 791 3.2) and IPv6 (RFC 8200 4.5) together. What came first stays, where two overlap. */
export class Fragments {
  readonly #waiting = new Map<string, Waiting>();

  /**
   * Takes bytes[from, to) of the datagram in hand as its part at `offset`. True when it made the datagram whole:
   * `bytes`, `from`, `to` then are the whole.
   */
  complete(datagram: Datagram, id: number, offset: number, isLast: boolean): boolean {
    const { bytes, from, to, wholeTo } = datagram;
    const length = to - from;
    // One that was cut off leaves a hole for good; so does what would not fit into a datagram.
    if (to < wholeTo || offset + length > LARGEST_DATAGRAM || length === 0) return false;
    const key = `${datagram.version} ${datagram.words.join()} ${datagram.protocol} ${id}`;
    const waiting = this.#at(key);
    if (isLast) waiting.length ??= offset + length;
    this.#fill(waiting, bytes, from, offset, length);
    const [first] = waiting.pieces;
    if (waiting.length === null || first?.from !== 0 || first.to < waiting.length) return false;
    this.#waiting.delete(key);
    datagram.bytes = waiting.bytes;
    datagram.from = 0;
    datagram.to = waiting.length;
    datagram.wholeTo = waiting.length;
    return true;
  }

  #at(key: string): Waiting {
    const known = this.#waiting.get(key);
    if (known) return known;
    for (const oldest of this.#waiting.keys()) {
      if (this.#waiting.size < MOST_WAITING) break;
      this.#waiting.delete(oldest);
    }
    const waiting: Waiting = { bytes: new Uint8Array(LARGEST_DATAGRAM), pieces: [], length: null };
    this.#waiting.set(key, waiting);
    return waiting;
  }

  #fill(waiting: Waiting, bytes: Uint8Array, from: number, offset: number, length: number): void {
    let at = offset;
    const end = offset + length;
    const copy = (to: number): void => {
      if (to > at) waiting.bytes.set(bytes.subarray(from + at - offset, from + to - offset), at);
    };
    for (const piece of waiting.pieces) {
      copy(Math.min(piece.from, end));
      at = Math.max(at, piece.to);
    }
    copy(end);
    waiting.pieces = joined([...waiting.pieces, { from: offset, to: end }]);
  }
}

function joined(pieces: { from: number; to: number }[]): { from: number; to: number }[] {
  const all: { from: number; to: number }[] = [];
  for (const piece of pieces.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && piece.from <= last.to) last.to = Math.max(last.to, piece.to);
    else all.push({ ...piece });
  }
  return all;
}
