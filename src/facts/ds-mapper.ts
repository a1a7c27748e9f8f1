import { known, openOf, Unanswered, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { Site } from '../windows/host.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { Trail } from '../windows/trail.ts';
import { WANTED } from '../windows/wanted.ts';
import { field, keyIn } from './endpoint.ts';
import { eachRecord, logonsHere } from './late-asking.ts';
import { messagesWith } from './messages.ts';
import { type OtherValue, otherValues, rewritten } from './past.ts';
import { ask, type Question, type Subject, sisterOf } from './question.ts';
import { idOf } from './records.ts';
import { keysOfSite, sitesOf } from './site.ts';

/** What is the case with `DS Mapper Usage` of a record (DefaultFlags 0x1), whose sites may want it. */
export type MapperState =
  | { readonly is: 'on' }
  /** Off, and nobody misses it. */
  | { readonly is: 'idle'; readonly why: string }
  | {
      readonly is: 'lost' | 'never set';
      readonly key: BindingKey;
      /** What shows that it was on. */
      readonly source?: string;
      readonly since?: number;
      /** The record was read whole, so that it can be written again. */
      readonly isWhole: boolean;
    };

/** The worst state of a record that a site with mapping leads to; where the sites are not known, of any record. */
export const mapperState: Question<MapperState> = (subject) => {
  const states = concerned(subject).map((one) => ask(one, stateOf));
  const ill = states.find((one) => one.is === 'known' && 'key' in one.value);
  const open = states.find((one) => one.is !== 'known');
  const on = states.find((one) => one.is === 'known' && one.value.is === 'on');
  return ill ?? open ?? on ?? states[0] ?? unknown(WANTED.bindings);
};

function concerned(subject: Subject): Subject[] {
  const records = eachRecord(subject);
  const { sites } = subject.host;
  const mapping = sites.is === 'known' ? sites.value.filter((site) => isMapped(subject, [site])) : [];
  if (mapping.length === 0) return records;
  const byId = new Map(records.map((one) => [idOf(one.key!), one]));
  const leading = (site: Site) => [...new Set(keysOfSite(site).flatMap((key) => byId.get(idOf(key)) ?? []))];
  // A record that was not seen is as open as all that is not known of it.
  return mapping.flatMap((site) => {
    const seen = leading(site);
    const [first] = keysOfSite(site);
    return seen.length > 0 || !first ? seen : [sisterOf(subject, first)];
  });
}

const stateOf: Question<MapperState> = (subject) => {
  const trail = new Trail();
  if (trail.read(field(subject, 'dsmapperusage'))) return trail.answer<MapperState>({ is: 'on' });
  const idle = (why: string) => trail.answer<MapperState>({ is: 'idle', why });
  const maps = ask(subject, mapsByDirectory);
  const isMapping = maps.is === 'known' ? trail.read(maps) : null;
  if (isMapping === false) return idle('IIS does not map certificates through Active Directory here');
  const log = ask(subject, unmapped);
  const told = log.is === 'known' ? trail.read(log) : undefined;
  if (told === null) return idle('the log shows nobody who was asked for a password');
  const wasOn = ask(subject, dsMapperWasOn);
  const anew = ask(subject, writtenAnew);
  const state = (is: 'lost' | 'never set', source?: string) =>
    trail.answer<MapperState>({
      is,
      key: keyIn(subject),
      ...(source === undefined ? {} : { source }),
      ...(told?.since === undefined ? {} : { since: told.since }),
      isWhole: field(subject, 'sslctlstorename').is === 'known',
    });
  if (wasOn.is === 'known') return state('lost', trail.read(wasOn).how);
  if (isMapping === null)
    throw new Unanswered(`${WANTED.sites}, or an older output of \`netsh http show sslcert\``);
  if (told?.workedBefore) return state('lost');
  if (told && anew.is === 'known') {
    trail.read(anew);
    return state('lost');
  }
  return state('never set');
};

/** Whether IIS maps certificates to accounts of Active Directory for a site that leads here (domain 5.3). */
const mapsByDirectory: Question<boolean> = (subject) => {
  const sites = ask(subject, sitesOf);
  const on = enabledFor(subject, sites.is === 'known' ? sites.value : undefined);
  if (on.length > 0)
    return known(
      true,
      on.map(({ at }) => at),
    );
  return sites.is === 'known' ? known(false, sites.because) : unknown(WANTED.sites);
};

const isMapped = (subject: Subject, sites: readonly Site[]): boolean => enabledFor(subject, sites).length > 0;

/** Sections that switch it on for the whole server or below one of these sites; for any where they are not known. */
function enabledFor({ picture, host }: Subject, sites: readonly Site[] | undefined) {
  return (picture.settings ?? []).filter(
    ({ host: of, name, value, location }) =>
      of === host.name &&
      name === 'clientCertificateMapping.enabled' &&
      value.toLowerCase() === 'true' &&
      (location === '' ||
        !sites ||
        sites.some((site) => isIn(location.toLowerCase(), site.name.toLowerCase()))),
  );
}

const isIn = (location: string, site: string): boolean =>
  location === site || location.startsWith(`${site}/`);

/** Where the mapper was, or was meant to be, in use. */
const dsMapperWasOn: Question<OtherValue<'dsmapperusage'>> = (subject) => {
  const on = otherValues(subject, 'dsmapperusage').filter(({ value }) => value);
  const [first] = on;
  return first
    ? known(
        first,
        on.flatMap(({ because }) => because),
      )
    : unknown(WANTED_OLDER);
};

/** 401 at paths, set against what came before. */
interface Unmapped {
  /** The same path succeeded before. */
  readonly workedBefore: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly since?: number;
}

/** null: the log has no 401. A box for user name and password instead of certificate logon is one. */
const unmapped: Question<Unmapped | null> = (subject) => {
  const logons = logonsHere(subject);
  const refused = logons.filter((one) => one.status === 401 || (one.status === 403 && one.substatus === 12));
  const said = messagesWith(subject, ['password-asked']);
  const changed = refused.filter((one) => one.successBefore !== undefined);
  const [first] = (changed.length > 0 ? changed : refused).toSorted((a, b) => a.first - b.first);
  if (first || said.length > 0) {
    const because: Locus[] = [
      ...refused.flatMap((one) => [one.at, ...(one.successBefore ? [one.successBefore.at] : [])]),
      ...said.map(({ at }) => at),
    ];
    const since = first ? { since: first.first } : {};
    return known<Unmapped | null>({ workedBefore: changed.length > 0, ...since }, because);
  }
  if (logons.length === 0)
    return unknown('the W3C log of the site (%SystemDrive%\\inetpub\\logs\\LogFiles\\W3SVC<id>\\u_ex*.log)');
  return known(
    null,
    logons.map(({ at }) => at),
  );
};

/** That the record was written anew before logons began to fail: the events of http.sys. */
const writtenAnew: Question<true> = (subject) => {
  const leaf = ask(subject, unmapped);
  if (leaf.is !== 'known') return openOf(leaf);
  const told = leaf.value;
  const events = rewritten(subject).filter(
    ({ time }) => time === undefined || told?.since === undefined || time <= told.since + 60_000,
  );
  return events.length > 0
    ? known(
        true,
        events.map(({ at }) => at),
      )
    : unknown('events 15300 and 15301 of the System log');
};

/** The same for the question whether it was lost: off for as long as is known, only an older record can tell. */
export const mapperKept: Question<MapperState> = (subject) => {
  const state = ask(subject, mapperState);
  return state.is === 'known' && state.value.is === 'never set' ? unknown(WANTED_OLDER) : state;
};

const WANTED_OLDER = 'an older output of `netsh http show sslcert`, or the script that made the record';
