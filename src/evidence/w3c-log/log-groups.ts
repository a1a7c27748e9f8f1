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
  /** That of the line added last; null: it was not counted. */
  latest: Group | null = null;
  readonly #slots = new Int32Array(SLOTS);
  /** Groups by detail and kind of status: below 400, above, none. */
  readonly #counts = new Int32Array(4 * KINDS);
  #fields: readonly number[] = [];
  #touched: Group[] = [];
  readonly #lately: Kept[] = [];
  /** Groups of statuses below 400, by a hash of where they are. */
  readonly #successes = new Map<number, Group[]>();

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
    this.latest = group?.statuses ? group : null;
    if (!group) this.uncounted++;
    else if (!group.statuses) return false;
    else this.#count(group, line);
    return true;
  }

  /** Whether lines of new groups are counted with less detail; 4 details, each for statuses below 400 and above. */
  isFull(detail: number, failed: boolean): boolean {
    return this.#counts[detail * KINDS + (failed ? 1 : 0)]! >= ROOM[detail]!;
  }

  /** Takes over lines of a group that were counted elsewhere (known-lines.ts); the last of them stands in the block. */
  absorb(
    group: Group,
    count: number,
    last: Pick<Group, 'last' | 'lastLine' | 'lastFrom' | 'lastTo'> | null,
  ): void {
    group.count += count;
    if (!last) return;
    this.#touch(group);
    Object.assign(group, last);
  }

  /**
   * Must be called before the bytes of the lines added so far are gone. Most groups have their last line in the block
   * at hand, and again in the next: the last blocks are kept whole, and cut up only when they are old.
   */
  keepTexts(bytes: Uint8Array): void {
    if (this.#touched.length === 0) return;
    const isUsual = bytes.length >= SMALL && bytes.length <= LARGE;
    const kept = { bytes: isUsual ? this.#roomFor(bytes) : bytes, groups: this.#touched };
    for (const group of kept.groups) {
      group.isTouched = false;
      group.lastIn = kept.bytes;
    }
    this.#touched = [];
    if (isUsual) this.#lately.push(kept);
    else cutUp(kept);
  }

  /** A copy of the block, where the oldest stood when there are enough. */
  #roomFor(block: Uint8Array): Uint8Array {
    const oldest = this.#lately.length < KEPT_BLOCKS ? null : this.#lately.shift()!;
    if (oldest) cutUp(oldest);
    const room = oldest?.bytes ?? new Uint8Array(LARGE);
    room.set(block);
    return room;
  }

  #touch(group: Group): void {
    if (group.isTouched) return;
    group.isTouched = true;
    this.#touched.push(group);
  }

  #count(group: Group, line: LogLine): void {
    group.count++;
    if (line.time >= group.last) {
      group.last = line.time;
      group.lastLine = line.number;
      this.#touch(group);
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
    const pool = detail * KINDS + (statuses ? (statuses[0] < 400 ? 0 : 1) : 2);
    if (this.#counts[pool]! >= ROOM[detail]!) return null;
    this.#counts[pool]!++;
    const where = joined(texts.slice(0, STATUS));
    const group: Group = {
      index: this.groups.length,
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
      lastFrom: 0,
      lastTo: 0,
      lastIn: NOTHING,
      isTouched: false,
      successBefore: statuses && statuses[0] >= 400 ? this.#lastSuccess(where, line) : null,
    };
    if (statuses && statuses[0] < 400) this.#addSuccess(group);
    this.#slots[slot] = this.groups.push(group);
    return group;
  }

  #addSuccess(group: Group): void {
    const hash = hashOf(group.where);
    const others = this.#successes.get(hash);
    if (others) others.push(group);
    else this.#successes.set(hash, [group]);
  }

  /** The latest line below status 400 at the same place, up to this line. Runs once for each new group. */
  #lastSuccess(where: Uint8Array, line: LogLine): Success | null {
    let latest: Group | null = null;
    for (const group of this.#successes.get(hashOf(where)) ?? []) {
      const isLater = group.last <= line.time && group.last > (latest?.last ?? Number.NEGATIVE_INFINITY);
      if (isLater && sameBytes(group.where, where)) latest = group;
    }
    if (!latest) return null;
    return { time: latest.last, line: latest.lastLine, text: lastText(latest, line.bytes) };
  }
}

/** What the last line of a group says, of which a part is kept; `block` is the one at hand. */
export function lastText(group: Group, block: Uint8Array): Uint8Array {
  const { lastFrom, lastTo } = group;
  return (group.isTouched ? block : group.lastIn).slice(lastFrom, Math.min(lastTo, lastFrom + KEPT));
}

/** A block of lines, and the groups that had their last line in it when it was at hand. */
interface Kept {
  readonly bytes: Uint8Array;
  readonly groups: readonly Group[];
}

/** Gives the groups whose last line still stands there a copy of it. */
function cutUp({ bytes, groups }: Kept): void {
  for (const group of groups) {
    if (group.lastIn !== bytes) continue;
    group.lastIn = lastText(group, bytes);
    group.lastTo -= group.lastFrom;
    group.lastFrom = 0;
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
  /** Its place in `groups`. */
  readonly index: number;
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
  /** Where the last line stands in the block at hand when the group is touched, else in `lastIn`. */
  lastFrom: number;
  lastTo: number;
  lastIn: Uint8Array;
  isTouched: boolean;
  readonly successBefore: Success | null;
}

export interface Success {
  readonly time: number;
  readonly line: number;
  readonly text: Uint8Array;
}

/** How much of the place a group tells: all, without the path, without the host header too, only the statuses. */
const DETAIL = { all: 0, host: 1, endpoint: 2, status: 3 } as const;

const KINDS = 3;
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
const NOTHING = new Uint8Array(0);
/** Blocks of files, as many as are kept whole; smaller and larger ones never are. */
const KEPT_BLOCKS = 16;
const SMALL = 1 << 14;
const LARGE = 1 << 19;
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

function hashOf(bytes: Uint8Array): number {
  let hash = 0;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 16777619);
  return hash;
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
