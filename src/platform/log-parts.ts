import { closeSync, openSync, readSync } from 'node:fs';
import type { LogState, LogTally, Passed } from '../evidence/w3c-log/tally.ts';
import { NO_STATE } from '../evidence/w3c-log/tally.ts';

/** A log on the disk. */
export interface LogFile {
  readonly path: string;
  readonly size: number;
  /** Bytes of a byte order mark. */
  readonly mark: number;
}

/** A part of a log: the lines that begin in it. */
export interface Part {
  readonly file: number;
  readonly from: number;
  readonly to: number;
}

/** What reading a part gave, beside the groups. */
export interface PartRead extends Passed {
  /** Where its lines begin and end. */
  readonly start: number;
  readonly end: number;
  /** What was taken to hold before it; whoever knows the parts before it must check that. */
  readonly assumed: LogState;
  readonly lines: number;
  readonly misfits: number;
}

/** Read at once: what fits beside the groups into a core's second cache. */
const STEP = 1 << 19;
const LF = 10;

/** Parts of `length` bytes. */
export function partsOf(files: readonly LogFile[], length: number): Part[] {
  return files.flatMap(({ size }, file) =>
    Array.from({ length: Math.ceil(size / length) }, (_, i) => ({
      file,
      from: i * length,
      to: Math.min(size, (i + 1) * length),
    })),
  );
}

/** Reads parts into one tally, in any order. */
export class PartReader {
  readonly #files: readonly LogFile[];
  readonly #tally: LogTally;
  readonly #state = new Map<number, LogState>();
  #open: { readonly file: number; readonly fd: number } | null = null;

  constructor(files: readonly LogFile[], tally: LogTally) {
    this.#files = files;
    this.#tally = tally;
  }

  /** Under the state that most likely holds there: that of the nearest part read before, or of the file's beginning. */
  read(part: Part): PartRead {
    const fd = this.#fd(part.file);
    const { size, mark } = this.#files[part.file]!;
    const start = part.from === 0 ? mark : lineStart(fd, part.from, part.to);
    const end = start === null ? null : part.to === size ? size : lineStart(fd, part.to, size);
    const [a, b] = start === null ? [part.to, part.to] : [start, end ?? size];
    const assumed = part.from === 0 ? NO_STATE : this.#stateOf(part.file, fd);
    const read = this.#pass(part.file, { start: a, end: b, assumed }, 1);
    this.#state.set(part.file, { ...assumed, ...read.seen });
    return read;
  }

  /** The part again, this time under the state that holds; what was counted under the wrong one is taken back. */
  readAgain(file: number, before: PartRead, state: LogState): PartRead {
    this.#pass(file, before, -1);
    return this.#pass(file, { ...before, assumed: state }, 1);
  }

  close(): void {
    if (this.#open) closeSync(this.#open.fd);
    this.#open = null;
  }

  #pass(file: number, { start, end, assumed }: Pick<PartRead, 'start' | 'end' | 'assumed'>, weight: 1 | -1) {
    const tally = this.#tally;
    const before = tally.sums;
    tally.begin(assumed, start, weight);
    const fd = this.#fd(file);
    for (let at = start; at < end; ) {
      const { room } = tally;
      const length = readSync(fd, room, 0, Math.min(STEP, room.length, end - at), at);
      if (length === 0) break;
      tally.filled(length);
      at += length;
    }
    tally.end();
    const after = tally.sums;
    return {
      ...tally.passed,
      start,
      end,
      assumed,
      lines: after.lines - before.lines,
      misfits: after.misfits - before.misfits,
    };
  }

  #stateOf(file: number, fd: number): LogState {
    const known = this.#state.get(file);
    if (known) return known;
    const head = Buffer.alloc(1 << 16);
    const text = head.subarray(0, readSync(fd, head, 0, head.length, 0)).toString('latin1');
    const last = (pattern: RegExp): string | null => [...text.matchAll(pattern)].at(-1)?.[1]?.trim() ?? null;
    return { fields: last(/^#Fields:(.*)$/gm), day: last(/^#Date:\s*(\d{4}-\d\d-\d\d)/gm) };
  }

  #fd(file: number): number {
    if (this.#open?.file === file) return this.#open.fd;
    this.close();
    const fd = openSync(this.#files[file]!.path, 'r');
    this.#open = { file, fd };
    return fd;
  }
}

/** Where the first line begins at or after `from`; null: none does before `to`. */
function lineStart(fd: number, from: number, to: number): number | null {
  const block = Buffer.alloc(1 << 14);
  for (let at = from - 1; at < to - 1; at += block.length) {
    const length = readSync(fd, block, 0, Math.min(block.length, to - 1 - at), at);
    const feed = block.subarray(0, length).indexOf(LF);
    if (feed >= 0) return at + feed + 1;
    if (length === 0) return null;
  }
  return null;
}
