/** Writes small event logs as Windows lays them out, for tests: one chunk, cut off behind its last record. */
export interface EventToWrite {
  readonly provider: string;
  readonly id: number;
  readonly level?: number;
  readonly computer: string;
  readonly time: number;
  /** Named data; a list stands for a value that is a list of strings. */
  readonly data: Readonly<Record<string, string | readonly string[] | null>>;
}

export function writeEvtx(events: readonly EventToWrite[]): Uint8Array {
  const header = new Uint8Array(4096);
  header.set(Buffer.from('ElfFile\0', 'latin1'));
  return Buffer.concat([header, new ChunkWriter().write(events)]);
}

type Part = readonly [type: number, bytes: Buffer];

class ChunkWriter {
  #bytes = Buffer.alloc(512);
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<string, number>();

  write(events: readonly EventToWrite[]): Buffer {
    for (const [i, event] of events.entries()) this.#record(event, i + 1);
    Buffer.from('ElfChnk\0', 'latin1').copy(this.#bytes);
    this.#bytes.writeUInt32LE(this.#bytes.length, 48);
    return this.#bytes;
  }

  #record(event: EventToWrite, number: number): void {
    const from = this.#bytes.length;
    const ticks = BigInt(event.time + 11_644_473_600_000) * 10_000n;
    this.#put(u32(0x2a2a), u32(0), u64(BigInt(number)), u64(ticks));
    this.#put(FRAGMENT);
    const names = Object.keys(event.data);
    const key = names.join('\n');
    const known = this.#templates.get(key);
    const offset = known ?? this.#bytes.length + 10;
    this.#put(Buffer.from([0x0c, 1]), u32(7), u32(offset));
    if (known === undefined) this.#template(key, names);
    const values: Part[] = [
      [1, wide(event.provider)],
      [6, u16(event.id)],
      [4, Buffer.from([event.level ?? 4])],
      [17, u64(ticks)],
      [1, wide(event.computer)],
      ...Object.values(event.data).map(part),
    ];
    this.#put(u32(values.length));
    for (const [type, bytes] of values) this.#put(u16(bytes.length), Buffer.from([type, 0]));
    this.#put(...values.map(([, bytes]) => bytes));
    this.#put(Buffer.from([0]));
    const length = this.#bytes.length + 4 - from;
    this.#put(u32(length));
    this.#bytes.writeUInt32LE(length, from + 4);
  }

  #template(key: string, names: readonly string[]): void {
    this.#templates.set(key, this.#bytes.length);
    this.#put(u32(0), Buffer.alloc(16, 7));
    const size = this.#bytes.length;
    this.#put(u32(0), FRAGMENT);
    this.#element('Event', [], () => {
      this.#element('System', [], () => {
        this.#element('Provider', [['Name', 0]], null);
        this.#element('EventID', [], () => this.#value(1, 6));
        this.#element('Level', [], () => this.#value(2, 4));
        this.#element('TimeCreated', [['SystemTime', 3]], null);
        this.#element('Computer', [], () => this.#value(4, 1));
      });
      this.#element('EventData', [], () => {
        for (const [i, name] of names.entries())
          this.#element('Data', [['Name', name]], () => this.#value(5 + i, 1, true));
      });
    });
    this.#put(Buffer.from([0]));
    this.#bytes.writeUInt32LE(this.#bytes.length - size - 4, size);
  }

  #element(
    name: string,
    attributes: readonly (readonly [string, number | string])[],
    inside: (() => void) | null,
  ) {
    this.#put(Buffer.from([attributes.length > 0 ? 0x41 : 0x01]), u16(0xffff), u32(0));
    this.#name(name);
    if (attributes.length > 0) this.#put(u32(0));
    for (const [attribute, value] of attributes) {
      this.#put(Buffer.from([0x06]));
      this.#name(attribute);
      if (typeof value === 'number') this.#value(value, 1);
      else this.#put(Buffer.from([0x05, 1]), u16(value.length), wide(value));
    }
    if (!inside) return this.#put(Buffer.from([0x03]));
    this.#put(Buffer.from([0x02]));
    inside();
    this.#put(Buffer.from([0x04]));
  }

  #value(index: number, type: number, optional = false): void {
    this.#put(Buffer.from([optional ? 0x0e : 0x0d]), u16(index), Buffer.from([type]));
  }

  #name(name: string): void {
    const known = this.#names.get(name);
    const here = this.#bytes.length + 4;
    this.#put(u32(known ?? here));
    if (known !== undefined) return;
    this.#names.set(name, here);
    this.#put(u32(0), u16(0), u16(name.length), wide(name), u16(0));
  }

  #put(...parts: readonly Buffer[]): void {
    this.#bytes = Buffer.concat([this.#bytes, ...parts]);
  }
}

const FRAGMENT = Buffer.from([0x0f, 1, 1, 0]);

function part(value: string | readonly string[] | null): Part {
  if (value === null) return [0, Buffer.alloc(0)];
  if (typeof value === 'string') return [1, wide(value)];
  return [0x81, wide(value.map((one) => `${one}\0`).join(''))];
}

const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}
