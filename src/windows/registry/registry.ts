import type { RegData } from './reg-data.ts';

/** Registry keys as a host keeps them that the model itself does not read. Immutable. */

/** A text is REG_SZ, a dword REG_DWORD; anything else is bytes with the number of its type. */
export type RegistryData = Extract<RegData, { is: 'text' | 'dword' | 'bytes' }>;

export interface RegistryValue {
  /** '' for the default value. */
  readonly name: string;
  readonly data: RegistryData;
}

export interface RegistryKey {
  /** With the root's long name, as spelled by whoever made it. */
  readonly path: string;
  /** In the order in which they were made. */
  readonly values: readonly RegistryValue[];
}

/** By keyOf(path). */
export type Registry = ReadonlyMap<string, RegistryKey>;

const ROOTS: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKU: 'HKEY_USERS',
  HKCC: 'HKEY_CURRENT_CONFIG',
};

/** 'hklm\Software\X\' -> 'HKEY_LOCAL_MACHINE\Software\X'; null when no root stands first. */
export function fullPath(path: string): string | null {
  const [root = '', ...rest] = path.replace(/\\+$/, '').split('\\');
  const upper = root.toUpperCase();
  const long = ROOTS[upper] ?? (Object.values(ROOTS).includes(upper) ? upper : null);
  return long && [long, ...rest].join('\\');
}

/** Keys and values compare without case. */
export const keyOf = (path: string): string => path.toLowerCase();

export const isBelow = (path: string, above: string): boolean => keyOf(path).startsWith(`${keyOf(above)}\\`);

export const registryValue = (key: RegistryKey, name: string): RegistryValue | undefined =>
  key.values.find((one) => keyOf(one.name) === keyOf(name));

/** The key with a value set, in its old place if it was there. */
export function withValue(key: RegistryKey, value: RegistryValue): RegistryKey {
  const isThere = registryValue(key, value.name) !== undefined;
  const values = isThere
    ? key.values.map((one) => (keyOf(one.name) === keyOf(value.name) ? { ...one, data: value.data } : one))
    : [...key.values, value];
  return { ...key, values };
}

export function withoutValue(key: RegistryKey, name: string): RegistryKey {
  return { ...key, values: key.values.filter((one) => keyOf(one.name) !== keyOf(name)) };
}

const dword = (name: string, value: number): RegistryValue => ({ name, data: { is: 'dword', value } });

const SCHANNEL = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';

/** Below SCHANNEL on a fresh installation; none of it says anything about client certificates. */
export function freshRegistry(): Registry {
  const below = ['Ciphers', 'CipherSuites', 'Hashes', 'KeyExchangeAlgorithms', 'Protocols'];
  const keys: RegistryKey[] = [
    ...[...below, 'Protocols\\SSL 2.0'].map((name) => ({ path: `${SCHANNEL}\\${name}`, values: [] })),
    { path: `${SCHANNEL}\\Protocols\\SSL 2.0\\Client`, values: [dword('DisabledByDefault', 1)] },
  ];
  return new Map(keys.map((key) => [keyOf(key.path), key]));
}
