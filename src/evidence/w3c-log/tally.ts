import { latin1Text, looseText } from '../../base/text.ts';
import { type Columns, columnsOf, lacks } from './columns.ts';
import { openKernel } from './kernel.ts';
import type { Counter, Sums } from './tally-counter.ts';
import { KernelCounter, ROOM_FOR_GROUPS } from './tally-kernel.ts';
import { layoutOf, type Question } from './tally-layout.ts';
import { PlainCounter } from './tally-plain.ts';

const LF = 10;
const MOST_VALUES = 256;

/** What a line means depends on the directives before it: the last #Fields and, without dates, the last #Date. */
export interface LogState {
  readonly fields: string | null;
  readonly day: string | null;
}
export const NO_STATE: LogState = { fields: null, day: null };

export interface Passed {
  /** The last directives; what did not come is absent. */
  readonly seen: Partial<LogState>;
  /** Each #Fields that came, and the byte at which it first stands; at most a hundred. */
  readonly kinds: readonly (readonly [string, number])[];
  /** The byte at which the first line stands whose values do not fit #Fields; -1: none. */
  readonly firstMisfit: number;
  /** Lines under no #Fields that can be used. */
  readonly leftOut: number;
}

/** WebAssembly where there is any. */
export function openCounter(question: Question): Counter {
  const kernel = openKernel(ROOM_FOR_GROUPS);
  return kernel ? new KernelCounter(kernel, question.status) : new PlainCounter(question.status);
}

/**
 * Feeds a counter with the bytes of logs: `room` is where the next bytes go, `filled` says how many came. Any part of
 * a log that begins with a line can be read, given the state before it; several parts and logs one after the other.
 */
export class LogTally {
  readonly #question: Question;
  readonly #counter: Counter;
  #columns: Columns | null = null;
  #state = NO_STATE;
  /** What was seen of directives since `begin`. */
  #seen: Partial<LogState> = {};
  #weight = 1;
  /** Bytes of the room that hold a line's beginning, and where in the log the room's first byte stands. */
  #held = 0;
  #at = 0;
  /** Inside a line that is longer than the room. */
  #skips = false;
  #firstMisfit = -1;
  #leftOut = 0;
  #longLines = 0;
  #kinds = new Map<string, number>();

  constructor(question: Question, counter: Counter) {
    this.#question = question;
    this.#counter = counter;
  }

  /** What follows begins at byte `at` of a log, where `state` holds. A weight of -1 takes it back. */
  begin(state: LogState, at = 0, weight: 1 | -1 = 1): void {
    this.#held = 0;
    this.#at = at;
    this.#skips = false;
    this.#seen = {};
    this.#weight = weight;
    this.#firstMisfit = -1;
    this.#leftOut = 0;
    this.#kinds = new Map();
    this.#counter.setWeight(weight);
    this.#enter(state);
  }

  get room(): Uint8Array {
    return this.#counter.room.subarray(this.#held);
  }

  /** `length` bytes stand in the room. Reads the lines that are whole. */
  filled(length: number): void {
    const { room } = this.#counter;
    const to = this.#held + length;
    const end = room.subarray(0, to).lastIndexOf(LF) + 1;
    let from = 0;
    if (end > 0 && this.#skips) {
      from = room.indexOf(LF) + 1;
      this.#skips = false;
    }
    if (end > 0) this.#lines(from, end);
    else if (to === room.length || this.#skips) {
      this.#skip(to);
      return;
    }
    // The memory may have grown meanwhile, and then the room is another view.
    this.#counter.room.copyWithin(0, end, to);
    this.#held = to - end;
    this.#at += end;
  }

  /** The log ends here; a last line without a line feed counts when none of its looked-at values can be cut. */
  end(): void {
    const { room } = this.#counter;
    const line = latin1Text(room.subarray(0, this.#held));
    const columns = this.#columns;
    const blanks = line.split(' ').length - 1;
    const looked = columns ? layoutOf(columns, this.#question.by).map((piece) => piece.last) : [];
    const used = Math.max(-1, ...looked.filter((value) => value < MOST_VALUES), columns?.status ?? -1);
    if (columns && !line.startsWith('#') && blanks + 1 === columns.names.length && used < blanks) {
      room[this.#held] = LF;
      this.filled(1);
    }
    this.#held = 0;
  }

  /** What came since `begin`. */
  get passed(): Passed {
    const [seen, kinds] = [this.#seen, [...this.#kinds]];
    return { seen, kinds, firstMisfit: this.#firstMisfit, leftOut: this.#leftOut };
  }

  get sums(): Sums {
    const { lines, misfits, uncounted } = this.#counter.sums;
    return { lines: lines + this.#longLines, misfits: misfits + this.#longLines, uncounted };
  }

  #lines(from: number, end: number): void {
    for (let at = from; at < end; ) {
      if (this.#columns) {
        at = this.#counter.count(at, end);
        if (this.#firstMisfit < 0 && this.#counter.firstMisfit >= 0) {
          this.#firstMisfit = this.#at + this.#counter.firstMisfit;
        }
      }
      if (at >= end) return;
      const { room } = this.#counter;
      const feed = room.indexOf(LF, at);
      const text = looseText(room.subarray(at, Math.min(feed, at + 20_000)));
      if (text.startsWith('#')) this.#directive(text, this.#at + at);
      else if (text.trim() !== '') this.#leftOut++;
      at = feed + 1;
    }
  }

  #directive(text: string, at: number): void {
    const [, name = '', value = ''] = /^#([\w-]+):(.*)$/s.exec(text) ?? [];
    if (name === 'Fields') {
      const fields = value.trim();
      if (!this.#kinds.has(fields) && this.#kinds.size < MOST_KINDS) this.#kinds.set(fields, at);
      this.#seen = { ...this.#seen, fields };
    } else if (name === 'Date') {
      const day = /^\s*(\d{4}-\d\d-\d\d)\b/.exec(value)?.[1];
      if (day) this.#seen = { ...this.#seen, day };
    } else return;
    this.#enter({ ...this.#state, ...this.#seen });
  }

  #enter(state: LogState): void {
    this.#state = state;
    this.#columns = whyUnusable(state) === null ? parsed(state.fields ?? '') : null;
    if (!this.#columns) return;
    this.#counter.setColumns({
      values: this.#columns.names.length,
      status: this.#columns.status,
      pieces: layoutOf(this.#columns, this.#question.by),
      day: state.day,
    });
  }

  #skip(to: number): void {
    if (!this.#skips && this.#question.status === null) this.#longLines += this.#weight;
    this.#skips = true;
    this.#at += to;
    this.#held = 0;
  }
}

/** Kinds of #Fields that are told apart in notes. */
const MOST_KINDS = 100;

/** Why lines under this state are left out; null: they are not. */
export function whyUnusable({ fields, day }: LogState): string | null {
  if (fields === null) return 'there is no #Fields directive before them';
  const columns = parsed(fields);
  if (columns.names.length > MOST_VALUES) return 'more fields than any log has';
  return lacks(columns, day !== null).unusable;
}

/** Whether lines mean the same under both. */
export function isSameState(a: LogState, b: LogState): boolean {
  if (a.fields !== b.fields) return false;
  return a.day === b.day || (a.fields !== null && parsed(a.fields).date >= 0);
}

/** The same directive stands in a log again and again: the last one is remembered. */
function parsed(fields: string): Columns {
  if (latest?.fields !== fields) latest = { fields, columns: columnsOf(fields) };
  return latest.columns;
}

let latest: { readonly fields: string; readonly columns: Columns } | null = null;
