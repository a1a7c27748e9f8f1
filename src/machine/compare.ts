import type { Known } from '../base/known.ts';
import type { Host } from '../windows/host.ts';
import {
  BINDING_FIELDS,
  type BindingField,
  type BindingKey,
  type SslBinding,
} from '../windows/http-sys/binding.ts';
import { printKey, sameKey } from '../windows/http-sys/key.ts';

/** A point in which two readings of a host differ, or which one of them cannot tell. */
export interface Difference {
  /** 'hostnameport www.example.com:443 sslctlstorename', 'SendTrustedIssuerList'. */
  readonly what: string;
  readonly expected: string;
  readonly seen: string;
}

/** Places of a host that a command may change: records by key, and Schannel's values. */
export type Place = { readonly record: BindingKey } | { readonly schannel: keyof Host['schannel'] };

/** The places in which two readings of one host differ. */
export function changedPlaces(before: Host, after: Host): Place[] {
  const keys = [...recordsOf(before), ...recordsOf(after)].map((record) => record.key);
  const unique = keys.filter((key, i) => keys.findIndex((other) => sameKey(key, other)) === i);
  const places: Place[] = [
    ...unique.map((record) => ({ record })),
    ...schannelNames(before).map((schannel) => ({ schannel })),
  ];
  return places.filter((place) => differencesAt(place, before, after, false).length > 0);
}

/** Field by field. A field that cannot be told on either side differs: nothing may be written over it blindly. */
export function compareAt(place: Place, expected: Host, seen: Host): Difference[] {
  return differencesAt(place, expected, seen, true);
}

/** `strict`: what cannot be told differs even from itself. */
function differencesAt(place: Place, expected: Host, seen: Host, strict: boolean): Difference[] {
  if ('schannel' in place) {
    const { schannel } = place;
    return compareLeaf(schannel, expected.schannel[schannel], seen.schannel[schannel], strict);
  }
  const name = printKey(place.record);
  const one = recordsOf(expected).find((record) => sameKey(record.key, place.record));
  const other = recordsOf(seen).find((record) => sameKey(record.key, place.record));
  if (!one || !other) {
    const word = (record: SslBinding | undefined) => (record ? 'a record' : 'no record');
    return one === other ? [] : [{ what: name, expected: word(one), seen: word(other) }];
  }
  return BINDING_FIELDS.flatMap((row) =>
    compareLeaf(`${name} ${row.name}`, one.fields[row.name], other.fields[row.name], strict, row.name),
  );
}

function compareLeaf(
  what: string,
  expected: Known<unknown> | undefined,
  seen: Known<unknown> | undefined,
  strict: boolean,
  field?: BindingField,
): Difference[] {
  if (expected === undefined && seen === undefined) return [];
  const a = printLeaf(expected, field);
  const b = printLeaf(seen, field);
  const isSure = !strict || (expected?.is === 'known' && seen?.is === 'known');
  return isSure && a === b ? [] : [{ what, expected: a, seen: b }];
}

/** Hashes, GUIDs and store names compare without case (domain 2.5). */
const CASELESS: ReadonlySet<BindingField | undefined> = new Set([
  'certhash',
  'appid',
  'certstorename',
  'sslctlstorename',
]);

function printLeaf(leaf: Known<unknown> | undefined, field: BindingField | undefined): string {
  if (!leaf) return '(no such field)';
  if (leaf.is !== 'known') return '(cannot tell)';
  const text = String(leaf.value ?? '(null)');
  return CASELESS.has(field) ? text.toLowerCase() : text;
}

function recordsOf(host: Host): readonly SslBinding[] {
  return host.bindings.is === 'known' ? host.bindings.value : [];
}

function schannelNames(host: Host): (keyof Host['schannel'])[] {
  return Object.keys(host.schannel) as (keyof Host['schannel'])[];
}
