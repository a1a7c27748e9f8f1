import { Malformed, toHex } from '../../base/bytes.ts';
import { latin1Text, utf16Text } from '../../base/text.ts';

/** A value of a template: its bytes in the chunk and its type ([MS-EVEN6] 2.2.12). */
export interface TypedValue {
  readonly chunk: Uint8Array;
  readonly type: number;
  readonly from: number;
  readonly to: number;
}

export function u16(bytes: Uint8Array, at: number): number {
  if (at < 0 || at + 2 > bytes.length) throw new Malformed('binary XML', at, 'outside of the chunk');
  return bytes[at]! | (bytes[at + 1]! << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) + u16(bytes, at + 2) * 0x10000;
}

const ARRAY = 0x80;
export const STRINGS = 0x81;

/** The items of a list of strings, each of which ends with a NUL; an empty list is an empty string. */
export function listOf({ chunk, from, to }: TypedValue): string[] {
  return utf16Text(chunk.subarray(from, to)).replace(/\0$/, '').split('\0');
}

/** As the event viewer's XML shows it; lists one item a line. */
export function printValue({ chunk, type, from, to }: TypedValue): string {
  const bytes = chunk.subarray(from, to);
  if (type === STRINGS) return listOf({ chunk, type, from, to }).join('\n');
  if (type < ARRAY) return printOne(type, bytes);
  const kind = type - ARRAY;
  const size = SIZES[kind];
  if (!size) return toHex(bytes);
  const items: string[] = [];
  for (let at = 0; at + size <= bytes.length; at += size)
    items.push(printOne(kind, bytes.subarray(at, at + size)));
  return items.join('\n');
}

const SIZES: Readonly<Record<number, number>> = {
  3: 1,
  4: 1,
  5: 2,
  6: 2,
  7: 4,
  8: 4,
  9: 8,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  15: 16,
  17: 8,
  18: 16,
  20: 4,
  21: 8,
};

function printOne(type: number, bytes: Uint8Array): string {
  const size = SIZES[type];
  if (size !== undefined && bytes.length < size) return '';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (type) {
    case 1:
      return utf16Text(bytes).replace(/\0+$/, '');
    case 2:
      return latin1Text(bytes).replace(/\0+$/, '');
    case 3:
      return `${view.getInt8(0)}`;
    case 4:
      return `${view.getUint8(0)}`;
    case 5:
      return `${view.getInt16(0, true)}`;
    case 6:
      return `${view.getUint16(0, true)}`;
    case 7:
      return `${view.getInt32(0, true)}`;
    case 8:
      return `${view.getUint32(0, true)}`;
    case 9:
      return `${view.getBigInt64(0, true)}`;
    case 10:
      return `${view.getBigUint64(0, true)}`;
    case 11:
      return `${view.getFloat32(0, true)}`;
    case 12:
      return `${view.getFloat64(0, true)}`;
    case 13:
      return view.getUint32(0, true) === 0 ? 'false' : 'true';
    case 14:
      return toHex(bytes).toUpperCase();
    case 15:
      return guid(bytes, view);
    case 16:
    case 20:
    case 21:
      return `0x${toHex(bytes.slice().reverse())}`;
    case 17:
      return fileTime(view.getBigUint64(0, true));
    case 18:
      return systemTime(view);
    case 19:
      return sid(bytes, view);
    default:
      return '';
  }
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

function guid(bytes: Uint8Array, view: DataView): string {
  const rest = toHex(bytes.subarray(8, 16)).toUpperCase();
  const head = `${hex(view.getUint32(0, true), 8)}-${hex(view.getUint16(4, true), 4)}-${hex(view.getUint16(6, true), 4)}`;
  return `{${head}-${rest.slice(0, 4)}-${rest.slice(4)}}`;
}

/** 100 nanoseconds since 1601. */
function fileTime(ticks: bigint): string {
  const milliseconds = Number(ticks / 10_000n) - 11_644_473_600_000;
  if (Math.abs(milliseconds) > 8.64e15) return '';
  const seconds = new Date(milliseconds).toISOString().slice(0, 19);
  return `${seconds}.${(ticks % 10_000_000n).toString().padStart(7, '0')}Z`;
}

function systemTime(view: DataView): string {
  const at = (index: number): number => view.getUint16(index * 2, true);
  const time = Date.UTC(at(0), at(1) - 1, at(3), at(4), at(5), at(6), at(7));
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}

function sid(bytes: Uint8Array, view: DataView): string {
  if (bytes.length < 8) return '';
  const authority = Number.parseInt(toHex(bytes.subarray(2, 8)), 16);
  const parts = [`S-${bytes[0]}-${authority}`];
  for (let at = 8; at + 4 <= bytes.length && parts.length <= bytes[1]!; at += 4)
    parts.push(`${view.getUint32(at, true)}`);
  return parts.join('-');
}
