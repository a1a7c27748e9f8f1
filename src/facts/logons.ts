import { known, openOf, unknown } from '../base/known.ts';
import type { Logons } from '../evidence/claims.ts';
import type { Picture } from '../picture/picture.ts';
import type { Host } from '../windows/host.ts';
import { parseAddress } from '../windows/http-sys/address.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import { Trail } from '../windows/trail.ts';
import { WANTED } from '../windows/wanted.ts';
import { keyIn, portOf } from './endpoint.ts';
import { ask, type Question } from './question.ts';
import { grouped, recordsOnPort } from './records.ts';

/** What the log says of this endpoint. Lines that could as well be another endpoint's are left out. */
export const logonsOf: Question<readonly Logons[]> = (subject) => {
  const key = keyIn(subject);
  const mine = candidates(key, subject.host, subject.picture).filter((one) =>
    isOf(one, key, subject.host, subject.picture),
  );
  if (mine.length === 0) return unknown(WANTED.log);
  return known(
    mine,
    mine.map((one) => one.at),
  );
};

/** Logons refused without a certificate (403.7), set against the successes at the same paths. */
export interface Refusals {
  readonly count: number;
  /** The first refusal after a success, or of all; milliseconds since 1970 UTC. */
  readonly since: number;
  /** The success before that. */
  readonly lastSuccess?: number;
}

/**
 * null: the log has logons of this endpoint, and none of them was refused with 403.7. Refusals that follow a
 * success are a change; those that no success came before may be visitors who have no certificate. A success
 * after `since` does not speak against it: some clients offer their certificate whatever the list says.
 */
export const refusalsOf: Question<Refusals | null> = (subject) => {
  const all = ask(subject, logonsOf);
  if (all.is !== 'known') return openOf(all);
  const logons = all.value;
  const refused = logons.filter((one) => one.status === 403 && one.substatus === 7);
  const changed = refused.flatMap((one) => {
    const success = one.successBefore ?? lastSuccessBefore(one, logons);
    return success ? [{ one, success }] : [];
  });
  const first = changed.toSorted((a, b) => a.one.first - b.one.first)[0];
  const counted = first ? changed.map(({ one }) => one) : refused;
  if (counted.length === 0) return known(null);
  const trail = new Trail();
  for (const one of counted) trail.note([one.at]);
  if (first) trail.note([first.success.at]);
  return trail.answer<Refusals | null>({
    count: countOf(counted),
    since: Math.min(...counted.map((one) => one.first)),
    ...(first ? { lastSuccess: first.success.time } : {}),
  });
};

/** The success may stand in another file than the refusals: logs are cut by the day. */
function lastSuccessBefore(refused: Logons, logons: readonly Logons[]) {
  const before = logons
    .filter((one) => one.status < 400 && one.path === refused.path && one.last <= refused.first)
    .toSorted((a, b) => b.last - a.last)[0];
  return before ? { time: before.last, at: before.lastAt } : undefined;
}

/** Whether the last line of one comes after that of another. Logs print whole seconds: within one the lines' order tells. */
export function endsAfter(one: Logons, other: Logons): boolean {
  if (one.last !== other.last) return one.last > other.last;
  const [a, b] = [one.lastAt, other.lastAt];
  return a.source === b.source && (a.line ?? 0) > (b.line ?? 0);
}

const countOf = (logons: readonly Logons[]): number => logons.reduce((sum, one) => sum + one.count, 0);

/** Those that the host header, or else the address, leaves of all. */
function candidates(key: BindingKey, host: Host, { hosts, logons }: Picture): readonly Logons[] {
  const endpoint = endpointOf(key);
  if (!endpoint) return [];
  if (hosts.length === 1 && isAloneOnItsPort(host, key)) return logons;
  const { byHeader, byDomain, byAddress } = indexOf(logons);
  if (endpoint.is === 'address') return byAddress.get(endpoint.address.text) ?? [];
  if (endpoint.is === 'port') return [];
  const isPattern = endpoint.host.startsWith('*.');
  return (isPattern ? byDomain.get(endpoint.host.slice(1)) : byHeader.get(endpoint.host)) ?? [];
}

interface Index {
  readonly byHeader: ReadonlyMap<string, readonly Logons[]>;
  /** By what follows the first label. */
  readonly byDomain: ReadonlyMap<string, readonly Logons[]>;
  readonly byAddress: ReadonlyMap<string, readonly Logons[]>;
}

/** Ten thousand records, and as many logons as the log keeps apart. */
const indexes = new WeakMap<readonly Logons[], Index>();

function indexOf(logons: readonly Logons[]): Index {
  const before = indexes.get(logons);
  if (before) return before;
  const index = {
    byHeader: grouped(logons, headerOf),
    byDomain: grouped(logons, (one) => {
      const header = headerOf(one);
      return header === undefined ? null : domainOf(header);
    }),
    byAddress: grouped(logons, ({ serverIp }) =>
      serverIp === undefined ? null : parseAddress(serverIp)?.text,
    ),
  };
  indexes.set(logons, index);
  return index;
}

const headerOf = ({ hostHeader }: Logons): string | undefined =>
  hostHeader?.replace(/:\d+$/, '').toLowerCase();

const domainOf = (name: string): string => name.replace(/^[^.]+/, '');

/**
 * A host header, or the address of a record for one address, identifies the endpoint; without either the port
 * does, where the host is the only one seen and has no other record there.
 */
function isOf(one: Logons, key: BindingKey, host: Host, picture: Picture): boolean {
  const endpoint = endpointOf(key);
  if (!endpoint || (one.serverPort !== undefined && one.serverPort !== endpoint.port)) return false;
  const header = headerOf(one);
  if (endpoint.is === 'host' && header !== undefined) return covers(endpoint.host, header);
  if (endpoint.is === 'address' && one.serverIp !== undefined) {
    const ip = parseAddress(one.serverIp)?.text;
    if (ip === endpoint.address.text) return true;
  }
  return picture.hosts.length === 1 && isAloneOnItsPort(host, key);
}

const covers = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.startsWith('*.') && pattern.slice(1) === domainOf(name));

function isAloneOnItsPort(host: Host, key: BindingKey): boolean {
  return host.bindings.is === 'known' && recordsOnPort(host, portOf(key)).length === 1;
}
