import { fromBase64 } from '../base/base64.ts';
import { toHex } from '../base/bytes.ts';
import { answerOf, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { Site } from '../windows/host.ts';
import { sameKey } from '../windows/http-sys/key.ts';
import { WANTED } from '../windows/wanted.ts';
import { fieldOf } from './endpoint.ts';
import { eventsWith } from './events.ts';
import { ask, type Question, type Subject } from './question.ts';
import { recordsShown, wholeListing } from './records.ts';
import { keysOfSite } from './site.ts';

/** A certificate hash of the old metabase (property 5506), which the compatibility layer writes into http.sys again. */
export interface StaleHash {
  /** 'LM/W3SVC/1' */
  readonly key: string;
  /** SHA-1 in lower-case hex. */
  readonly hash: string;
  /** The site of that number, by its name. */
  readonly site?: string;
  readonly because: readonly Locus[];
}

/** Those that were read; none: the configuration was read whole and has none. */
export const staleHashes: Question<readonly StaleHash[]> = (subject) => {
  const { picture, host } = subject;
  const told = (picture.settings ?? []).filter(
    (one) => one.host === host.name && one.name === 'metabase.5506',
  );
  if (told.length === 0) {
    if (host.sites.is !== 'known') return unknown(WANTED.sites);
    return known([], host.sites.because);
  }
  const sites = host.sites.is === 'known' ? host.sites.value : [];
  const hashes = told.map(({ location, value, at }): StaleHash => {
    const site = siteOf(location, sites);
    return {
      key: location,
      hash: hashIn(value),
      ...(site ? { site: site.name } : {}),
      because: [at],
    };
  });
  return known(
    hashes,
    told.map(({ at }) => at),
  );
};

function hashIn(base64: string): string {
  try {
    return toHex(fromBase64(base64));
  } catch {
    return base64;
  }
}

const siteOf = (location: string, sites: readonly Site[]): Site | undefined =>
  sites.find(({ id }) => location.toLowerCase() === `lm/w3svc/${id}`);

/** What shows that a stale hash is being written back. */
export type Overwriting =
  | 'records were deleted and made'
  | 'the record has that certificate again'
  | 'the record is gone';

export const overwriting: Question<Overwriting> = (subject) => {
  const stale = answerOf(ask(subject, staleHashes));
  const again = flippedBack(subject, stale);
  if (again.length > 0) return known('the record has that certificate again', again);
  const events = eventsWith(subject, 'HttpEvent', [15300, 15301]);
  if (events.length > 0)
    return known(
      'records were deleted and made',
      events.map(({ at }) => at),
    );
  const gone = missing(subject, stale);
  if (gone.length > 0) return known('the record is gone', gone);
  return unknown(
    'the System log with events 15300 and 15301 of HttpEvent (`wevtutil epl System System.evtx`)',
  );
};

/** The record has the stale hash now, and an older snapshot shows another. */
function flippedBack({ picture, host }: Subject, stale: readonly StaleHash[]): Locus[] {
  return recordsShown(host).flatMap((record) => {
    const now = fieldOf(record, 'certhash');
    if (now.is !== 'known' || !stale.some(({ hash }) => hash === now.value)) return [];
    const before = (picture.history ?? [])
      .filter((past) => past.host.name === host.name)
      .flatMap((past) => recordsShown(past.host).filter(({ key }) => sameKey(key, record.key)))
      .map((old) => fieldOf(old, 'certhash'))
      .find((old) => old.is === 'known' && old.value !== now.value);
    return before?.is === 'known' ? [...now.because, ...before.because] : [];
  });
}

/** The site has an https binding, and a whole listing has no record for it. */
function missing(subject: Subject, stale: readonly StaleHash[]): Locus[] {
  const { host } = subject;
  const whole = ask(subject, wholeListing);
  if (whole.is !== 'known' || host.sites.is !== 'known') return [];
  const records = recordsShown(host);
  const sites = host.sites.value.filter(({ name }) => stale.some(({ site }) => site === name));
  return sites.flatMap((site) => {
    const keys = keysOfSite(site);
    const isServed = keys.length === 0 || keys.some((key) => records.some((one) => sameKey(one.key, key)));
    return isServed ? [] : [...site.because, ...whole.because];
  });
}
