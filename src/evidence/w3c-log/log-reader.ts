import { concat } from '../../base/bytes.ts';
import type { Locus } from '../../base/locus.ts';
import { latin1Text, looseText } from '../../base/text.ts';
import { clip } from '../line-locus.ts';
import type { OpenReader, ReadContext } from '../reader.ts';
import { claimLogons } from './claim-logons.ts';
import { type Columns, columnsOf, lacks } from './columns.ts';
import { borrowKernel, type Kernel } from './kernel.ts';
import { KnownLines, ROOM_FOR_KNOWN } from './known-lines.ts';
import { LogGroups, type LogLine, startOf } from './log-groups.ts';
import { LogTime } from './log-time.ts';
import { otherFormat } from './other-formats.ts';

const LF = 10;
const CR = 13;
const BLANK = 32;
const HASH = 35;
/** IIS itself cuts lines at 64 KiB (maxLogLineLength). */
const LONGEST_LINE = 1 << 20;
const MOST_VALUES = 256;
const MOST_COMPUTERS = 20;

/** Lines of one kind that could not be used: how many, and where the first stands. */
interface Tally {
  count: number;
  readonly at: Locus;
}

/** Cuts the bytes into lines and values and hands them to the groups. */
export class LogReader implements OpenReader {
  readonly #context: ReadContext;
  readonly #groups = new LogGroups();
  readonly #time = new LogTime();
  readonly #line: LogLine = {
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
    ends: new Int32Array(MOST_VALUES),
    number: 0,
    time: 0,
  };
  /** The beginning of a line whose end has not come. Its length counts on when its bytes are dropped. */
  #carry: Uint8Array[] = [];
  #carryLength = 0;
  /** null while no #Fields directive came, or while lines under the last one cannot be used. */
  #columns: Columns | null = null;
  /** A #Fields directive was of no use, which its own note says. */
  #refused = false;
  #early: Tally | null = null;
  #bad: Tally | null = null;
  readonly #computers = new Map<string, Locus>();
  #computer = new Uint8Array(0);
  readonly #said = new Set<string>();

  /** null: everything is read in plain JavaScript. */
  #known: KnownLines | null;

  constructor(context: ReadContext, kernel: Kernel | null = borrowKernel(ROOM_FOR_KNOWN)) {
    this.#context = context;
    this.#known = kernel && new KnownLines(kernel, this.#groups);
  }

  push(chunk: Uint8Array): void {
    const last = chunk.lastIndexOf(LF);
    if (last < 0) {
      this.#keep(chunk);
      return;
    }
    let from = 0;
    if (this.#carryLength > 0) {
      from = chunk.indexOf(LF) + 1;
      this.#keep(chunk.subarray(0, from));
      this.#readCarry();
    }
    this.#readLines(chunk, from, last + 1);
    this.#keep(chunk.subarray(last + 1));
  }

  end(): void {
    if (this.#carryLength > 0) this.#readLast();
    this.#known?.close();
    this.#known = null;
    for (const [name, at] of this.#computers) this.#context.claim({ says: 'host-name', name, at });
    claimLogons(this.#groups, this.#context);
    this.#noteTallies();
  }

  #keep(part: Uint8Array): void {
    if (part.length > 0 && this.#carryLength <= LONGEST_LINE) this.#carry.push(part.slice());
    this.#carryLength += part.length;
  }

  #takeCarry(): Uint8Array {
    const bytes = concat(this.#carry);
    this.#carry = [];
    this.#carryLength = 0;
    return bytes;
  }

  #readCarry(): void {
    const tooLong = this.#carryLength - 1 > LONGEST_LINE;
    const bytes = this.#takeCarry();
    if (!tooLong) {
      this.#readLines(bytes, 0, bytes.length);
      return;
    }
    this.#line.number++;
    this.#countBad(bytes, 0, bytes.length);
  }

  /** Whole lines: the last byte is a line feed. */
  #readLines(bytes: Uint8Array, from: number, to: number): void {
    this.#line.bytes = bytes;
    for (let start = from; start < to; ) {
      if (this.#columns !== null && this.#known) {
        start = this.#known.pass(this.#line, start, to);
        if (start >= to) break;
      }
      this.#line.number++;
      if (this.#columns === null || bytes[start] === HASH) {
        const feed = bytes.indexOf(LF, start);
        this.#rareLine(bytes, start, bytes[feed - 1] === CR && feed > start ? feed - 1 : feed);
        start = feed + 1;
      } else start = this.#dataLine(bytes, start, to, this.#columns);
      this.#known?.learn(this.#time.day, this.#computer);
    }
    this.#known?.endBlock();
    this.#groups.keepTexts(bytes);
  }

  /** Splits a line at its blanks and adds it; returns where the next one begins. */
  #dataLine(bytes: Uint8Array, start: number, to: number, columns: Columns): number {
    const { ends } = this.#line;
    let blanks = 0;
    let i = start;
    for (; i < to; i++) {
      const byte = bytes[i]!;
      if (byte > BLANK) continue;
      if (byte === BLANK) {
        if (blanks < MOST_VALUES) ends[blanks] = i;
        blanks++;
      } else if (byte === LF) break;
    }
    const end = bytes[i - 1] === CR && i > start ? i - 1 : i;
    if (end > start) this.#addLine(bytes, start, end, blanks, columns);
    return i + 1;
  }

  #addLine(bytes: Uint8Array, start: number, end: number, blanks: number, columns: Columns): void {
    const line = this.#line;
    const { ends } = line;
    const { date, time, names, computer } = columns;
    if (blanks + 1 !== names.length || end - start > LONGEST_LINE) {
      this.#countBad(bytes, start, end);
      return;
    }
    ends[blanks] = end;
    line.start = start;
    line.end = end;
    const dateFrom = date < 0 ? -1 : startOf(line, date);
    line.time = this.#time.read(bytes, dateFrom, ends[date] ?? -1, startOf(line, time), ends[time]!);
    if (Number.isNaN(line.time) || !this.#groups.add(line)) {
      this.#countBad(bytes, start, end);
      return;
    }
    if (computer >= 0) this.#seeComputer(bytes, startOf(line, computer), ends[computer]!);
  }

  /** A directive, a blank line, or a line before any usable #Fields. */
  #rareLine(bytes: Uint8Array, start: number, end: number): void {
    const text = looseText(bytes.subarray(start, Math.min(end, start + 20_000)));
    if (text.trim() === '') return;
    if (!text.startsWith('#')) {
      this.#earlyLine(text);
      return;
    }
    const at = this.#locus(text);
    const [, name = '', value = ''] = /^#([\w-]+):(.*)$/s.exec(text) ?? [];
    if (name === 'Date') this.#time.setDay(value);
    if (name === 'Fields') this.#setColumns(columnsOf(value), at);
  }

  #setColumns(columns: Columns, at: Locus): void {
    const { unusable, notes } = lacks(columns, this.#time.hasDay);
    const tooMany = columns.names.length > MOST_VALUES ? 'more fields than any log has' : null;
    const why = unusable ?? tooMany;
    for (const message of notes) this.#say(message, at);
    if (why) this.#say(`lines under this #Fields were left out: ${why}`, at);
    this.#refused ||= why !== null;
    this.#columns = why ? null : columns;
    if (!this.#columns) return;
    this.#groups.setColumns(this.#columns);
    this.#known?.setColumns(this.#columns);
  }

  #earlyLine(text: string): void {
    if (this.#refused) return;
    const other = otherFormat(text);
    if (other) this.#say(other, this.#locus(text));
    this.#early ??= { count: 0, at: this.#locus(text) };
    this.#early.count++;
  }

  /** A log that is still being written, or a cut one, ends without a line feed. */
  #readLast(): void {
    const bytes = this.#takeCarry();
    const line = this.#line;
    line.bytes = bytes;
    line.number++;
    const columns = this.#columns;
    const cut = 'the last line is cut off: it was left out';
    if (bytes[0] === HASH || columns === null) {
      if (bytes[0] !== HASH) this.#rareLine(bytes, 0, bytes.length);
      else this.#say(cut, this.#locus(textOf(bytes, 0, bytes.length)));
      return;
    }
    // Its last value may lack digits, so that it counts only when none of ours is that one.
    const ours = [columns.status, columns.substatus, columns.win32, columns.path, columns.host, columns.time];
    const values = bytes.reduce((sum, byte) => sum + (byte === BLANK ? 1 : 0), 1);
    const isWhole = values === columns.names.length && Math.max(...ours) < values - 1;
    if (isWhole) this.#dataLine(bytes, 0, bytes.length, columns);
    else this.#say(cut, this.#locus(textOf(bytes, 0, bytes.length)));
    this.#groups.keepTexts(bytes);
  }

  #seeComputer(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    let i = length === this.#computer.length ? 0 : length;
    while (i < length && bytes[from + i] === this.#computer[i]) i++;
    if (i === length && length === this.#computer.length) return;
    this.#computer = bytes.slice(from, to);
    const name = latin1Text(this.#computer);
    if (name === '-' || this.#computers.has(name) || this.#computers.size >= MOST_COMPUTERS) return;
    this.#computers.set(name, this.#locus(textOf(bytes, this.#line.start, this.#line.end)));
  }

  #countBad(bytes: Uint8Array, start: number, end: number): void {
    this.#bad ??= { count: 0, at: this.#locus(textOf(bytes, start, end)) };
    this.#bad.count++;
  }

  #locus(text: string): Locus {
    return { source: this.#context.source, line: this.#line.number, text: clip(text) };
  }

  /** Notes a thing once, however often it comes. */
  #say(message: string, at: Locus): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.#context.note({ at, message });
  }

  #noteTallies(): void {
    if (this.#early) {
      const { count, at } = this.#early;
      this.#say(`${lines(count)} under no #Fields directive left out: give the log from its beginning`, at);
    }
    if (this.#bad) {
      const { count, at } = this.#bad;
      this.#say(`${lines(count)} left out, whose values do not fit #Fields; the first stands here`, at);
    }
    const { folded, uncounted, outOfOrder } = this.#groups;
    const at = { source: this.#context.source };
    if (folded > 0) {
      this.#say(`${lines(folded)} counted without path or host header, for there are too many of them`, at);
    }
    if (uncounted > 0) this.#say(`${lines(uncounted)} not counted: too many different statuses`, at);
    if (outOfOrder) {
      this.#say(
        'its lines are not in order of time: the last success before a failure may be an earlier one',
        at,
      );
    }
  }
}

const lines = (count: number): string => `${count} line${count === 1 ? '' : 's'}`;

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return looseText(bytes.subarray(start, Math.min(end, start + 1200))).replace(/\r$/, '');
}
