import { latin1Text } from '../../base/text.ts';
import { NOT_LOGGED } from '../claims.ts';
import type { Columns } from './columns.ts';

/**
 * Counts lines by server address, port, host header, path and the three statuses. A log has millions of lines and
 * few such groups, so a line that belongs to a known group costs one walk over its bytes and no string. Keys are
 * compared byte for byte. The number of groups is bounded; what exceeds it is counted with less detail.
 */
export class LogGroups {
  readonly groups: Group[] = [];
  /** Lines counted without their path or host header, for there were too many of them. */
  folded = 0;
  /** Lines that fitted nowhere. */
  uncounted = 0;
  /** Whether some line was older than one before it. */
  outOfOrder = false;
  readonly #slots = new Int32Array(SLOTS);
  readonly #counts = new Map<string, number>();
  #fields: readonly number[] = [];
  #touched: Group[] = [];

  /** From here on lines have these columns. */
  setColumns(columns: Columns): void {
    const { serverIp, serverPort, host, path, status, substatus, win32 } = columns;
    this.#fields = [serverIp, serverPort, host, path, status, substatus, win32];
  }

  /** Adds a line; false when its statuses are no numbers. */
  add(line: LogLine): boolean {
    let detail = this.#detailOf(line);
    let group = this.#find(line, detail);
    while (!group && detail < DETAIL.status) {
      this.folded += detail === DETAIL.all ? 1 : 0;
      detail++;
      group = this.#find(line, detail);
    }
    if (!group) this.uncounted++;
    else if (!group.statuses) return false;
    else this.#count(group, line);
    return true;
  }

  /** Must be called before the bytes of the lines added so far are gone. */
  keepTexts(bytes: Uint8Array): void {
    for (const group of this.#touched) {
      group.lastText = bytes.slice(group.lastFrom, Math.min(group.lastTo, group.lastFrom + KEPT));
      group.lastFrom = -1;
    }
    this.#touched = [];
  }

  #count(group: Group, line: LogLine): void {
    group.count++;
    if (line.time >= group.last) {
      group.last = line.time;
      group.lastLine = line.number;
      if (group.lastFrom < 0) this.#touched.push(group);
      group.lastFrom = line.start;
      group.lastTo = line.end;
    } else {
      this.outOfOrder = true;
      if (line.time < group.first) Object.assign(group, firstOf(line));
    }
  }

  /** Hostile paths and host headers have any length; such a line is counted without them. */
  #detailOf(line: LogLine): number {
    if (lengthOf(line, this.#fields[HOST]!) > LONGEST_HOST) return DETAIL.endpoint;
    return lengthOf(line, this.#fields[PATH]!) > LONGEST_PATH ? DETAIL.host : DETAIL.all;
  }

  /** The group of a line at some detail, made when it is new; null when there is no room. */
  #find(line: LogLine, detail: number): Group | null {
    const { bytes } = line;
    let hash = detail;
    for (let k = 0; k < FIELDS; k++) {
      const field = this.#fields[k]!;
      hash = Math.imul(hash ^ 32, 16777619);
      if (field < 0 || LEFT_OUT[detail]![k]) continue;
      const to = line.ends[field]!;
      for (let i = field === 0 ? line.start : line.ends[field - 1]! + 1; i < to; i++)
        hash = Math.imul(hash ^ bytes[i]!, 16777619);
    }
    hash ^= hash >>> 15;
    for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const index = this.#slots[slot]!;
      if (index === 0) return this.#make(line, detail, hash, slot);
      const group = this.groups[index - 1]!;
      if (group.hash === hash && group.detail === detail && this.#isKey(group.key, line, detail))
        return group;
    }
  }

  #isKey(key: Uint8Array, line: LogLine, detail: number): boolean {
    const { bytes } = line;
    let at = 0;
    for (let k = 0; k < FIELDS; k++) {
      const field = this.#fields[k]!;
      if (field >= 0 && !LEFT_OUT[detail]![k]) {
        const to = line.ends[field]!;
        for (let i = field === 0 ? line.start : line.ends[field - 1]! + 1; i < to; i++)
          if (bytes[i] !== key[at++]) return false;
      }
      if (key[at++] !== 32) return false;
    }
    return at === key.length;
  }

  #make(line: LogLine, detail: number, hash: number, slot: number): Group | null {
    const texts = this.#fields.map((field, k) =>
      field < 0 || LEFT_OUT[detail]![k] ? new Uint8Array(0) : bytesOf(line, field),
    );
    const statuses = statusesOf(texts);
    const pool = `${detail} ${statuses && statuses[0] < 400}`;
    const count = this.#counts.get(pool) ?? 0;
    if (count >= ROOM[detail]!) return null;
    this.#counts.set(pool, count + 1);
    const where = joined(texts.slice(0, STATUS));
    const group: Group = {
      key: joined(texts),
      where,
      hash,
      detail,
      texts,
      statuses,
      count: 0,
      ...firstOf(line),
      last: Number.NEGATIVE_INFINITY,
      lastLine: 0,
      lastFrom: -1,
      lastTo: -1,
      lastText: new Uint8Array(0),
      successBefore: statuses && statuses[0] >= 400 ? this.#lastSuccess(where, line) : null,
    };
    this.#slots[slot] = this.groups.push(group);
    return group;
  }

  /** The latest line below status 400 at the same place, up to this line. Runs once for each new group. */
  #lastSuccess(where: Uint8Array, line: LogLine): Success | null {
    let latest: Group | null = null;
    for (const group of this.groups) {
      const isSuccess = group.statuses && group.statuses[0] < 400 && group.last <= line.time;
      if (
        isSuccess &&
        group.last > (latest?.last ?? Number.NEGATIVE_INFINITY) &&
        sameBytes(group.where, where)
      )
        latest = group;
    }
    if (!latest) return null;
    const { last, lastLine, lastFrom, lastTo, lastText } = latest;
    const text = lastFrom < 0 ? lastText : line.bytes.slice(lastFrom, Math.min(lastTo, lastFrom + KEPT));
    return { time: last, line: lastLine, text };
  }
}

/** One line, its values parted. The same object is filled again for each line. */
export interface LogLine {
  bytes: Uint8Array;
  start: number;
  end: number;
  /** The byte after each value; the next begins one later. */
  readonly ends: Int32Array;
  number: number;
  /** Milliseconds since 1970 UTC. */
  time: number;
}

export interface Group {
  readonly key: Uint8Array;
  /** The part of the key that says where. */
  readonly where: Uint8Array;
  readonly hash: number;
  readonly detail: number;
  /** Server address, port, host header, path, status, substatus, win32 status; empty: not logged or left out. */
  readonly texts: readonly Uint8Array[];
  /** null: they are no numbers. */
  readonly statuses: readonly [number, number, number] | null;
  count: number;
  first: number;
  firstLine: number;
  firstText: Uint8Array;
  last: number;
  lastLine: number;
  /** The last line in the block at hand; -1: not there, see lastText. */
  lastFrom: number;
  lastTo: number;
  lastText: Uint8Array;
  readonly successBefore: Success | null;
}

export interface Success {
  readonly time: number;
  readonly line: number;
  readonly text: Uint8Array;
}

/** How much of the place a group tells: all, without the path, without the host header too, only the statuses. */
const DETAIL = { all: 0, host: 1, endpoint: 2, status: 3 } as const;

const FIELDS = 7;
const HOST = 2;
const PATH = 3;
const STATUS = 4;
/** Which of the seven fields a detail leaves out. */
const LEFT_OUT: readonly (readonly boolean[])[] = [
  [false, false, false, false, false, false, false],
  [false, false, false, true, false, false, false],
  [false, false, true, true, false, false, false],
  [true, true, true, true, false, false, false],
];
/** Groups of each detail, for statuses below 400 and for the others: failures are never crowded out by traffic. */
const ROOM = [4096, 1024, 1024, 1024] as const;
/** At most 14,336 groups: less than half full. */
const SLOTS = 1 << 15;
const LONGEST_PATH = 512;
const LONGEST_HOST = 255;
/** Bytes of a line that are kept to be shown. */
const KEPT = 1200;

export const startOf = (line: LogLine, field: number): number =>
  field === 0 ? line.start : line.ends[field - 1]! + 1;
const lengthOf = (line: LogLine, field: number): number =>
  field < 0 ? 0 : line.ends[field]! - startOf(line, field);
const bytesOf = (line: LogLine, field: number): Uint8Array =>
  line.bytes.slice(startOf(line, field), line.ends[field]!);

function firstOf(line: LogLine): Pick<Group, 'first' | 'firstLine' | 'firstText'> {
  const text = line.bytes.slice(line.start, Math.min(line.end, line.start + KEPT));
  return { first: line.time, firstLine: line.number, firstText: text };
}

/** Texts parted by blanks, as #isKey walks them. */
function joined(texts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(texts.reduce((sum, text) => sum + text.length + 1, 0)).fill(32);
  let at = 0;
  for (const text of texts) {
    all.set(text, at);
    at += text.length + 1;
  }
  return all;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function statusesOf(texts: readonly Uint8Array[]): readonly [number, number, number] | null {
  const [status, substatus, win32] = texts.slice(STATUS).map(decimal) as [number, number, number];
  return status >= 0 && !Number.isNaN(substatus + win32) ? [status, substatus, win32] : null;
}

/** NOT_LOGGED for a field that the log does not have, NaN for what is no number. */
function decimal(text: Uint8Array): number {
  if (text.length === 0) return NOT_LOGGED;
  const digits = latin1Text(text);
  return /^\d{1,10}$/.test(digits) ? Number(digits) : Number.NaN;
}
