import { CONTENT } from '../registry/content-type.ts';

/** What the walk hands over; says of each record how it wants it. */
export interface RecordTaker {
  /** 'pieces' as they come and lent, 'whole' as one copy, 'skip' not at all. */
  begin(type: number, length: number): 'skip' | 'pieces' | 'whole';
  piece(bytes: Uint8Array, from: number, to: number): void;
  /** The fragment is the taker's to keep. */
  whole(type: number, version: number, fragment: Uint8Array): void;
  /** Records are missing or were cut off. */
  lost(): void;
}

const HEADER = 5;
/** Most that a protected record carries, by the widest limit (RFC 5246 6.2.3). */
const MAX_CIPHERTEXT = 2 ** 14 + 2048;

/**
 * Walks along the records of one direction without gathering them: application data, which is most of a capture,
 * is stepped over by its length. After a gap it goes on at the next record.
 */
export class RecordWalk {
  readonly #taker: RecordTaker;
  /** Type and version, three bytes, and of the header what else is here. */
  #start = 0;
  #length = 0;
  #headerLength = 0;
  /** Bytes of the record in hand that are still to come. */
  #left = 0;
  #mode: 'skip' | 'pieces' | 'whole' = 'skip';
  #body: Uint8Array | null = null;
  #lost = false;

  constructor(taker: RecordTaker) {
    this.#taker = taker;
  }

  /** Ready for another stream. */
  reset(): void {
    this.#headerLength = 0;
    this.#left = 0;
    this.#mode = 'skip';
    this.#body = null;
    this.#lost = false;
  }

  push(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    if (this.#lost) {
      at = findRecord(bytes, from, to);
      if (at < 0) return;
      this.#lost = false;
    }
    while (at < to) {
      if (this.#left === 0) {
        at = this.#readHeader(bytes, at, to);
        if (this.#lost) return;
      } else at = this.#readBody(bytes, at, to);
    }
  }

  /** A record that is stepped over may lack bytes; of any other, and of headers, nothing is left to use. */
  gap(length: number): void {
    const within = this.#headerLength === 0 && length <= this.#left;
    if (this.#mode !== 'skip' || !within) this.#taker.lost();
    this.#mode = 'skip';
    this.#body = null;
    this.#headerLength = 0;
    this.#lost ||= !within;
    this.#left = within ? this.#left - length : 0;
  }

  #readHeader(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    if (this.#headerLength === 0 && to - from >= HEADER) {
      this.#start = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
      this.#length = (bytes[at + 3]! << 8) | bytes[at + 4]!;
      at += HEADER;
    } else {
      for (; this.#headerLength < HEADER && at < to; this.#headerLength++, at++) {
        if (this.#headerLength < 3) this.#start = ((this.#start << 8) | bytes[at]!) & 0xffffff;
        else this.#length = ((this.#length << 8) | bytes[at]!) & 0xffff;
      }
      if (this.#headerLength < HEADER) return at;
      this.#headerLength = 0;
    }
    if (!isStart(this.#start, this.#length)) {
      this.#lost = true;
      this.#taker.lost();
      return at;
    }
    this.#left = this.#length;
    this.#mode = this.#taker.begin(this.#start >> 16, this.#length);
    if (this.#mode === 'whole') this.#body = new Uint8Array(this.#left);
    if (this.#left === 0) this.#finish();
    return at;
  }

  #readBody(bytes: Uint8Array, from: number, to: number): number {
    const end = Math.min(to, from + this.#left);
    if (this.#mode === 'pieces') this.#taker.piece(bytes, from, end);
    else if (this.#body) this.#body.set(bytes.subarray(from, end), this.#body.length - this.#left);
    this.#left -= end - from;
    if (this.#left === 0) this.#finish();
    return end;
  }

  #finish(): void {
    const body = this.#body;
    this.#body = null;
    if (body) this.#taker.whole(this.#start >> 16, this.#start & 0xffff, body);
  }
}

/** Whether type and version, and length, are those of a record. */
const isStart = (start: number, length: number): boolean =>
  start >> 16 >= CONTENT.changeCipherSpec &&
  start >> 16 <= 24 &&
  (start & 0xffff) >= 0x0300 &&
  (start & 0xffff) <= 0x0304 &&
  length <= MAX_CIPHERTEXT;

const isHeader = (bytes: Uint8Array, at: number): boolean =>
  isStart(
    (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!,
    (bytes[at + 3]! << 8) | bytes[at + 4]!,
  );

/**
 * Where a record begins, in bytes behind a gap: a header that is followed by another, or that ends with the bytes,
 * or with which they begin. -1 when there is none.
 */
function findRecord(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at + HEADER <= to; at++) {
    if (!isHeader(bytes, at)) continue;
    const end = at + HEADER + ((bytes[at + 3]! << 8) | bytes[at + 4]!);
    if (at === from || end === to || (end + HEADER <= to && isHeader(bytes, end))) return at;
  }
  return -1;
}
