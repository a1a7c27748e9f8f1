import { latin1Text, utf16Text } from '../../base/text.ts';

/** The right-hand side of a line in a .reg file. */
export type RegData =
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'dword'; readonly value: number }
  /** `type` is the registry's number: 0 none, 1 SZ, 2 EXPAND_SZ, 3 BINARY, 4 DWORD, 7 MULTI_SZ, 11 QWORD. */
  | { readonly is: 'bytes'; readonly type: number; readonly value: Uint8Array }
  | { readonly is: 'deleted' }
  | { readonly is: 'unreadable'; readonly why: string };

/** Reads `"text"`, `dword:0000000a`, `hex:…`, `hex(7):…` or `-`; continuation lines joined already. */
export function parseRegData(text: string): RegData {
  const data = text.trim();
  if (data === '-') return { is: 'deleted' };
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(data);
  if (quoted) return { is: 'text', value: quoted[1]!.replace(/\\(.)/gs, '$1') };
  const dword = /^dword:([0-9a-f]{1,8})$/i.exec(data);
  if (dword) return { is: 'dword', value: Number.parseInt(dword[1]!, 16) };
  const hex = /^hex(?:\(([0-9a-f]{1,8})\))?:([\s\S]*)$/i.exec(data);
  if (!hex) return { is: 'unreadable', why: 'no form of data that .reg files have' };
  const value = parseBytes(hex[2]!);
  if (!value) return { is: 'unreadable', why: 'not pairs of hex digits between commas' };
  return { is: 'bytes', type: hex[1] === undefined ? 3 : Number.parseInt(hex[1], 16), value };
}

function parseBytes(text: string): Uint8Array | null {
  const digits = text.replace(/[\s\\]/g, '');
  if (digits === '') return new Uint8Array(0);
  const pairs = digits.replace(/,$/, '').split(',');
  const bytes = new Uint8Array(pairs.length);
  for (const [i, pair] of pairs.entries()) {
    if (!/^[0-9a-f]{1,2}$/i.test(pair)) return null;
    bytes[i] = Number.parseInt(pair, 16);
  }
  return bytes;
}

/** Text of SZ and EXPAND_SZ in any spelling; REGEDIT4 writes those bytes in the ANSI code page. */
export function regText(data: RegData, regedit4 = false): string | null {
  if (data.is === 'text') return data.value;
  if (data.is !== 'bytes' || (data.type !== 1 && data.type !== 2)) return null;
  return (regedit4 ? latin1Text(data.value) : utf16Text(data.value)).replace(/\0[\s\S]*$/, '');
}

/** Number of DWORD and of QWORD up to 2^53, in any spelling. */
export function regNumber(data: RegData): number | null {
  if (data.is === 'dword') return data.value;
  if (data.is !== 'bytes' || (data.type !== 4 && data.type !== 11)) return null;
  if (data.value.length !== (data.type === 4 ? 4 : 8)) return null;
  const number = data.value.reduceRight((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(number) ? number : null;
}

/** REG_BINARY. */
export function regBinary(data: RegData): Uint8Array | null {
  return data.is === 'bytes' && data.type === 3 ? data.value : null;
}
