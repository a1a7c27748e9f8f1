import { utf8Bytes, utf8Text } from '../base/text.ts';
import type { Substitutes } from './substitutes.ts';

/**
 * DER with its names, keys, signatures, serial numbers and hashes replaced in place: every length, object identifier,
 * date, flag and usage stays. A certificate becomes a stand-in that reads like it and whose signature proves nothing;
 * issuer and subject that were equal stay equal.
 */
export function redactDer(bytes: Uint8Array, substitutes: Substitutes): boolean {
  return walk(bytes, 0, bytes.length, substitutes, 0);
}

interface Element {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
}

function elementAt(bytes: Uint8Array, at: number, end: number): Element | null {
  const first = bytes[at + 1];
  if (first === undefined || at + 2 > end || (bytes[at]! & 0x1f) === 0x1f) return null;
  let from = at + 2;
  let length = first;
  if (first > 0x80) {
    const count = first & 0x7f;
    if (count > 4 || from + count > end) return null;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + bytes[from++]!;
  } else if (first === 0x80) return null;
  return from + length <= end ? { tag: bytes[at]!, from, to: from + length } : null;
}

/** Whether the range is a row of elements to its last byte; nothing is changed where it is not. */
function isDer(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 2) return false;
  for (let at = from; at < to; ) {
    const element = elementAt(bytes, at, to);
    if (!element || element.tag === 0) return false;
    if ((element.tag & 0x20) !== 0 && element.to > element.from && !isDer(bytes, element.from, element.to))
      return false;
    at = element.to;
  }
  return true;
}

const DEEPEST = 40;

function walk(bytes: Uint8Array, from: number, to: number, substitutes: Substitutes, depth: number): boolean {
  if (depth > DEEPEST || !isDer(bytes, from, to)) return false;
  for (let at = from; at < to; ) {
    const element = elementAt(bytes, at, to)!;
    if ((element.tag & 0x20) === 0) leaf(bytes, element, substitutes, depth);
    else if (element.to > element.from) walk(bytes, element.from, element.to, substitutes, depth + 1);
    at = element.to;
  }
  return true;
}

/** X.690 8.23, and of GeneralName rfc822Name [1], dNSName [2], uniformResourceIdentifier [6] (RFC 5280 4.2.1.6). */
const STRINGS: ReadonlySet<number> = new Set([0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x81, 0x82, 0x86]);
const BMP_STRING = 0x1e;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OID = 0x06;
const IP_ADDRESS = 0x87;
const TIMES: ReadonlySet<number> = new Set([0x17, 0x18]);
/** Shorter ones are flags, versions, exponents. */
const IDENTIFIES = 8;

function leaf(bytes: Uint8Array, { tag, from, to }: Element, substitutes: Substitutes, depth: number): void {
  const part = bytes.subarray(from, to);
  if (tag === OID || TIMES.has(tag)) return;
  if (tag === BMP_STRING) redactUtf16(part, substitutes, 'be');
  else if (tag === IP_ADDRESS && part.length === 4)
    part.set(substitutes.ip4(part.join('.')).split('.').map(Number));
  else if (STRINGS.has(tag) && isPrintable(part)) redactUtf8(part, substitutes);
  else if (tag === BIT_STRING && part.length > 1) {
    if (!walk(bytes, from + 1, to, substitutes, depth + 1)) opaque(part.subarray(1), substitutes, 1);
  } else if (tag === OCTET_STRING) {
    if (!walk(bytes, from, to, substitutes, depth + 1)) opaque(part, substitutes, 0);
  } else opaque(part, substitutes, tag === INTEGER ? 1 : 0);
}

/** `kept` bytes at the begin: the sign of an integer, the form of a point. */
function opaque(part: Uint8Array, substitutes: Substitutes, kept: number): void {
  if (part.length < IDENTIFIES) return;
  const original = part.slice();
  const first = part.slice(0, kept);
  part.set(substitutes.bytes(original));
  part.set(first);
  // An integer that needs a leading zero still does.
  if (kept === 1 && first[0] === 0) part[1]! |= 0x80;
  substitutes.pair(original, part.slice());
}

const isPrintable = (part: Uint8Array): boolean => part.every((byte) => byte >= 0x20 && byte !== 0x7f);

/** Words replaced byte for byte; a substitute of another length, which does not occur, would be left out. */
export function redactUtf8(part: Uint8Array, substitutes: Substitutes): void {
  const text = utf8Text(part);
  const redacted = utf8Bytes(redactWords(text, substitutes));
  if (redacted.length === part.length) part.set(redacted);
}

export function redactUtf16(part: Uint8Array, substitutes: Substitutes, order: 'le' | 'be'): void {
  const [low, high] = order === 'le' ? [0, 1] : [1, 0];
  let text = '';
  for (let i = 0; i + 1 < part.length; i += 2)
    text += String.fromCharCode(part[i + low]! | (part[i + high]! << 8));
  const redacted = redactWords(text, substitutes);
  if (redacted.length !== text.length) return;
  for (let i = 0; i < redacted.length; i++) {
    part[i * 2 + low] = redacted.charCodeAt(i) & 255;
    part[i * 2 + high] = redacted.charCodeAt(i) >> 8;
  }
}

export function redactWords(text: string, substitutes: Substitutes): string {
  return text
    .replace(IP4, (ip) => substitutes.ip4(ip))
    .replace(SID, (sid) => sid.replace(/(?<=S-1-5-21-.*)\d+/g, (digits) => substitutes.number(digits)))
    .replace(/[\p{L}\p{N}]+/gu, (word) => substitutes.word(word));
}

/** Not the version of an assembly, not an object identifier (those of X.520 and of extensions have four arcs). */
const IP4 =
  /(?<![\w.]|Version=|version=)(?!2\.5\.(?:4|29)\.|1\.3\.6\.1\b)(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\w]|\.\d)/g;
const SID = /\bS-1-5-21(?:-\d+){3,4}\b/g;
