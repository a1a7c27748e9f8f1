import { fromBase64 } from '../../base/base64.ts';
import { KERNEL } from './kernel.generated.ts';

/**
 * The inner loops of reading a log as WebAssembly (wasm/log-lines.ts, which explains them), with one memory of their
 * own. Addresses are bytes of that memory.
 */
export interface Kernel {
  /** Its buffer is another one whenever the memory grew: then views of the former one are empty. */
  readonly memory: { readonly buffer: ArrayBuffer };
  reset(end: number): void;
  setColumns(
    values: number,
    pieces: number,
    status: number,
    date: number,
    time: number,
    computer: number,
  ): void;
  setWeight(weight: number): void;
  setDay(midnight: number): void;
  setComputer(length: number): void;
  setLineNumber(number: number): void;
  settle(): void;
  tally(from: number, end: number): number;
  search(from: number, end: number): number;
  watch(from: number, end: number): number;
  absorb(from: number, end: number): void;
  learn(length: number, name: number, first: number, last: number, lastLine: number): number;
  sort(byCount: number): number;
  readonly groups: Global;
  readonly recordsEnd: Global;
  readonly lines: Global<bigint>;
  readonly misfits: Global<bigint>;
  readonly firstMisfit: Global;
  readonly uncounted: Global<bigint>;
  readonly lineNumber: Global;
  readonly touched: Global;
  readonly folded: Global<bigint>;
  readonly outOfOrder: Global;
}

interface Global<T = number> {
  readonly value: T;
}

/** What stands where, as wasm/log-lines.ts has it. */
export const AT = {
  pieces: 64,
  wanted: 512,
  day: 528,
  full: 544,
  computer: 1024,
  computerEnd: 4096,
  touched: 1 << 16,
  key: 1 << 18,
  /** Ours: the bytes to be read. */
  room: 2 << 20,
  roomEnd: (4 << 20) - 128,
  records: 20 << 20,
} as const;

/** In a record. */
export const RECORD = {
  length: 4,
  count: 8,
  key: 16,
  last: 24,
  lastLine: 32,
  lastFrom: 40,
  lastTo: 44,
  name: 48,
  isTouched: 52,
} as const;

/** For a value that is not logged, and for the day at hand, where a piece or a column is wanted. */
export const NONE = 0xffffffff;
export const DAY_AT_HAND = 0xfffffffe;
/** No limit to the bytes of a piece. */
export const WHOLE = 0x7fffffff;

/** A span of values of a line that goes into its key, the blanks between them included. */
export interface Piece {
  readonly first: number;
  readonly last: number;
  /** At most so many bytes. */
  readonly most: number;
}

export function writePieces(view: DataView, pieces: readonly Piece[]): void {
  for (const [k, { first, last, most }] of pieces.entries()) {
    view.setUint32(AT.pieces + k * 12, first, true);
    view.setUint32(AT.pieces + k * 12 + 4, last, true);
    view.setUint32(AT.pieces + k * 12 + 8, most, true);
  }
}

/** What of WebAssembly is used here: pure layers know no ambient types. */
interface Wasm {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

let compiled: object | null | undefined;

/** null where there is no WebAssembly with SIMD: then plain JavaScript does the same. Records grow to `room` bytes. */
export function openKernel(room: number): Kernel | null {
  const { WebAssembly } = globalThis as { WebAssembly?: Wasm };
  if (!WebAssembly || compiled === null) return null;
  try {
    compiled ??= new WebAssembly.Module(fromBase64(KERNEL));
    const { exports } = new WebAssembly.Instance(compiled, {});
    const kernel = exports as Kernel;
    kernel.reset(AT.records + room);
    return kernel;
  } catch {
    // Refused: no SIMD, no room, or a page that forbids it (Content-Security-Policy).
    compiled ??= null;
    return null;
  }
}

let idle: Kernel | null = null;

/** One that may have been used before: each takes gigabytes of addresses, and a folder holds hundreds of logs. */
export function borrowKernel(room: number): Kernel | null {
  const kernel = idle ?? openKernel(room);
  idle = null;
  kernel?.reset(AT.records + room);
  return kernel;
}

export function giveBackKernel(kernel: Kernel): void {
  idle = kernel;
}
