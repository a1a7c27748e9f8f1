import { known, Unanswered } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import { type Host, type Schannel, withSchannel } from '../host.ts';
import { SCHANNEL_VALUES } from '../schannel/registry.ts';
import { HTTP_PARAMETERS } from './records.ts';
import {
  isBelow,
  keyOf,
  type Registry,
  type RegistryKey,
  type RegistryValue,
  withoutValue,
  withValue,
} from './registry.ts';
import { SCHANNEL, SYSTEM_CERTIFICATES } from './view.ts';

/** Changes of the registry: values that Schannel reads become the host's, others are kept as they are. */

export function setRegistryValue(
  host: Host,
  path: string,
  value: RegistryValue,
  because: readonly Locus[] = [],
): Host {
  const leaf = schannelLeaf(path, value.name);
  if (!leaf) {
    const registry = writable(host, path, value.name);
    return withKey(host, registry, withValue(keyOrNew(registry, path), value));
  }
  if (value.data.is !== 'dword')
    throw new Unanswered(`what Schannel makes of a ${value.name} that is no REG_DWORD`);
  return withSchannel(host, { [leaf]: known(value.data.value, because) });
}

/** Takes away what is there. */
export function removeRegistryValue(
  host: Host,
  path: string,
  name: string,
  because: readonly Locus[] = [],
): Host {
  const leaf = schannelLeaf(path, name);
  if (leaf) return withSchannel(host, { [leaf]: known(undefined, because) });
  const registry = writable(host, path, name);
  return withKey(host, registry, withoutValue(keyOrNew(registry, path), name));
}

/** Makes the key and those above it that the host's own part of the registry lacks. */
export function addRegistryKey(host: Host, path: string): Host {
  if (keyOf(path) === keyOf(SCHANNEL)) return host;
  const registry = writable(host, path);
  return withKey(host, registry, keyOrNew(registry, path));
}

export function removeRegistryKey(host: Host, path: string): Host {
  if (keyOf(path) === keyOf(SCHANNEL) || isBelow(SCHANNEL, path))
    throw new Unanswered('what becomes of a Windows whose SCHANNEL key was deleted');
  const kept = [...writable(host, path)].filter(([, one]) => {
    return keyOf(one.path) !== keyOf(path) && !isBelow(one.path, path);
  });
  return { ...host, registry: new Map(kept) };
}

function schannelLeaf(path: string, name: string): keyof Schannel | undefined {
  if (keyOf(path) !== keyOf(SCHANNEL)) return undefined;
  return SCHANNEL_VALUES.find((one) => keyOf(one.name) === keyOf(name))?.leaf;
}

/** The host's own part; Unanswered where the model only shows, or keeps nothing. */
function writable(host: Host, path: string, name?: string): Registry {
  if (
    [HTTP_PARAMETERS, SYSTEM_CERTIFICATES].some((tree) => isBelow(path, tree) || keyOf(path) === keyOf(tree))
  )
    throw new Unanswered(
      `what comes of editing ${path} by hand: the lab only shows it (use netsh http for records, certutil for stores)`,
    );
  if (host.registry) return host.registry;
  const what = name === undefined ? path : `the value ${name} of ${path}`;
  throw new Unanswered(`what reg does to ${what}: not in the model`);
}

const keyOrNew = (registry: Registry, path: string): RegistryKey =>
  registry.get(keyOf(path)) ?? { path, values: [] };

/** A key below SCHANNEL brings along those between, as RegCreateKeyEx does. */
function withKey(host: Host, registry: Registry, key: RegistryKey): Host {
  const all = new Map(registry);
  const parts = key.path.split('\\');
  const floor = isBelow(key.path, SCHANNEL) ? SCHANNEL.split('\\').length + 1 : parts.length;
  for (let depth = floor; depth < parts.length; depth++) {
    const path = parts.slice(0, depth).join('\\');
    if (!all.has(keyOf(path))) all.set(keyOf(path), { path, values: [] });
  }
  return { ...host, registry: all.set(keyOf(key.path), key) };
}
