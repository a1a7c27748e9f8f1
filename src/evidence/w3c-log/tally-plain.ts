import { asciiBytes } from '../../base/bytes.ts';
import { latin1Text } from '../../base/text.ts';
import { AT, DAY_AT_HAND, NONE, type Piece } from './kernel.ts';
import type { CountedColumns, Counter, RawGroup, Sums } from './tally-counter.ts';

const LF = 10;
const HASH = 35;
const LONGEST_LINE = 1 << 20;
const MOST_GROUPS = 500_000;

/** What KernelCounter does, for places without WebAssembly: slower by far, and easy to see through. */
export class PlainCounter implements Counter {
  readonly room = new Uint8Array(AT.roomEnd - AT.room);
  readonly #status: string | null;
  /** The status as a value of its own, wherever it stands in the line. */
  readonly #mentions: RegExp | null;
  readonly #counts = new Map<string, number>();
  readonly #sums = { lines: 0, misfits: 0, uncounted: 0 };
  #columns: CountedColumns = { values: 0, status: -1, pieces: [], day: null };
  #weight = 1;
  firstMisfit = -1;

  constructor(status: string | null) {
    this.#status = status;
    this.#mentions = status === null ? null : new RegExp(`(?:^| )${status}(?:[ \\r]|$)`);
  }

  setColumns(columns: CountedColumns): void {
    this.#columns = columns;
  }

  setWeight(weight: 1 | -1): void {
    this.#weight = weight;
    this.firstMisfit = -1;
  }

  get sums(): Sums {
    return this.#sums;
  }

  count(from: number, end: number): number {
    let start = from;
    while (start < end && this.room[start] !== HASH) {
      const feed = this.room.indexOf(LF, start);
      this.#line(latin1Text(this.room.subarray(start, feed)), start);
      start = feed + 1;
    }
    return start;
  }

  #line(raw: string, at: number): void {
    const line = raw.replace(/\r$/, '');
    if (line === '' || this.#mentions?.test(raw) === false) return;
    const values = line.split(' ');
    const fits = values.length === this.#columns.values && line.length <= LONGEST_LINE;
    if (fits && this.#status !== null && values[this.#columns.status] !== this.#status) return;
    this.#sums.lines += this.#weight;
    if (fits) this.#add(keyOf(values, this.#columns), this.#weight);
    else {
      this.#sums.misfits += this.#weight;
      if (this.firstMisfit < 0) this.firstMisfit = at;
    }
  }

  #add(key: string, count: number): void {
    const before = this.#counts.get(key);
    if (before === undefined && this.#counts.size >= MOST_GROUPS) this.#sums.uncounted += count;
    else this.#counts.set(key, (before ?? 0) + count);
  }

  pack(): Uint8Array {
    return asciiBytes(JSON.stringify([...this.#counts]));
  }

  absorb(packed: Uint8Array): void {
    for (const [key, count] of JSON.parse(latin1Text(packed)) as [string, number][]) this.#add(key, count);
  }

  *groups(order: 'by-key' | 'by-count'): Generator<RawGroup> {
    const all = [...this.#counts].filter(([, count]) => count !== 0);
    const byKey = ([a]: [string, number], [b]: [string, number]): number => (a < b ? -1 : 1);
    const byCount = (a: [string, number], b: [string, number]): number => b[1] - a[1] || byKey(a, b);
    for (const [key, count] of all.sort(order === 'by-key' ? byKey : byCount)) {
      const bytes = asciiBytes(key);
      yield { bytes, from: 0, to: bytes.length, count };
    }
  }
}

function keyOf(values: readonly string[], { pieces, day }: CountedColumns): string {
  return pieces.map((piece) => `${textOf(values, piece, day)} `).join('');
}

function textOf(values: readonly string[], { first, last, most }: Piece, day: string | null): string {
  if (first === DAY_AT_HAND) return day ?? '          ';
  return first === NONE
    ? ''
    : values
        .slice(first, last + 1)
        .join(' ')
        .slice(0, most);
}
