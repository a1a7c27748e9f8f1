import { toHex } from '../../base/bytes.ts';
import { utf16Text } from '../../base/text.ts';
import type { RegistryData, RegistryValue } from './registry.ts';

/** Types of registry values by their number, and their data as `reg query` prints it (domain 3). */

export const TYPE_NAMES: readonly string[] = [
  'REG_NONE',
  'REG_SZ',
  'REG_EXPAND_SZ',
  'REG_BINARY',
  'REG_DWORD',
  'REG_DWORD_BIG_ENDIAN',
  'REG_LINK',
  'REG_MULTI_SZ',
  'REG_RESOURCE_LIST',
  'REG_FULL_RESOURCE_DESCRIPTOR',
  'REG_RESOURCE_REQUIREMENTS_LIST',
  'REG_QWORD',
];

export function typeNumber(data: RegistryData): number {
  if (data.is === 'text') return 1;
  return data.is === 'dword' ? 4 : data.type;
}

/** Four blanks, name, four blanks, type, four blanks, data. */
export function queryLine({ name, data }: RegistryValue): string {
  const type = TYPE_NAMES[typeNumber(data)] ?? `REG_TYPE_${typeNumber(data)}`;
  return `    ${name === '' ? '(Default)' : name}    ${type}    ${dataText(data)}`;
}

export function dataText(data: RegistryData): string {
  if (data.is === 'text') return data.value;
  if (data.is === 'dword') return `0x${data.value.toString(16)}`;
  if (data.type === 2) return utf16Text(data.value).replace(/\0+$/, '');
  if (data.type === 7) return utf16Text(data.value).replace(/\0+$/, '').split('\0').join('\\0');
  if (data.type === 11) return `0x${toHex(data.value.slice().reverse()).replace(/^0+(?=.)/, '')}`;
  return toHex(data.value).toUpperCase();
}
