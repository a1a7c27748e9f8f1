/** Bytes in, bytes out: a reader that cannot overrun and must finish, and a growing writer. */

/** Input that does not follow its format: what was being read, at which byte, and why it does not fit. */
export class Malformed extends Error {
  readonly what: string;
  readonly at: number;
  readonly why: string;
  constructor(what: string, at: number, why: string) {
    super(`${what}: ${why} (byte ${at})`);
    this.what = what;
    this.at = at;
    this.why = why;
  }
}

/** A named part of what is being read: a view of it, and whether it is a block that its own length precedes. */
export type ReadListener = (what: string, view: Uint8Array, isBlock: boolean) => void;

let listener: ReadListener | null = null;

/**
 * Reads, and tells the name under which each part was read: a view of bytes learns its names where they are decoded,
 * and decoders need not know of it. Synchronous, and one at a time.
 */
export function readAloud<T>(listen: ReadListener, read: () => T): T {
  listener = listen;
  try {
    return read();
  } finally {
    listener = null;
  }
}

/** Reads big-endian numbers and blocks; throws Malformed instead of leaving its bytes. Views, never copies. */
export class Reader {
  readonly bytes: Uint8Array;
  readonly end: number;
  offset: number;
  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.bytes = bytes;
    this.offset = from;
    this.end = to;
  }
  get left(): number {
    return this.end - this.offset;
  }
  take(length: number, what = 'bytes'): Uint8Array {
    const at = this.#pass(length, what);
    return this.bytes.subarray(at, at + length);
  }
  skip(length: number, what = 'bytes'): void {
    this.#pass(length, what);
  }
  u8(what = 'u8'): number {
    return this.bytes[this.#pass(1, what)]!;
  }
  u16(what = 'u16'): number {
    const at = this.#pass(2, what);
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!;
  }
  u24(what = 'u24'): number {
    const at = this.#pass(3, what);
    return (this.bytes[at]! << 16) | (this.bytes[at + 1]! << 8) | this.bytes[at + 2]!;
  }
  u32(what = 'u32'): number {
    const at = this.#pass(4, what);
    const [a, b, c, d] = [this.bytes[at]!, this.bytes[at + 1]!, this.bytes[at + 2]!, this.bytes[at + 3]!];
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }
  block8<T>(what: string, read: (inner: Reader) => T): T {
    return this.#block(what, this.u8(what), read);
  }
  block16<T>(what: string, read: (inner: Reader) => T): T {
    return this.#block(what, this.u16(what), read);
  }
  block24<T>(what: string, read: (inner: Reader) => T): T {
    return this.#block(what, this.u24(what), read);
  }
  /** Everything that is left. */
  rest(): Uint8Array {
    return this.take(this.left);
  }
  /** Refuses leftovers: a block must be used up. */
  finish(what: string): void {
    if (this.left > 0) throw new Malformed(what, this.offset, `${this.left} bytes left over`);
  }
  /** Steps over `length` bytes and answers where they begin. */
  #pass(length: number, what: string): number {
    const at = this.offset;
    if (length > this.left) throw new Malformed(what, at, `needs ${length} bytes, ${this.left} left`);
    this.offset = at + length;
    listener?.(what, this.bytes.subarray(at, at + length), false);
    return at;
  }
  #block<T>(what: string, length: number, read: (inner: Reader) => T): T {
    if (length > this.left) {
      throw new Malformed(what, this.offset, `block of ${length} bytes, ${this.left} left`);
    }
    const inner = new Reader(this.bytes, this.offset, this.offset + length);
    listener?.(what, this.bytes.subarray(this.offset, this.offset + length), true);
    const value = read(inner);
    inner.finish(what);
    this.offset += length;
    return value;
  }
}

/** Reads items until the block is used up. */
export function many<T>(inner: Reader, read: (inner: Reader) => T): T[] {
  const items: T[] = [];
  while (inner.left > 0) items.push(read(inner));
  return items;
}

/** Big-endian writer; blocks write their own length. */
export class Writer {
  #parts: Uint8Array[] = [];
  u8(value: number): this {
    return this.raw(Uint8Array.of(value));
  }
  u16(value: number): this {
    return this.raw(Uint8Array.of(value >> 8, value));
  }
  u24(value: number): this {
    return this.raw(Uint8Array.of(value >> 16, value >> 8, value));
  }
  u32(value: number): this {
    return this.raw(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));
  }
  raw(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    return this;
  }
  block8(write: (inner: Writer) => void): this {
    return this.#block(1, write);
  }
  block16(write: (inner: Writer) => void): this {
    return this.#block(2, write);
  }
  block24(write: (inner: Writer) => void): this {
    return this.#block(3, write);
  }
  done(): Uint8Array {
    return concat(this.#parts);
  }
  #block(size: number, write: (inner: Writer) => void): this {
    const inner = new Writer();
    write(inner);
    const body = inner.done();
    if (body.length >= 2 ** (8 * size))
      throw new RangeError(`block of ${body.length} bytes exceeds its length field`);
    for (let shift = 8 * (size - 1); shift >= 0; shift -= 8) this.u8((body.length >> shift) & 0xff);
    return this.raw(body);
  }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hex. Joined at once: a string that grows byte by byte takes thirty times its length until it is read. */
export function toHex(bytes: Uint8Array): string {
  const pairs = new Array<string>(bytes.length);
  for (let i = 0; i < bytes.length; i++) pairs[i] = HEX[bytes[i]!]!;
  return pairs.join('');
}

/** Hex of even length, any case; throws Malformed otherwise. */
export function fromHex(hex: string): Uint8Array {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(hex)) throw new Malformed('hex', 0, 'not pairs of hex digits');
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Latin-1 text to bytes, one byte a character. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);
}
