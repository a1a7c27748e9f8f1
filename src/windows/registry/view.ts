import { answerOf, Unanswered } from '../../base/known.ts';
import { certificateBlob } from '../../wire/identity/serialized-store.ts';
import type { Host } from '../host.ts';
import { SCHANNEL_KEY, SCHANNEL_VALUES } from '../schannel/registry.ts';
import { spelledStore } from '../stores/names.ts';
import { HTTP_PARAMETERS, recordKeys } from './records.ts';
import { fullPath, isBelow, keyOf, type RegistryKey } from './registry.ts';

/** The registry of a host: what the model reads, what it shows of records and stores, and what else was written. */

export const SCHANNEL = fullPath(SCHANNEL_KEY)!;
export const SYSTEM_CERTIFICATES = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SystemCertificates';

/** Trees of which the view has everything that is in it. */
const WHOLE = [SCHANNEL, HTTP_PARAMETERS, SYSTEM_CERTIFICATES];

/**
 * The key; undefined when the host has none. Unanswered for a key of which the model cannot say whether a
 * Windows has it.
 */
export function registryKey(host: Host, path: string): RegistryKey | undefined {
  const found = ownKey(host, path);
  if (found) return found;
  if (isKnownGround(host, path)) return undefined;
  throw new Unanswered(`what is in the registry under ${path}: the lab does not know this key`);
}

function ownKey(host: Host, path: string): RegistryKey | undefined {
  const wanted = keyOf(path);
  return keysFor(host, path).find((one) => keyOf(one.path) === wanted);
}

function isKnownGround(host: Host, path: string): boolean {
  const made = [...(host.registry?.values() ?? [])].map((one) => one.path);
  return [...WHOLE, ...made].some((tree) => isBelow(path, tree));
}

/** The key and all below it, each before its own subkeys, these by name as the registry keeps them. */
export function registryTree(host: Host, path: string): RegistryKey[] {
  const top = registryKey(host, path);
  if (!top) return [];
  const below = keysFor(host, path).filter((one) => isBelow(one.path, path));
  return [top, ...below.toSorted((a, b) => (sortKey(a.path) < sortKey(b.path) ? -1 : 1))];
}

/** Right below a key. */
export function subkeys(host: Host, path: string): RegistryKey[] {
  const depth = path.split('\\').length + 1;
  return registryTree(host, path).filter((one) => one.path.split('\\').length === depth);
}

/** A backslash goes before every character of a name. */
const sortKey = (path: string): string => keyOf(path).replaceAll('\\', '\u0001');

/** The keys at and below a path, those of the model only where it leads there. */
function keysFor(host: Host, path: string): RegistryKey[] {
  const concerns = (tree: string) =>
    isBelow(path, tree) || isBelow(tree, path) || keyOf(path) === keyOf(tree);
  const written = [...(host.registry?.values() ?? [])];
  return [
    ...(concerns(SCHANNEL) ? [schannelKey(host, written)] : []),
    ...written.filter((one) => keyOf(one.path) !== keyOf(SCHANNEL)),
    ...(concerns(HTTP_PARAMETERS) ? recordKeys(host) : []),
    ...(concerns(SYSTEM_CERTIFICATES) ? storeKeys(host) : []),
  ];
}

/** The values that Schannel reads, and behind them those that somebody else wrote there. */
function schannelKey(host: Host, written: readonly RegistryKey[]): RegistryKey {
  const own = SCHANNEL_VALUES.flatMap(({ name, leaf }) => {
    const value = answerOf(host.schannel[leaf]);
    return value === undefined ? [] : [{ name, data: { is: 'dword' as const, value } }];
  });
  const others = written.find((one) => keyOf(one.path) === keyOf(SCHANNEL))?.values ?? [];
  return { path: SCHANNEL, values: [...own, ...others] };
}

/** Stores that somebody put a certificate into, or that the host lists as empty (domain 8.2). */
function storeKeys(host: Host): RegistryKey[] {
  const stores = [...host.stores].flatMap(([name, leaf]) => {
    const path = `${SYSTEM_CERTIFICATES}\\${REGISTRY_NAMES[name] ?? spelledStore(name)}`;
    const parts = ['Certificates', 'CRLs', 'CTLs'].map((part) => ({ path: `${path}\\${part}`, values: [] }));
    const held = answerOf(leaf).map(({ thumbprint, certificate }) => ({
      path: `${path}\\Certificates\\${thumbprint.toUpperCase()}`,
      values: [
        {
          name: 'Blob',
          data: { is: 'bytes' as const, type: 3, value: certificateBlob(thumbprint, certificate.der) },
        },
      ],
    }));
    return [{ path, values: [] }, ...parts, ...held];
  });
  return [{ path: SYSTEM_CERTIFICATES, values: [] }, ...stores];
}

/** The registry writes these two in capitals. */
const REGISTRY_NAMES: Readonly<Record<string, string>> = { my: 'MY', root: 'ROOT' };
