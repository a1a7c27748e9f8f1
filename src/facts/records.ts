import { known } from '../base/known.ts';
import type { Host } from '../windows/host.ts';
import type { BindingKey, SslBinding } from '../windows/http-sys/binding.ts';
import { endpointOf, printKey } from '../windows/http-sys/key.ts';
import type { Question } from './question.ts';

/** The records that were seen: all of them, or those that a listing which was cut or filtered shows. */
export function recordsShown(host: Host): readonly SslBinding[] {
  if (host.bindings.is === 'known') return host.bindings.value;
  return host.bindings.is === 'unknown' ? (host.partialBindings ?? []) : [];
}

/** Known when no other record can exist: what is not shown is not there. */
export const wholeListing: Question<true> = ({ host }) => {
  const { bindings } = host;
  return bindings.is === 'known' ? known(true, bindings.because) : (bindings as never);
};

export const recordByKey = (host: Host, key: BindingKey): SslBinding | undefined =>
  indexOf(recordsShown(host)).byKey.get(idOf(key));

export const recordsOnPort = (host: Host, port: number | undefined): readonly SslBinding[] =>
  (port === undefined ? undefined : indexOf(recordsShown(host)).byPort.get(port)) ?? [];

/** The records on the same port that have the same certificate, this one among them. */
export function recordsLike(host: Host, record: SslBinding): readonly SslBinding[] {
  const place = certificateAndPort(record);
  return (place === null ? undefined : indexOf(recordsShown(host)).byCertificate.get(place)) ?? [];
}

function certificateAndPort({ key, fields: { certhash } }: SslBinding): string | null {
  const port = endpointOf(key)?.port;
  if (port === undefined || certhash?.is !== 'known' || certhash.value === undefined) return null;
  return `${port} ${certhash.value}`;
}

/** Host names compare without case, addresses by value (domain 2.2). */
export function idOf(key: BindingKey): string {
  const before = ids.get(key);
  if (before !== undefined) return before;
  const id = printId(key);
  ids.set(key, id);
  return id;
}

const ids = new WeakMap<BindingKey, string>();

function printId(key: BindingKey): string {
  const endpoint = endpointOf(key);
  if (endpoint?.is === 'address') return `${key.kind} ${endpoint.address.text} ${endpoint.port}`;
  return printKey(key).toLowerCase();
}

interface Index {
  readonly byKey: ReadonlyMap<string, SslBinding>;
  readonly byPort: ReadonlyMap<number, readonly SslBinding[]>;
  readonly byCertificate: ReadonlyMap<string, readonly SslBinding[]>;
}

/** Hosts have a thousand records on one port, and every one of them is asked for its neighbours. */
const indexes = new WeakMap<readonly SslBinding[], Index>();

function indexOf(records: readonly SslBinding[]): Index {
  const before = indexes.get(records);
  if (before) return before;
  const index = {
    byKey: new Map(records.map((record) => [idOf(record.key), record])),
    byPort: grouped(records, ({ key }) => endpointOf(key)?.port ?? null),
    byCertificate: grouped(records, certificateAndPort),
  };
  indexes.set(records, index);
  return index;
}

/** By a key, in their order; what has none is left out. */
export function grouped<T, K>(all: readonly T[], by: (one: T) => K | null | undefined): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = by(one);
    if (key === null || key === undefined) continue;
    const same = groups.get(key);
    if (same) same.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
