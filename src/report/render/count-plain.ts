import { latin1Text } from '../../base/text.ts';
import type { RawGroup } from '../../evidence/w3c-log/tally-counter.ts';
import type { Dimension } from '../../evidence/w3c-log/tally-layout.ts';

const [BLANK, COMMA, DASH, LF] = [32, 44, 45, 10];

/**
 * Rows of CSV straight from the bytes of groups, for those that hold nothing which needs a look: letters, digits and
 * what addresses and paths are made of. Lists are long, and this is ten times as fast as by values.
 */
export class PlainRows {
  readonly #kinds: readonly Kind[];
  readonly #bytes = new Uint8Array(1 << 16);
  #length = 0;

  constructor(by: readonly Dimension[]) {
    this.#kinds = by.flatMap((one) => KINDS[one] ?? ['text']);
  }

  /** False: the group was not added and must go the long way. */
  add({ bytes, from, to, count }: RawGroup): boolean {
    const before = this.#length;
    let start = from;
    let isPlain = to - from <= LONGEST;
    for (let k = 0; isPlain && k < this.#kinds.length; k++) {
      const end = bytes.indexOf(BLANK, start);
      isPlain = this.#value(this.#kinds[k]!, bytes, start, end);
      start = end + 1;
    }
    if (isPlain) this.#number(count);
    else this.#length = before;
    return isPlain;
  }

  get isFull(): boolean {
    return this.#length > this.#bytes.length - LONGEST - 32;
  }

  take(): string {
    const text = latin1Text(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return text;
  }

  /** False for what is no such value, or needs to be escaped. */
  #value(kind: Kind, bytes: Uint8Array, from: number, end: number): boolean {
    const out = this.#bytes;
    const start = this.#length;
    const isNothing = kind === 'text' && end - from === 1 && bytes[from] === DASH;
    let at = start;
    if (!isNothing) for (let i = from; i < end; i++) out[at++] = bytes[i]!;
    const length = at - start;
    this.#length = at + 1;
    out[at] = kind === 'date-of-hour' ? BLANK : COMMA;
    if (kind === 'text') return length === 0 || (STARTS[out[start]!] === 1 && isAll(PLAIN, out, start, at));
    if (kind === 'code') return length > 0 && length <= 10 && isAll(DIGITS, out, start, at);
    if (kind === 'hour') return length === 2 && isAll(DIGITS, out, start, at) && out[start]! < 0x33;
    return (
      length === 10 &&
      isAll(DIGITS, out, start, start + 4) &&
      isAll(DIGITS, out, start + 5, start + 7) &&
      isAll(DIGITS, out, start + 8, at) &&
      out[start + 4] === DASH &&
      out[start + 7] === DASH
    );
  }

  #number(value: number): void {
    const digits = String(value);
    for (let i = 0; i < digits.length; i++) this.#bytes[this.#length++] = digits.charCodeAt(i);
    this.#bytes[this.#length++] = LF;
  }
}

type Kind = 'text' | 'code' | 'date' | 'date-of-hour' | 'hour';

const KINDS: Partial<Record<Dimension, readonly Kind[]>> = {
  status: ['code'],
  substatus: ['code'],
  win32: ['code'],
  day: ['date'],
  hour: ['date-of-hour', 'hour'],
};

/** Bytes of a longer row go the long way. */
const LONGEST = 4096;

/** 1 for each of these characters. */
function setOf(characters: string): Uint8Array {
  const set = new Uint8Array(256);
  for (let i = 0; i < characters.length; i++) set[characters.charCodeAt(i)] = 1;
  return set;
}

const DIGITS = setOf('0123456789');
const STARTS = setOf('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/_');
const PLAIN = setOf('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/_.:%?&-');

function isAll(set: Uint8Array, bytes: Uint8Array, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (set[bytes[i]!] !== 1) return false;
  return true;
}
