import { AT, type Kernel, NONE, RECORD, writePieces } from './kernel.ts';
import type { CountedColumns, Counter, RawGroup, Sums } from './tally-counter.ts';

/** The memory of groups, at most: 1 to 2 million of usual length. */
export const ROOM_FOR_GROUPS = 96 << 20;

export class KernelCounter implements Counter {
  readonly #kernel: Kernel;
  #views: { readonly bytes: Uint8Array; readonly view: DataView; readonly room: Uint8Array };
  readonly #searches: boolean;

  constructor(kernel: Kernel, status: string | null) {
    this.#kernel = kernel;
    this.#views = viewsOf(kernel);
    this.#searches = status !== null;
    for (let i = 0; i < 3; i++) this.#memory.bytes[AT.wanted + i] = status?.charCodeAt(i) ?? 0;
  }

  get room(): Uint8Array {
    return this.#memory.room;
  }

  get #memory() {
    if (this.#views.bytes.length === 0) this.#views = viewsOf(this.#kernel);
    return this.#views;
  }

  setColumns({ values, status, pieces, day }: CountedColumns): void {
    writePieces(this.#memory.view, pieces);
    const { bytes } = this.#memory;
    for (let i = 0; i < 10; i++) bytes[AT.day + i] = day?.charCodeAt(i) ?? 32;
    this.#kernel.setColumns(values, pieces.length, status, NONE, NONE, NONE);
  }

  setWeight(weight: 1 | -1): void {
    this.#kernel.setWeight(weight);
  }

  count(from: number, end: number): number {
    const [a, b] = [AT.room + from, AT.room + end];
    return (this.#searches ? this.#kernel.search(a, b) : this.#kernel.tally(a, b)) - AT.room;
  }

  get sums(): Sums {
    const { lines, misfits, uncounted } = this.#kernel;
    return {
      lines: Number(lines.value),
      misfits: Number(misfits.value),
      uncounted: Number(uncounted.value),
    };
  }

  get firstMisfit(): number {
    return this.#kernel.firstMisfit.value === 0 ? -1 : this.#kernel.firstMisfit.value - AT.room;
  }

  pack(): Uint8Array {
    return this.#memory.bytes.slice(AT.records, this.#kernel.recordsEnd.value);
  }

  absorb(packed: Uint8Array): void {
    const lengths = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    for (let from = 0; from < packed.length; ) {
      let end = from;
      while (end < packed.length) {
        const next = end + padded(lengths.getUint32(end + RECORD.length, true));
        if (next - from > this.room.length) break;
        end = next;
      }
      this.room.set(packed.subarray(from, end));
      this.#kernel.absorb(AT.room, AT.room + end - from);
      from = end;
    }
  }

  *groups(order: 'by-key' | 'by-count'): Generator<RawGroup> {
    const list = this.#kernel.recordsEnd.value;
    const count = this.#kernel.sort(order === 'by-count' ? 1 : 0);
    const { bytes, view } = this.#memory;
    const group: RawGroup = { bytes, from: 0, to: 0, count: 0 };
    for (let i = 0; i < count; i++) {
      const record = view.getUint32(list + i * 4, true);
      group.from = record + RECORD.key;
      group.to = group.from + view.getUint32(record + RECORD.length, true);
      group.count = view.getUint32(record + RECORD.count, true);
      group.count += view.getUint32(record + RECORD.count + 4, true) * 2 ** 32;
      yield group;
    }
  }
}

const padded = (length: number): number => (RECORD.key + length + 7) & ~7;

function viewsOf({ memory: { buffer } }: Kernel) {
  const bytes = new Uint8Array(buffer);
  return { bytes, view: new DataView(buffer), room: bytes.subarray(AT.room, AT.roomEnd) };
}
