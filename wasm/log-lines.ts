// The inner loops of reading W3C logs, in AssemblyScript: TypeScript's syntax over WebAssembly's types, with SIMD.
// `npm run make:wasm` compiles it into src/evidence/w3c-log/kernel.generated.ts, which is what runs; nothing else
// needs the compiler. src/evidence/w3c-log/kernel.ts is its only caller, and tells the layout of the memory beside
// what it writes there. The same work in plain JavaScript (log-reader.ts, tally-plain.ts) is the fallback and, in
// the tests, the oracle.
//
// Three walks share one splitter and one table of groups:
//   tally    counts all lines by some of their values
//   search   does so for lines of one status, finding these first and looking at no other line
//   watch    counts lines of groups that its host knows, and hands every other line back to it
// All take whole lines: the byte before `end` is a line feed.

/** What makes the key of a line. u32 each: first value (NONE: not logged, DAY_AT_HAND), last value, most bytes. */
const PIECES: usize = 64;
/** Three digits of the status that `search` looks for. */
const WANTED: usize = 512;
/** Ten bytes of the day at hand. `watch`: the name of the computer. */
const DAY: usize = 528;
const COMPUTER: usize = 1024;
/** `watch`: a byte for each detail and status class, 1 when no further group is taken: detail * 2 + (failed ? 1 : 0). */
const FULL: usize = 544;
/** u32: the byte after each value of the line at hand. */
const ENDS: usize = 4096;
/** Past this many values only their number matters; a block of 64 bytes may still add 64. */
const MOST_VALUES: u32 = 256;
/** u32: the records that `watch` counted lines in since the last `settle`. */
const TOUCHED: usize = 1 << 16;
const KEY: usize = 1 << 18;
/** u32: offset of a record, 0 for none; open addressing. */
const SLOTS: usize = 4 << 20;
const FEWEST_SLOTS: u32 = 1 << 12;
const MOST_SLOTS: u32 = 1 << 22;
/** Records one after the other, each padded to eight bytes. */
const RECORDS: usize = 20 << 20;

/** A record: u32 hash, u32 length of its key, i64 count; `watch` goes on; the key. */
const LENGTH: usize = 4;
const COUNT: usize = 8;
/** f64 each: milliseconds since 1970 UTC, number of the last line. */
const FIRST: usize = 16;
const LAST: usize = 24;
const LAST_LINE: usize = 32;
/** u32 each: where the last line stands in the block at hand, FROM is NONE when it does not. */
const LAST_FROM: usize = 40;
const LAST_TO: usize = 44;
/** u32: what the host calls it. */
const NAME: usize = 48;
/** u32: 1 when it stands in TOUCHED. */
const IS_TOUCHED: usize = 52;
/** Of `tally` and `search`, and of `watch`. */
const HEAD: usize = 16;
const WATCHED_HEAD: usize = 56;

const NONE: u32 = 0xffffffff;
/** The day in DAY, of a log without dates. */
const DAY_AT_HAND: u32 = 0xfffffffe;
const LF: u8 = 10;
const CR: u8 = 13;
const BLANK: u8 = 32;
const HASH: u8 = 35;
const LONGEST_LINE: usize = 1 << 20;

const TALLY: i32 = 0;
const SEARCH: i32 = 1;
const WATCH: i32 = 2;

/** What the last #Fields tells. Values are numbered from 0. */
let values: u32 = 0;
let pieces: u32 = 0;
let statusValue: u32 = NONE;
let dateValue: u32 = NONE;
let timeValue: u32 = NONE;
let computerValue: u32 = NONE;
let computerLength: u32 = 0;
let midnight: f64 = 0;
let hasDay: bool = false;

/** Added for each line: 1, or -1 to take back what was counted under a wrong #Fields. */
let weight: i64 = 1;
let mask: u32 = FEWEST_SLOTS - 1;
/** Where the memory ends by now, and where it ends at most. */
let limit: usize = 0;
let most: usize = 0;
const STEP: usize = 8 << 20;

export let groups: u32 = 0;
export let recordsEnd: usize = RECORDS;
/** Lines with values, and those of them whose number of values is another than that of #Fields. */
export let lines: i64 = 0;
export let misfits: i64 = 0;
/** The first of these since `setWeight`; 0: none. */
export let firstMisfit: usize = 0;
/** Lines that found no room. */
export let uncounted: i64 = 0;
/** `watch` */
export let lineNumber: f64 = 0;
export let touched: u32 = 0;
export let folded: i64 = 0;
export let outOfOrder: bool = false;

/** Forgets all groups. The memory may grow until it ends at `end`. */
export function reset(end: usize): void {
  most = end;
  limit = min(end, <usize>memory.size() << 16);
  mask = FEWEST_SLOTS - 1;
  memory.fill(SLOTS, 0, <usize>FEWEST_SLOTS << 2);
  groups = 0;
  recordsEnd = RECORDS;
  lines = misfits = uncounted = folded = 0;
  firstMisfit = 0;
  touched = 0;
  lineNumber = 0;
  outOfOrder = false;
  hasDay = false;
  computerLength = 0;
}

export function setColumns(count: u32, keyPieces: u32, status: u32, date: u32, time: u32, computer: u32): void {
  values = count;
  pieces = keyPieces;
  statusValue = status;
  dateValue = date;
  timeValue = time;
  computerValue = computer;
}

export function setWeight(each: i32): void {
  weight = each;
  firstMisfit = 0;
}

/** `watch`: lines of the day in DAY begin at this time; NaN: of no day. */
export function setDay(ms: f64): void {
  midnight = ms;
  hasDay = ms == ms;
}

export function setComputer(length: u32): void {
  computerLength = length;
}

/** `watch`: what was counted has been taken over. */
export function settle(): void {
  touched = 0;
  folded = 0;
  outOfOrder = false;
}

export function setLineNumber(number: f64): void {
  lineNumber = number;
}

// ---- walks -------------------------------------------------------------------------------------------------------

/** Counts lines up to `end`, or to the next directive; answers where it stopped. */
export function tally(from: usize, end: usize): usize {
  return walk(from, end, TALLY);
}

/** Stops also before a line that only the host can judge. */
export function watch(from: usize, end: usize): usize {
  return walk(from, end, WATCH);
}

@inline
function bitsOf(at: usize, byte: v128): u64 {
  const a = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at), byte)));
  const b = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 16), byte)));
  const c = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 32), byte)));
  const d = <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 48), byte)));
  return a | (b << 16) | (c << 32) | (d << 48);
}

/** Where blanks and line feeds stand, 64 bytes at a time. */
@inline
function walk(from: usize, end: usize, mode: i32): usize {
  if (from >= end || load<u8>(from) == HASH) return from;
  const blank = i8x16.splat(BLANK);
  const feed = i8x16.splat(LF);
  let line = from;
  let blanks: u32 = 0;
  for (let at = from; at < end; at += 64) {
    let gaps = bitsOf(at, blank);
    let feeds = bitsOf(at, feed);
    if (end - at < 64) feeds &= (<u64>1 << <u64>(end - at)) - 1;
    while (feeds) {
      const bit = ctz(feeds);
      const feedAt = at + <usize>bit;
      const before = gaps & ((<u64>1 << bit) - 1);
      blanks = mark(at, before, blanks);
      gaps ^= before;
      feeds &= feeds - 1;
      if (!take(line, feedAt, blanks, mode)) return line;
      line = feedAt + 1;
      blanks = 0;
      if (line < end && load<u8>(line) == HASH) return line;
    }
    blanks = mark(at, gaps, blanks);
  }
  return end;
}

/** Writes down the places of blanks; answers how many there are in the line by now. */
@inline
function mark(at: usize, gaps: u64, blanks: u32): u32 {
  const count = <u32>popcnt(gaps);
  if (blanks < MOST_VALUES) {
    let to = ENDS + (<usize>blanks << 2);
    while (gaps) {
      store<u32>(to, <u32>(at + <usize>ctz(gaps)));
      gaps &= gaps - 1;
      to += 4;
    }
  }
  return blanks + count;
}

/** False: the host must take this line. */
@inline
function take(line: usize, feedAt: usize, blanks: u32, mode: i32): bool {
  let end = feedAt;
  if (end > line && load<u8>(end - 1) == CR) end--;
  if (mode == WATCH) {
    if (end > line && !takeWatched(line, end, blanks)) return false;
    lineNumber += 1;
    return true;
  }
  if (end > line) takeCounted(line, end, blanks);
  return true;
}

function takeCounted(line: usize, end: usize, blanks: u32): void {
  lines += weight;
  if (blanks + 1 != values || end - line > LONGEST_LINE) {
    misfits += weight;
    if (firstMisfit == 0) firstMisfit = line;
    return;
  }
  store<u32>(ENDS + (<usize>blanks << 2), <u32>end);
  const length = keyOf(line, KEY, NO_DETAIL);
  const hash = hashOf(KEY, length);
  const slot = find(hash, KEY, length, HEAD);
  const record = <usize>load<u32>(slot) || make(slot, hash, KEY, length, HEAD);
  if (record) store<i64>(record, load<i64>(record, COUNT) + weight, COUNT);
  else uncounted += weight;
}

/**
 * Looks at lines that have the wanted status only. A status is three digits between blanks, of which the first and
 * the last are compared for 64 bytes at once; what passes is split and judged by its value.
 */
export function search(from: usize, end: usize): usize {
  const hash = i8x16.splat(HASH);
  const first = i8x16.splat(load<u8>(WANTED));
  const last = i8x16.splat(load<u8>(WANTED, 2));
  const middle = load<u8>(WANTED, 1);
  let at = from;
  let floor = from;
  while (at < end) {
    const a = maybe(at, first, last, hash);
    const b = maybe(at + 16, first, last, hash);
    const c = maybe(at + 32, first, last, hash);
    const d = maybe(at + 48, first, last, hash);
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
      at += 64;
      continue;
    }
    let bits =
      <u64>(<u32>i8x16.bitmask(a)) |
      (<u64>(<u32>i8x16.bitmask(b)) << 16) |
      (<u64>(<u32>i8x16.bitmask(c)) << 32) |
      (<u64>(<u32>i8x16.bitmask(d)) << 48);
    let next = at + 64;
    while (bits) {
      const spot = at + <usize>ctz(bits);
      bits &= bits - 1;
      if (spot >= end) return end;
      const isFirst = spot == from || load<u8>(spot - 1) == LF;
      if (load<u8>(spot) == HASH) {
        if (isFirst) return spot;
        continue;
      }
      if (load<u8>(spot, 1) != middle || !(isFirst || load<u8>(spot - 1) == BLANK)) continue;
      const after = load<u8>(spot, 3);
      if (after != BLANK && after != CR && after != LF) continue;
      const line = lineStart(spot, floor);
      const feedAt = takeFound(line, spot);
      floor = next = feedAt + 1;
      break;
    }
    at = next;
  }
  return end;
}

@inline
function maybe(at: usize, first: v128, last: v128, hash: v128): v128 {
  const here = v128.load(at);
  const status = v128.and(i8x16.eq(here, first), i8x16.eq(v128.load(at, 2), last));
  return v128.or(status, i8x16.eq(here, hash));
}

@inline
function lineStart(at: usize, floor: usize): usize {
  while (at > floor && load<u8>(at - 1) != LF) at--;
  return at;
}

/** Splits one line and counts it when its status is the wanted one; answers where its line feed stands. */
function takeFound(line: usize, spot: usize): usize {
  const blank = i8x16.splat(BLANK);
  const feed = i8x16.splat(LF);
  let blanks: u32 = 0;
  for (let at = line; ; at += 64) {
    const gaps = bitsOf(at, blank);
    const feeds = bitsOf(at, feed);
    if (feeds == 0) {
      blanks = mark(at, gaps, blanks);
      continue;
    }
    const bit = ctz(feeds);
    const feedAt = at + <usize>bit;
    blanks = mark(at, gaps & ((<u64>1 << bit) - 1), blanks);
    let end = feedAt;
    if (load<u8>(end - 1) == CR) end--;
    if (blanks + 1 != values || hasWanted(line, end)) takeCounted(line, end, blanks);
    return feedAt;
  }
}

@inline
function hasWanted(line: usize, end: usize): bool {
  const last = statusValue + 1 == values;
  const from = startOf(line, statusValue);
  const to = last ? end : <usize>load<u32>(ENDS + (<usize>statusValue << 2));
  return (
    to - from == 3 &&
    load<u16>(from) == load<u16>(WANTED) &&
    load<u8>(from, 2) == load<u8>(WANTED, 2)
  );
}

// ---- lines that the host knows -----------------------------------------------------------------------------------

/** Key pieces of `watch`, in this order (log-groups.ts). */
const HOST_PIECE: u32 = 2;
const PATH_PIECE: u32 = 3;
const STATUS_PIECE: u32 = 4;
const LONGEST_HOST: usize = 255;
const LONGEST_PATH: usize = 512;
const LAST_DETAIL: u32 = 3;
const NO_DETAIL: u32 = NONE;

function takeWatched(line: usize, end: usize, blanks: u32): bool {
  if (blanks + 1 != values || end - line > LONGEST_LINE) return false;
  store<u32>(ENDS + (<usize>blanks << 2), <u32>end);
  if (!isSameComputer(line) || !isSameDay(line)) return false;
  const time = timeOf(line);
  if (time != time) return false;
  if (lengthOf(line, HOST_PIECE) > LONGEST_HOST || lengthOf(line, PATH_PIECE) > LONGEST_PATH) return false;
  const failed = hasFailed(line);
  if (failed == NONE) return false;
  for (let detail: u32 = 0; detail <= LAST_DETAIL; detail++) {
    const length = keyOf(line, KEY, detail);
    const hash = hashOf(KEY, length);
    const record = <usize>load<u32>(find(hash, KEY, length, WATCHED_HEAD));
    if (record) {
      if (!count(record, line, end, time)) return false;
      if (detail > 0) folded += 1;
      return true;
    }
    if (!load<u8>(FULL + (detail << 1) + failed) || !hasNumbers(line)) return false;
  }
  return false;
}

@inline
function count(record: usize, line: usize, end: usize, time: f64): bool {
  const isLast = time >= load<f64>(record, LAST);
  if (!isLast && time < load<f64>(record, FIRST)) return false;
  store<i64>(record, load<i64>(record, COUNT) + 1, COUNT);
  if (!load<u32>(record, IS_TOUCHED)) {
    store<u32>(record, 1, IS_TOUCHED);
    store<u32>(TOUCHED + (<usize>touched << 2), <u32>record);
    touched++;
  }
  if (isLast) {
    store<f64>(record, time, LAST);
    store<f64>(record, lineNumber + 1, LAST_LINE);
    store<u32>(record, <u32>line, LAST_FROM);
    store<u32>(record, <u32>end, LAST_TO);
  } else outOfOrder = true;
  return true;
}

@inline
function isSameComputer(line: usize): bool {
  if (computerValue == NONE) return true;
  const from = startOf(line, computerValue);
  const length = <usize>load<u32>(ENDS + (<usize>computerValue << 2)) - from;
  return length == <usize>computerLength && memory.compare(from, COMPUTER, length) == 0;
}

@inline
function isSameDay(line: usize): bool {
  if (!hasDay) return false;
  if (dateValue == NONE) return true;
  const from = startOf(line, dateValue);
  return (
    <usize>load<u32>(ENDS + (<usize>dateValue << 2)) - from == 10 &&
    load<u64>(from) == load<u64>(DAY) &&
    load<u16>(from, 8) == load<u16>(DAY, 8)
  );
}

/** As LogTime reads it: what follows the seconds is passed over. */
@inline
function timeOf(line: usize): f64 {
  const from = startOf(line, timeValue);
  if (<usize>load<u32>(ENDS + (<usize>timeValue << 2)) - from < 8) return NaN;
  const hours = twoDigits(from);
  const minutes = twoDigits(from + 3);
  const seconds = twoDigits(from + 6);
  if (load<u8>(from, 2) != 58 || load<u8>(from, 5) != 58 || hours > 23 || minutes > 59 || seconds > 60) return NaN;
  return midnight + <f64>((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** More than 99 for what is no number. */
@inline
function twoDigits(at: usize): u32 {
  const tens = <u32>load<u8>(at) - 48;
  const ones = <u32>load<u8>(at, 1) - 48;
  return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

@inline
function lengthOf(line: usize, piece: u32): usize {
  const at = PIECES + <usize>piece * 12;
  const first = load<u32>(at);
  if (first == NONE) return 0;
  return <usize>load<u32>(ENDS + (<usize>first << 2)) - startOf(line, first);
}

/** 1 for a status of 400 and above, 0 for one below, NONE for the host to judge. */
@inline
function hasFailed(line: usize): u32 {
  const value = load<u32>(PIECES + <usize>STATUS_PIECE * 12);
  const from = startOf(line, value);
  const digit = <u32>load<u8>(from) - 48;
  const isThree = <usize>load<u32>(ENDS + (<usize>value << 2)) - from == 3;
  return !isThree || digit < 1 || digit > 9 ? NONE : digit >= 4 ? 1 : 0;
}

/** Whether all that is logged of the three statuses are numbers as the host takes them. */
function hasNumbers(line: usize): bool {
  for (let piece = STATUS_PIECE; piece < pieces; piece++) {
    const value = load<u32>(PIECES + <usize>piece * 12);
    if (value == NONE) continue;
    const from = startOf(line, value);
    const to = <usize>load<u32>(ENDS + (<usize>value << 2));
    if (to == from || to - from > 10) return false;
    for (let at = from; at < to; at++) if (<u32>load<u8>(at) - 48 > 9) return false;
  }
  return true;
}

// ---- keys and groups ---------------------------------------------------------------------------------------------

@inline
function startOf(line: usize, value: u32): usize {
  return value == 0 ? line : <usize>load<u32>(ENDS + (<usize>(value - 1) << 2)) + 1;
}

/**
 * The wanted values of the line, a blank after each, from `start` on; answers the length. A detail stands before
 * them, and one above 0 leaves out what LEFT_OUT in log-groups.ts leaves out.
 */
@inline
function keyOf(line: usize, start: usize, detail: u32): u32 {
  let to = start;
  if (detail != NO_DETAIL) {
    store<u8>(to, <u8>detail);
    to++;
  }
  for (let k: u32 = 0; k < pieces; k++) {
    const at = PIECES + <usize>k * 12;
    const first = load<u32>(at);
    if (first == DAY_AT_HAND) {
      v128.store(to, v128.load(DAY));
      to += 10;
    } else if (first != NONE && !isLeftOut(detail, k)) {
      const from = startOf(line, first);
      const length = min(<usize>load<u32>(ENDS + (<usize>load<u32>(at, 4) << 2)) - from, <usize>load<u32>(at, 8));
      v128.store(to, v128.load(from));
      if (length > 16) {
        if (length <= 64) {
          v128.store(to, v128.load(from, 16), 16);
          v128.store(to, v128.load(from, 32), 32);
          v128.store(to, v128.load(from, 48), 48);
        } else memory.copy(to, from, length);
      }
      to += length;
    }
    store<u8>(to, BLANK);
    to++;
  }
  store<u64>(to, 0);
  return <u32>(to - start);
}

@inline
function isLeftOut(detail: u32, piece: u32): bool {
  if (detail == 0 || detail == NO_DETAIL) return false;
  if (detail == 1) return piece == PATH_PIECE;
  if (detail == 2) return piece == PATH_PIECE || piece == HOST_PIECE;
  return piece < STATUS_PIECE;
}

/** Over words of eight bytes; the last is filled up with zeros. */
@inline
function hashOf(key: usize, length: u32): u32 {
  let hash: u64 = <u64>length ^ 0x9e3779b97f4a7c15;
  for (let i: u32 = 0; i < length; i += 8) {
    hash = (hash ^ load<u64>(key + <usize>i)) * 0xff51afd7ed558ccd;
    hash ^= hash >> 32;
  }
  return <u32>hash;
}

/** The slot of the key's record, or the empty one that it would have. Keys are compared byte for byte. */
@inline
function find(hash: u32, key: usize, length: u32, head: usize): usize {
  let slot = hash & mask;
  while (true) {
    const at = SLOTS + (<usize>slot << 2);
    const record = <usize>load<u32>(at);
    if (record == 0) return at;
    if (load<u32>(record) == hash && load<u32>(record, LENGTH) == length && isSame(record + head, key, length))
      return at;
    slot = (slot + 1) & mask;
  }
}

/** Both end in zeros to a whole word. */
@inline
function isSame(a: usize, b: usize, length: u32): bool {
  for (let i: usize = 0; i < <usize>length; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  return true;
}

/** A new record for the key; 0 when there is no room. */
function make(slot: usize, hash: u32, key: usize, length: u32, head: usize): usize {
  const size = (head + <usize>length + 7) & ~7;
  if (groups >= MOST_SLOTS >> 1 || !hasRoom(recordsEnd + size + (<usize>(groups + 1) << 3))) return 0;
  const record = recordsEnd;
  recordsEnd += size;
  groups++;
  store<u32>(record, hash);
  store<u32>(record, length, LENGTH);
  store<i64>(record, 0, COUNT);
  store<u64>(record + size - 8, 0);
  memory.copy(record + head, key, length);
  store<u32>(slot, <u32>record);
  if (groups > mask >> 1) widen(head);
  return record;
}

/** Grows the memory when it must; a view that the host has of it is void then. */
function hasRoom(end: usize): bool {
  while (end > limit) {
    const step = min(STEP, most - limit);
    if (step == 0 || memory.grow(<i32>(step >> 16)) < 0) return false;
    limit += step;
  }
  return true;
}

/** Twice the slots, filled anew from the records. */
function widen(head: usize): void {
  mask = (mask << 1) | 1;
  memory.fill(SLOTS, 0, (<usize>mask + 1) << 2);
  for (let record = RECORDS; record < recordsEnd; record = after(record, head)) {
    let slot = load<u32>(record) & mask;
    while (load<u32>(SLOTS + (<usize>slot << 2))) slot = (slot + 1) & mask;
    store<u32>(SLOTS + (<usize>slot << 2), <u32>record);
  }
}

@inline
function after(record: usize, head: usize): usize {
  return record + ((head + <usize>load<u32>(record, LENGTH) + 7) & ~7);
}

/** Adds the groups of another instance, whose records stand from `from` to `end`. */
export function absorb(from: usize, end: usize): void {
  for (let other = from; other < end; other = after(other, HEAD)) {
    const hash = load<u32>(other);
    const length = load<u32>(other, LENGTH);
    const more = load<i64>(other, COUNT);
    const slot = find(hash, other + HEAD, length, HEAD);
    const record = <usize>load<u32>(slot) || make(slot, hash, other + HEAD, length, HEAD);
    if (record) store<i64>(record, load<i64>(record, COUNT) + more, COUNT);
    else uncounted += more;
  }
}

/**
 * `watch`: from here on lines with the key in KEY belong to the host's group `name`; answers its record. Again: the
 * host counted in that group itself.
 */
export function learn(length: u32, name: u32, first: f64, last: f64, lastLine: f64): usize {
  store<u64>(KEY + <usize>length, 0);
  const hash = hashOf(KEY, length);
  const slot = find(hash, KEY, length, WATCHED_HEAD);
  const record = <usize>load<u32>(slot) || make(slot, hash, KEY, length, WATCHED_HEAD);
  if (!record) return 0;
  store<f64>(record, first, FIRST);
  store<f64>(record, last, LAST);
  store<f64>(record, lastLine, LAST_LINE);
  store<u32>(record, NONE, LAST_FROM);
  store<u32>(record, name, NAME);
  store<u32>(record, 0, IS_TOUCHED);
  return record;
}

// ---- order -------------------------------------------------------------------------------------------------------

/**
 * Writes the offsets of all records that count something behind the last one, by key or, `byCount`, the largest
 * first; answers how many. Nothing can be counted afterwards. Room for this is kept free.
 */
export function sort(byCount: bool): u32 {
  const list = recordsEnd;
  if (!hasRoom(list + (<usize>groups << 3))) return 0;
  let count: u32 = 0;
  for (let record = RECORDS; record < recordsEnd; record = after(record, HEAD)) {
    if (load<i64>(record, COUNT) == 0) continue;
    store<u32>(list + (<usize>count << 2), <u32>record);
    count++;
  }
  mergeSort(list, list + (<usize>count << 2), count, byCount);
  return count;
}

/** Bottom up, between the list and as much room behind it; the result stands in the list. */
function mergeSort(list: usize, room: usize, count: u32, byCount: bool): void {
  let from = list;
  let to = room;
  for (let width: u32 = 1; width < count; width <<= 1) {
    for (let start: u32 = 0; start < count; start += width << 1)
      merge(from, to, start, min(start + width, count), min(start + (width << 1), count), byCount);
    const swap = from;
    from = to;
    to = swap;
  }
  if (from != list) memory.copy(list, from, <usize>count << 2);
}

function merge(from: usize, to: usize, start: u32, middle: u32, end: u32, byCount: bool): void {
  let a = start;
  let b = middle;
  for (let k = start; k < end; k++) {
    const takesA = b >= end || (a < middle && !isBefore(entry(from, b), entry(from, a), byCount));
    store<u32>(to + (<usize>k << 2), <u32>(takesA ? entry(from, a++) : entry(from, b++)));
  }
}

@inline
function entry(list: usize, index: u32): usize {
  return <usize>load<u32>(list + (<usize>index << 2));
}

function isBefore(a: usize, b: usize, byCount: bool): bool {
  if (byCount) {
    const more = load<i64>(a, COUNT) - load<i64>(b, COUNT);
    if (more != 0) return more > 0;
  }
  const lengthA = load<u32>(a, LENGTH);
  const lengthB = load<u32>(b, LENGTH);
  const shorter = min(lengthA, lengthB);
  for (let i: usize = 0; i < <usize>shorter; i += 8) {
    const x = load<u64>(a + HEAD + i);
    const y = load<u64>(b + HEAD + i);
    if (x != y) return bswap(x) < bswap(y);
  }
  return lengthA < lengthB;
}
