import type { Piece } from './kernel.ts';

/** Counts lines by the pieces of their values. There are two: WebAssembly and plain JavaScript; they agree. */
export interface Counter {
  /** Where the bytes of lines must stand to be counted. */
  readonly room: Uint8Array;
  /** From here on lines have so many values, of which `status` (-1: none) and `pieces` are looked at. */
  setColumns(columns: CountedColumns): void;
  /** 1, or -1 to take back what was counted before. Forgets the first misfit. */
  setWeight(weight: 1 | -1): void;
  /** Whole lines of the room; answers where it stopped: at `end`, or before a line that begins with '#'. */
  count(from: number, end: number): number;
  readonly sums: Sums;
  /** Where the first line stands in the room whose values do not fit, -1: there was none since. */
  readonly firstMisfit: number;
  /** Groups as another counter of this kind packed them. */
  pack(): Uint8Array;
  absorb(packed: Uint8Array): void;
  /** Each group once, by its key or the largest first; nothing can be counted afterwards. */
  groups(order: 'by-key' | 'by-count'): Iterable<RawGroup>;
}

export interface CountedColumns {
  readonly values: number;
  readonly status: number;
  readonly pieces: readonly Piece[];
  /** Of lines without a date: 'YYYY-MM-DD'. */
  readonly day: string | null;
}

export interface Sums {
  /** Lines looked at. */
  readonly lines: number;
  readonly misfits: number;
  /** Lines of groups for which there was no room. */
  readonly uncounted: number;
}

/** The same object is filled again for each group. */
export interface RawGroup {
  /** From `from` to `to` stand the pieces, a blank after each. */
  bytes: Uint8Array;
  from: number;
  to: number;
  count: number;
}
