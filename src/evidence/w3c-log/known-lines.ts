import type { Columns } from './columns.ts';
import { AT, giveBackKernel, type Kernel, NONE, RECORD, WHOLE, writePieces } from './kernel.ts';
import type { Group, LogGroups, LogLine } from './log-groups.ts';

/** Memory of the keys of all groups that there can be. */
export const ROOM_FOR_KNOWN = 16 << 20;

const LF = 10;
const LONGEST_COMPUTER = AT.computerEnd - AT.computer;

/**
 * Counts lines of groups that are known, by far the most, with the kernel. Every other line (the first of a group, of
 * a day or a computer, one older than its group, one that does not fit) is left to the reader, whose judgement is the
 * only one; what it then knows is learnt. The claims are the same as without.
 */
export class KnownLines {
  readonly #kernel: Kernel;
  readonly #groups: LogGroups;
  #views: { readonly bytes: Uint8Array; readonly view: DataView };
  /** The bytes that stand in the room: a part of the reader's block. */
  #window: { readonly of: Uint8Array; readonly from: number; readonly end: number } | null = null;
  #midnight = Number.NaN;
  readonly #day = new Uint8Array(10);
  #computer: Uint8Array = new Uint8Array(0);

  constructor(kernel: Kernel, groups: LogGroups) {
    this.#kernel = kernel;
    this.#groups = groups;
    this.#views = viewsOf(kernel);
    this.#views.bytes.fill(0, AT.full, AT.full + 8);
  }

  setColumns(columns: Columns): void {
    const { serverIp, serverPort, host, path, status, substatus, win32, date, time, computer } = columns;
    const fields = [serverIp, serverPort, host, path, status, substatus, win32];
    const pieces = fields.map((value) => ({ first: known(value), last: known(value), most: WHOLE }));
    writePieces(this.#memory.view, pieces);
    const at = [status, date, time, computer].map(known) as [number, number, number, number];
    this.#kernel.setColumns(columns.names.length, pieces.length, ...at);
  }

  /** Counts lines from `start` on; answers where the first begins that the reader must take, or `to`. */
  pass(line: LogLine, start: number, to: number): number {
    this.#kernel.setLineNumber(line.number);
    let at = start;
    while (at < to) {
      const window = this.#windowFor(line.bytes, at, to);
      if (!window) break;
      const shift = AT.room - window.from;
      at = this.#kernel.watch(at + shift, window.end + shift) - shift;
      if (at < window.end) break;
    }
    line.number = this.#kernel.lineNumber.value;
    this.#settle();
    return at;
  }

  /** After the reader took a line: its group, and what it holds for the day and the computer at hand. */
  learn(day: { readonly bytes: Uint8Array; readonly midnight: number }, computer: Uint8Array): void {
    this.#setDay(day);
    if (computer !== this.#computer) this.#setComputer(computer);
    const group = this.#groups.latest;
    if (!group) return;
    this.#groups.latest = null;
    const { bytes } = this.#memory;
    bytes[AT.key] = group.detail;
    bytes.set(group.key, AT.key + 1);
    this.#kernel.learn(group.key.length + 1, group.index, group.first, group.last, group.lastLine);
    for (let detail = 0; detail < 4; detail++)
      for (const failed of [0, 1])
        this.#memory.bytes[AT.full + detail * 2 + failed] = this.#groups.isFull(detail, failed === 1) ? 1 : 0;
  }

  /** Must be called before the bytes of the block are gone. */
  endBlock(): void {
    this.#settle();
    this.#window = null;
  }

  /** Hands what was counted to the groups. */
  #settle(): void {
    const { touched, folded, outOfOrder } = this.#kernel;
    const groups = this.#groups;
    groups.folded += Number(folded.value);
    groups.outOfOrder ||= outOfOrder.value !== 0;
    for (let i = 0; i < touched.value; i++)
      this.#absorb(this.#memory.view.getUint32(AT.touched + i * 4, true));
    this.#kernel.settle();
  }

  close(): void {
    giveBackKernel(this.#kernel);
  }

  #absorb(record: number): void {
    const { view } = this.#memory;
    const group = this.#groups.groups[view.getUint32(record + RECORD.name, true)]!;
    const count = view.getUint32(record + RECORD.count, true);
    view.setUint32(record + RECORD.count, 0, true);
    const from = view.getUint32(record + RECORD.lastFrom, true);
    view.setUint32(record + RECORD.lastFrom, NONE, true);
    view.setUint32(record + RECORD.isTouched, 0, true);
    this.#groups.absorb(group, count, from === NONE ? null : this.#lastOf(record, from));
  }

  #lastOf(record: number, from: number): Pick<Group, 'last' | 'lastLine' | 'lastFrom' | 'lastTo'> {
    const { view } = this.#memory;
    const shift = AT.room - (this.#window?.from ?? 0);
    return {
      last: view.getFloat64(record + RECORD.last, true),
      lastLine: view.getFloat64(record + RECORD.lastLine, true),
      lastFrom: from - shift,
      lastTo: view.getUint32(record + RECORD.lastTo, true) - shift,
    };
  }

  /** The window that holds the line at `at`, whole lines in it; null: this line is too long for the room. */
  #windowFor(of: Uint8Array, at: number, to: number) {
    const before = this.#window;
    if (before?.of === of && at >= before.from && at < before.end) return before;
    this.#settle();
    const most = Math.min(to, at + AT.roomEnd - AT.room);
    const end = of[most - 1] === LF ? most : of.subarray(at, most).lastIndexOf(LF) + 1 + at;
    this.#window = end > at ? { of, from: at, end } : null;
    if (this.#window) this.#memory.bytes.set(of.subarray(at, end), AT.room);
    return this.#window;
  }

  #setDay({ bytes, midnight }: { readonly bytes: Uint8Array; readonly midnight: number }): void {
    if (Object.is(midnight, this.#midnight)) return;
    this.#midnight = midnight;
    this.#day.set(bytes);
    this.#memory.bytes.set(this.#day, AT.day);
    this.#kernel.setDay(midnight);
  }

  #setComputer(computer: Uint8Array): void {
    this.#computer = computer;
    const fits = computer.length <= LONGEST_COMPUTER;
    if (fits) this.#memory.bytes.set(computer, AT.computer);
    this.#kernel.setComputer(fits ? computer.length : NONE);
  }

  get #memory() {
    if (this.#views.bytes.length === 0) this.#views = viewsOf(this.#kernel);
    return this.#views;
  }
}

const known = (value: number): number => (value < 0 ? NONE : value);

function viewsOf({ memory: { buffer } }: Kernel) {
  return { bytes: new Uint8Array(buffer), view: new DataView(buffer) };
}
