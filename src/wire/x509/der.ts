import { Malformed } from '../../base/bytes.ts';
import { latin1Text, utf8Text } from '../../base/text.ts';

/** One DER element: a view of its contents and of the whole. X.690. */
export interface Element {
  readonly tag: number;
  /** Offset of the tag in the bytes that were read. */
  readonly at: number;
  /** Tag, length and contents. */
  readonly der: Uint8Array;
  readonly contents: Uint8Array;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  t61: 0x14,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visible: 0x1a,
  universal: 0x1c,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Reads the element at `offset`; definite lengths only, tags of one byte. */
export function readElement(bytes: Uint8Array, offset = 0, what = 'DER'): Element {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined)
    throw new Malformed(what, offset, 'the input ends in an element');
  if ((tag & 0x1f) === 0x1f) throw new Malformed(what, offset, 'a tag of several bytes');
  if (first < 0x80) return cut(bytes, offset, tag, offset + 2, first, what);
  const size = first & 0x7f;
  if (size === 0 || size > 4) throw new Malformed(what, offset + 1, 'an indefinite or oversized length');
  let length = 0;
  for (let i = 0; i < size; i++) {
    const byte = bytes[offset + 2 + i];
    if (byte === undefined) throw new Malformed(what, offset, 'the input ends in a length');
    length = length * 256 + byte;
  }
  return cut(bytes, offset, tag, offset + 2 + size, length, what);
}

function cut(
  bytes: Uint8Array,
  at: number,
  tag: number,
  start: number,
  length: number,
  what: string,
): Element {
  if (start + length > bytes.length) {
    throw new Malformed(what, at, `needs ${length} bytes, ${bytes.length - start} left`);
  }
  return {
    tag,
    at,
    der: bytes.subarray(at, start + length),
    contents: bytes.subarray(start, start + length),
  };
}

/** Reads the element and insists on its tag. */
export function expect(bytes: Uint8Array, tag: number, what: string, offset = 0): Element {
  const element = readElement(bytes, offset, what);
  if (element.tag !== tag) {
    throw new Malformed(
      what,
      offset,
      `tag 0x${element.tag.toString(16)} where 0x${tag.toString(16)} belongs`,
    );
  }
  return element;
}

/** The elements inside a constructed one, all of them. */
export function children(contents: Uint8Array, what = 'DER'): Element[] {
  const elements: Element[] = [];
  for (let offset = 0; offset < contents.length; ) {
    const element = readElement(contents, offset, what);
    elements.push(element);
    offset += element.der.length;
  }
  return elements;
}

/** Dotted form of an OBJECT IDENTIFIER's contents. */
export function oidText(contents: Uint8Array): string {
  const arcs: number[] = [];
  let value = 0;
  for (const byte of contents) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (arcs.length === 0) {
      const root = Math.min(2, Math.floor(value / 40));
      arcs.push(root, value - 40 * root);
    } else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}

/** Text of a string element; unknown string types as '#' and hex, as RFC 4514 2.4 does. */
export function stringText(element: Element): string {
  const { tag, contents } = element;
  if (tag === TAG.utf8) return utf8Text(contents);
  if (tag === TAG.bmp) return unitsText(contents, 2);
  if (tag === TAG.universal) return unitsText(contents, 4);
  if (tag === TAG.printable || tag === TAG.ia5 || tag === TAG.visible || tag === TAG.t61 || tag === 0x12) {
    return latin1Text(contents);
  }
  return `#${[...element.der].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function unitsText(bytes: Uint8Array, size: number): string {
  let text = '';
  for (let i = 0; i + size <= bytes.length; i += size) {
    let code = 0;
    for (let k = 0; k < size; k++) code = code * 256 + bytes[i + k]!;
    text += code > 0x10ffff ? '\ufffd' : size === 2 ? String.fromCharCode(code) : String.fromCodePoint(code);
  }
  return text;
}

/** Milliseconds since 1970 UTC of a UTCTime or GeneralizedTime (RFC 5280 4.1.2.5). */
export function timeValue(element: Element): number {
  const text = latin1Text(element.contents);
  const short = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?$/.exec(text);
  const long = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(Z|[+-]\d{4})?$/.exec(text);
  const parts = element.tag === TAG.utcTime ? short : long;
  if (!parts) throw new Malformed('time', element.at, `not a time: ${text.slice(0, 20)}`);
  const year = Number(parts[1]);
  const full = element.tag === TAG.utcTime ? year + (year < 50 ? 2000 : 1900) : year;
  const n = (i: number): number => Number(parts[i] ?? 0);
  return Date.UTC(full, n(2) - 1, n(3), n(4), n(5), n(6)) - offset(parts[7]);
}

function offset(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  return (zone[0] === '-' ? -minutes : minutes) * 60_000;
}

const STRING_TYPES: Readonly<Record<number, string>> = {
  [TAG.utf8]: 'UTF8String',
  [TAG.printable]: 'PrintableString',
  [TAG.t61]: 'T61String',
  [TAG.ia5]: 'IA5String',
  [TAG.bmp]: 'BMPString',
  [TAG.universal]: 'UniversalString',
  [TAG.visible]: 'VisibleString',
};

/** 'UTF8String'; '0x24' for a tag that is none of the string types of names. */
export const stringTypeName = (tag: number): string => STRING_TYPES[tag] ?? `0x${tag.toString(16)}`;

/** Wraps contents in a tag and a DER length. */
export function encode(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : length < 0x10000
          ? [tag, 0x82, length >> 8, length & 255]
          : [tag, 0x83, length >> 16, (length >> 8) & 255, length & 255];
  const all = new Uint8Array(head.length + length);
  all.set(head);
  let at = head.length;
  for (const part of contents) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Contents octets of a dotted OBJECT IDENTIFIER. */
export function oidBytes(dotted: string): Uint8Array {
  const [a = 0, b = 0, ...rest] = dotted.split('.').map(Number);
  const bytes: number[] = [];
  for (const arc of [a * 40 + b, ...rest]) {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift((left % 128) | 0x80);
    bytes.push(...septets);
  }
  return Uint8Array.from(bytes);
}
