import type { Claim } from '../evidence/claims.ts';
import type { HostReadings } from './group-by-host.ts';
import type { OfHost, Picture } from './picture.ts';
import { claimsThat } from './settle.ts';

export type Observed = Pick<
  Picture,
  | 'listings'
  | 'pastBindings'
  | 'events'
  | 'httpErrors'
  | 'failedRequests'
  | 'settings'
  | 'machineSettings'
  | 'revocationChecks'
  | 'notCollected'
>;

/** What was seen of hosts beside their state, each with its host; kinds of which nothing was seen are absent. */
export function observedOf(groups: readonly HostReadings[]): Observed {
  const all = <S extends Claim['says']>(says: S): OfHost<Extract<Claim, { says: S }>>[] =>
    groups.flatMap(({ name, readings }) =>
      readings.flatMap((reading) => claimsThat(reading, says).map((claim) => ({ ...claim, host: name }))),
    );
  return withoutEmpty({
    listings: all('store-listing'),
    pastBindings: all('binding-past'),
    events: byTime(all('events')),
    httpErrors: byTime(all('http-errors')),
    failedRequests: all('failed-request'),
    settings: all('iis-setting'),
    machineSettings: all('machine-setting'),
    revocationChecks: all('revocation-check'),
    notCollected: all('not-collected'),
  });
}

/** By time of the first; those without one come last. */
export const byTime = <T extends { readonly first?: number }>(some: readonly T[]): T[] =>
  some.toSorted((a, b) => (a.first ?? Number.MAX_VALUE) - (b.first ?? Number.MAX_VALUE));

export function withoutEmpty<T extends Record<string, readonly unknown[]>>(lists: T): Partial<T> {
  return Object.fromEntries(Object.entries(lists).filter(([, some]) => some.length > 0)) as Partial<T>;
}
