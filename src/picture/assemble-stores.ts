import { type Known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { Reading } from '../evidence/read.ts';
import type { Host, StoredCertificate } from '../windows/host.ts';
import { spelledStore, storeKey } from '../windows/stores/names.ts';
import { wantedStore } from '../windows/wanted.ts';
import type { HostParts } from './host-parts.ts';
import { claimsThat, groupBy, isLater, settle } from './settle.ts';

type Certificates = readonly StoredCertificate[];

/** A store in one source. */
interface SeenStore {
  readonly reading: Reading;
  readonly certificates: Certificates;
  /** Where the source says that this is all of it. */
  readonly whole: Locus | undefined;
}

/** Stores by lower-case name; one that was seen in part only is unknown, and says so. */
export function assembleStores(parts: HostParts): Host['stores'] {
  const seen = new Map<string, SeenStore[]>();
  for (const reading of parts.readings) {
    for (const [name, one] of storesIn(reading)) seen.set(name, [...(seen.get(name) ?? []), one]);
  }
  const certificates = certificatesByThumbprint(parts);
  for (const reading of parts.readings)
    for (const [name, one] of listedIn(reading, certificates))
      seen.set(name, [...(seen.get(name) ?? []), one]);
  return new Map([...seen].map(([name, all]) => [name, assembleStore(name, all, parts)]));
}

function storesIn(reading: Reading): [string, SeenStore][] {
  const certificates = groupBy(claimsThat(reading, 'store-certificate'), (one) => storeKey(one.store));
  const whole = new Map(claimsThat(reading, 'store-whole').map((one) => [storeKey(one.store), one.at]));
  return [...new Set([...certificates.keys(), ...whole.keys()])].map((name) => [
    name,
    {
      reading,
      certificates: distinct(
        (certificates.get(name) ?? []).map(({ thumbprint, certificate, at }) => ({
          thumbprint,
          certificate,
          because: [at],
        })),
      ),
      whole: whole.get(name),
    },
  ]);
}

function certificatesByThumbprint(parts: HostParts): ReadonlyMap<string, StoredCertificate> {
  const all = parts.readings.flatMap((reading) => [
    ...claimsThat(reading, 'store-certificate'),
    ...claimsThat(reading, 'certificate'),
  ]);
  return new Map(
    all.map(({ thumbprint, certificate, at }) => [thumbprint, { thumbprint, certificate, because: [at] }]),
  );
}

/**
 * Stores that a text lists to the end, where other sources have every certificate that it names (domain 8.5: the
 * logical store; the registry beside it has its parts, of which none is the whole).
 */
function listedIn(
  reading: Reading,
  certificates: ReadonlyMap<string, StoredCertificate>,
): [string, SeenStore][] {
  return claimsThat(reading, 'store-listing').flatMap(
    ({ store, of = 'machine', whole, certificates: listed, at }) => {
      if (store === undefined || of !== 'machine' || !whole) return [];
      const held = listed.flatMap(({ thumbprint }) => certificates.get(thumbprint ?? '') ?? []);
      if (held.length < listed.length) return [];
      return [[storeKey(store), { reading, certificates: distinct(held), whole: at }]];
    },
  );
}

function assembleStore(name: string, seen: readonly SeenStore[], parts: HostParts): Known<Certificates> {
  const words = seen.flatMap(({ reading, certificates, whole }) =>
    whole ? [{ reading, leaf: { is: 'known' as const, value: certificates, because: [whole] } }] : [],
  );
  const settled = settle<Certificates>(words, sameSet);
  const parted = seen.filter((one) => !one.whole);
  if (!settled) return unknown(`${wantedStore(name)} (${seenInPart(parted)})`);
  for (const { reading } of settled.superseded) parts.supersede(reading, `the store ${spelledStore(name)}`);
  if (settled.leaf.is !== 'known') return settled.leaf;
  const has = new Set(settled.leaf.value.map((one) => one.thumbprint));
  const newest = seen.filter((one) => one.whole).at(-1)!.reading;
  const strange = parted.filter((one) => one.certificates.some(({ thumbprint }) => !has.has(thumbprint)));
  if (strange.some((one) => words.every(({ reading }) => isLater(one.reading, reading)))) {
    return unknown(`${wantedStore(name)} again (${seenInPart(strange)}, after ${newest.source} was taken)`);
  }
  for (const one of strange) {
    if (words.some(({ reading }) => isLater(reading, one.reading))) continue;
    const missing = one.certificates.find(({ thumbprint }) => !has.has(thumbprint))!;
    const message = `certificate ${missing.thumbprint} is not in the whole export of ${spelledStore(name)}, ${newest.source}: it was left out`;
    parts.note(missing.because[0] ?? { source: one.reading.source }, message);
  }
  return settled.leaf;
}

function seenInPart(seen: readonly SeenStore[]): string {
  const count = distinct(seen.flatMap((one) => one.certificates)).length;
  const names = seen.map((one) => one.reading.source);
  const shown = names.length > 3 ? `${names.length} files` : names.join(', ');
  return `${count} of its certificates were seen in ${shown}`;
}

/** The first of each thumbprint. */
function distinct(all: Certificates): Certificates {
  return [...new Map(all.toReversed().map((one) => [one.thumbprint, one])).values()].reverse();
}

const sameSet = (a: Certificates, b: Certificates): boolean => thumbprints(a) === thumbprints(b);
const thumbprints = (all: Certificates): string =>
  all
    .map((one) => one.thumbprint)
    .sort()
    .join(' ');
