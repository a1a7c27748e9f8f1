import { type Known, known, unknown } from '../base/known.ts';
import type { SchannelValue } from '../evidence/claims.ts';
import { emptyHost, type Host, type Schannel, type Site } from '../windows/host.ts';
import { WANTED } from '../windows/wanted.ts';
import { assembleBindings } from './assemble-bindings.ts';
import { assembleStores } from './assemble-stores.ts';
import type { HostParts } from './host-parts.ts';
import { notPlaced, placeFolderAccess } from './place-folder-access.ts';
import { claimsThat, settle, type Word } from './settle.ts';

/** One host from all that was read of it; what nobody told stays unknown with what would tell. */
export function assembleHost(name: string, parts: HostParts): Host {
  const empty = emptyHost(name);
  return {
    ...empty,
    build: build(parts) ?? empty.build,
    ...assembleBindings(parts),
    schannel: schannel(parts, empty.schannel),
    stores: assembleStores(parts),
    sites: sites(parts) ?? empty.sites,
  };
}

function build(parts: HostParts): Host['build'] | null {
  const seen = parts.readings.flatMap((reading) =>
    claimsThat(reading, 'build').map((claim) => ({ reading, claim })),
  );
  const named = seen.filter(({ claim }) => !claim.byShape);
  const words = (named.length > 0 ? named : seen).map(({ reading, claim }) => ({
    reading,
    leaf: known(claim.build, [claim.at]),
  }));
  return decide(words, (a, b) => a === b, 'the Windows version', parts);
}

const VALUES: readonly (readonly [keyof Schannel, SchannelValue['name']])[] = [
  ['sendTrustedIssuerList', 'SendTrustedIssuerList'],
  ['clientAuthTrustMode', 'ClientAuthTrustMode'],
  ['eventLogging', 'EventLogging'],
];

function schannel(parts: HostParts, empty: Schannel): Schannel {
  const leaves = VALUES.map(([leaf, name]) => [leaf, schannelValue(name, parts) ?? empty[leaf]]);
  return Object.fromEntries(leaves) as unknown as Schannel;
}

/** A value that a whole key lacks is absent on the host. */
function schannelValue(name: SchannelValue['name'], parts: HostParts): Known<number | undefined> | null {
  const words = parts.readings.flatMap((reading): Word<number | undefined>[] => {
    const values = claimsThat(reading, 'schannel-value').filter((claim) => claim.name === name);
    if (values.length > 0) return values.map(({ value, at }) => ({ reading, leaf: known(value, [at]) }));
    return claimsThat(reading, 'schannel-key-whole').map(({ at }) => ({
      reading,
      leaf: known(undefined, [at]),
    }));
  });
  return decide(words, (a, b) => a === b, name, parts);
}

function sites(parts: HostParts): Host['sites'] | null {
  const lists = parts.readings.map((reading) => ({
    reading,
    whole: claimsThat(reading, 'sites-whole')[0],
    sites: claimsThat(reading, 'site').map(({ id, name, bindings, access, at }) => ({
      id,
      name,
      bindings,
      access: access.map((rule) => ({ path: rule.path, sslFlags: rule.sslFlags, because: [rule.at] })),
      because: [at],
    })),
  }));
  const words = lists.flatMap((list) =>
    list.whole ? [{ reading: list.reading, leaf: known<readonly Site[]>(list.sites, [list.whole.at]) }] : [],
  );
  if (words.length > 0) {
    const decided = decide(words, sameSites, 'the sites', parts);
    return decided?.is === 'known'
      ? known(placeFolderAccess(decided.value, parts), decided.because)
      : decided;
  }
  for (const rule of parts.readings.flatMap((reading) => claimsThat(reading, 'folder-access')))
    parts.note(rule.at, notPlaced(rule));
  const parted = lists.filter((list) => list.sites.length > 0);
  if (parted.length === 0) return null;
  const names = parted.map((list) => list.reading.source).join(', ');
  return unknown(`${WANTED.sites}, whole (${names} shows some sites; others may exist)`);
}

/** What the configuration says, without where it says it. */
function sameSites(a: readonly Site[], b: readonly Site[]): boolean {
  const told = (all: readonly Site[]): string =>
    JSON.stringify(
      all
        .toSorted((one, other) => one.id - other.id)
        .map(({ id, name, bindings, access }) => [
          id,
          name,
          bindings,
          access.map((rule) => [rule.path, rule.sslFlags]),
        ]),
    );
  return told(a) === told(b);
}

function decide<T>(
  words: readonly Word<T>[],
  same: (a: T, b: T) => boolean,
  what: string,
  parts: HostParts,
): Known<T> | null {
  const settled = settle(words, same);
  for (const { reading } of settled?.superseded ?? []) parts.supersede(reading, what);
  return settled?.leaf ?? null;
}
