import { type Known, known, mapKnown } from '../../base/known.ts';
import { type Host, type StoredCertificate, store } from '../host.ts';
import { displayName, knownStore, STANDARD_STORES, spelledStore, storeKey } from './names.ts';

/** What commands that list stores see: on a host of which nothing is unknown a store is there or it is not. */

/** A host whose registry is kept was made whole (the lab); one from evidence is not. */
export const isWhole = (host: Host): boolean => host.registry !== undefined;

/** undefined: Windows has no such store. */
export function heldIn(host: Host, name: string): Known<readonly StoredCertificate[] | undefined> {
  if (host.stores.has(storeKey(name)) || !isWhole(host)) return mapKnown(store(host, name), (all) => all);
  return known(knownStore(name) === undefined ? undefined : []);
}

/** Names of the machine's stores as Windows spells them, those that every Windows has first. */
export function storeNames(host: Host): string[] {
  const made = [...host.stores.keys()].map(spelledStore).filter((name) => !STANDARD_STORES.includes(name));
  return [...STANDARD_STORES, ...made];
}

/** 'My "Personal"'; a store that Windows does not bring along has no second name. */
export function storeHeading(name: string, language: 'en' | 'de' = 'en'): string {
  const display = displayName(name, language);
  return display === undefined ? name : `${name} "${display}"`;
}
