import { concat } from './bytes.ts';
import { RepeatedLines } from './repeated-lines.ts';

/** Bytes to text; written out because pure layers have no TextDecoder. */

export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    // Spread, the bytes would be walked by an iterator: seven times as slow.
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + 8192) as unknown as number[]);
  }
  return text;
}

/** UTF-8 with U+FFFD for what is not. */
export function utf8Text(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!;
    const extra = continuationBytes(lead);
    let code = extra === 0 ? lead : lead & (0x3f >> extra);
    let used = 1;
    while (used <= extra && (bytes[i + used] ?? 0) >> 6 === 2) code = code * 64 + (bytes[i + used++]! & 0x3f);
    const least = extra === 2 ? 0x800 : extra === 3 ? 0x10000 : 0;
    const surrogate = code >= 0xd800 && code < 0xe000;
    const whole = extra >= 0 && used === extra + 1 && code >= least && code <= 0x10ffff && !surrogate;
    text += whole ? String.fromCodePoint(code) : '\ufffd';
    i += used;
  }
  return text;
}

/** How many bytes follow a lead byte (RFC 3629 4); -1 for what leads nothing. */
function continuationBytes(lead: number): number {
  if (lead < 0x80) return 0;
  if (lead < 0xc2) return -1;
  if (lead < 0xe0) return 1;
  if (lead < 0xf0) return 2;
  return lead < 0xf5 ? 3 : -1;
}

/** UTF-8 bytes of a text; lone surrogates become U+FFFD. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    const given = char.codePointAt(0)!;
    const code = given >= 0xd800 && given < 0xe000 ? 0xfffd : given;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}

/** Where the low and the high byte of a UTF-16 unit stand. */
const LITTLE = [0, 1] as const;
const BIG = [1, 0] as const;

/** UTF-16LE, behind its byte order mark when asked for. */
export function utf16Bytes(text: string, marked = false): Uint8Array {
  const whole = marked ? `\ufeff${text}` : text;
  const bytes = new Uint8Array(whole.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < whole.length; i++) view.setUint16(i * 2, whole.charCodeAt(i), true);
  return bytes;
}

/** UTF-16 code units to text; an odd last byte is left out. */
export function utf16Text(bytes: Uint8Array, order: 'le' | 'be' = 'le'): string {
  const [low, high] = order === 'le' ? LITTLE : BIG;
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 8192) {
    const units: number[] = [];
    for (let k = i; k + 1 < bytes.length && k < i + 8192; k += 2)
      units.push(bytes[k + low]! | (bytes[k + high]! << 8));
    text += String.fromCharCode(...units);
  }
  return text;
}

/** Text of unknown origin: UTF-8 where the bytes are that, else one character a byte (OEM and ANSI code pages). */
export function looseText(bytes: Uint8Array): string {
  return isAscii(bytes) || !isUtf8(bytes) ? latin1Text(bytes) : utf8Text(bytes);
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) return false;
  return true;
}

function isUtf8(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; ) {
    const extra = continuationBytes(bytes[i]!);
    if (extra < 0) return false;
    for (let k = 1; k <= extra; k++) if ((bytes[i + k] ?? 0) >> 6 !== 2) return false;
    i += extra + 1;
  }
  return true;
}

type Encoding = { readonly kind: 'bytes' | 'utf-16le' | 'utf-16be'; readonly mark: number };

/** By the byte order mark, or by zero bytes where ASCII in UTF-16 has them. Looks at four bytes. */
function encodingOf(head: Uint8Array): Encoding {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return { kind: 'utf-16le', mark: 2 };
  if (a === 0xfe && b === 0xff) return { kind: 'utf-16be', mark: 2 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { kind: 'bytes', mark: 3 };
  if (a && b === 0 && c && d === 0) return { kind: 'utf-16le', mark: 0 };
  return { kind: 'bytes', mark: 0 };
}

/** A whole text of unknown encoding: UTF-16 or UTF-8 by its byte order mark, else as `looseText`. */
export function decodeText(bytes: Uint8Array): string {
  const { kind, mark } = encodingOf(bytes);
  const body = bytes.subarray(mark);
  if (kind === 'bytes') return looseText(body);
  return utf16Text(body, kind === 'utf-16le' ? 'le' : 'be');
}

/** Lines are short: a call of indexOf costs more than looking. */
function feedIn(bytes: Uint8Array, start: number): number {
  for (let i = start; i < bytes.length; i++) if (bytes[i] === 10) return i;
  return -1;
}

export interface Line {
  /** Without its end. */
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Whether a line feed came; only the last line of a text can lack it. */
  readonly ended: boolean;
  /** Longer than a megabyte: the rest is left out. */
  readonly cut: boolean;
}

const LONGEST_LINE = 1 << 20;

/**
 * Text of unknown encoding by lines, from chunks of any size (also such that part a character). Memory is bounded
 * by one line. Each line is decoded for itself, as `looseText` does, so that one odd byte spoils one line.
 */
export class LineReader {
  readonly #take: (line: Line) => void;
  #encoding: Encoding | null = null;
  /** The first bytes, until there are four to tell the encoding by; then half a UTF-16 unit. */
  #pending = new Uint8Array(0);
  #parts: Uint8Array[] = [];
  #length = 0;
  #number = 0;
  readonly #repeated = new RepeatedLines();

  constructor(take: (line: Line) => void) {
    this.#take = take;
  }

  push(chunk: Uint8Array): void {
    const bytes = this.#pending.length > 0 ? concat([this.#pending, chunk]) : chunk;
    if (!this.#encoding && bytes.length < 4) {
      this.#pending = bytes.slice();
      return;
    }
    this.#feed(bytes);
  }

  end(): void {
    if (!this.#encoding) this.#feed(this.#pending);
    if (this.#length > 0) this.#emit(false);
  }

  #feed(bytes: Uint8Array): void {
    let start = this.#encoding ? 0 : encodingOf(bytes).mark;
    this.#encoding ??= encodingOf(bytes);
    const wide = this.#encoding.kind !== 'bytes';
    const whole = wide ? bytes.length - ((bytes.length - start) & 1) : bytes.length;
    this.#pending = bytes.slice(whole);
    for (;;) {
      const feed = wide ? this.#wideFeed(bytes, start, whole) : feedIn(bytes, start);
      if (feed < 0) break;
      if (this.#length > 0 || feed - start > LONGEST_LINE) {
        this.#hold(bytes.subarray(start, feed));
        this.#emit(true);
      } else this.#give(bytes, start, feed, true, false);
      start = feed + (wide ? 2 : 1);
    }
    this.#hold(bytes.slice(start, whole));
  }

  #wideFeed(bytes: Uint8Array, start: number, end: number): number {
    const [low, high] = this.#encoding?.kind === 'utf-16le' ? LITTLE : BIG;
    for (let i = start; i < end; i += 2) if (bytes[i + low] === 10 && bytes[i + high] === 0) return i;
    return -1;
  }

  #hold(part: Uint8Array): void {
    const room = LONGEST_LINE - this.#length;
    if (room > 0 && part.length > 0) this.#parts.push(part.subarray(0, room));
    this.#length += part.length;
  }

  #emit(ended: boolean): void {
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : concat(this.#parts);
    const cut = this.#length > LONGEST_LINE;
    this.#parts = [];
    this.#length = 0;
    this.#give(bytes, 0, bytes.length, ended, cut);
  }

  #give(bytes: Uint8Array, start: number, end: number, ended: boolean, cut: boolean): void {
    const kind = this.#encoding!.kind;
    const text =
      kind === 'bytes'
        ? this.#byteText(bytes, start, end)
        : utf16Text(bytes.subarray(start, end), kind === 'utf-16le' ? 'le' : 'be').replace(/\r+$/, '');
    this.#take({ text, number: ++this.#number, ended, cut });
  }

  #byteText(bytes: Uint8Array, start: number, end: number): string {
    let last = end;
    // A pipe between two programs may have doubled the carriage return.
    while (last > start && bytes[last - 1] === 13) last--;
    return (
      this.#repeated.find(bytes, start, last) ?? this.#repeated.keep(looseText(bytes.subarray(start, last)))
    );
  }
}
