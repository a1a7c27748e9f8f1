import type { Note } from '../base/locus.ts';
import type { Claim } from '../evidence/claims.ts';
import type { Reading } from '../evidence/read.ts';
import type { Host } from '../windows/host.ts';
import { assembleHost } from './assemble-host.ts';
import { groupByHost } from './group-by-host.ts';
import { HostParts } from './host-parts.ts';
import { byTime, observedOf, withoutEmpty } from './observed.ts';
import type { PastHost, Picture } from './picture.ts';
import { bySnapshot, claimsThat } from './settle.ts';
import { storesByName } from './stores-by-name.ts';
import { ageOrder, timeTaken } from './when-taken.ts';

export type { Picture } from './picture.ts';

/**
 * Puts readings together. Within one snapshot (an hour) sources that disagree make a conflict; what is older and
 * differs becomes history. What nobody told stays unknown.
 */
export function assemble(given: readonly Reading[]): Picture {
  const readings = storesByName(given);
  const { groups, notes: groupNotes } = groupByHost(readings.filter(tellsOfAHost));
  const notes: Note[] = [...readings.flatMap((reading) => reading.notes), ...groupNotes];
  const hosts: Host[] = [];
  const history: PastHost[] = [];
  for (const group of groups) {
    const parts = new HostParts(group.readings);
    hosts.push(assembleHost(group.name, parts));
    notes.push(...parts.notes, ...supersededNotes(parts));
    history.push(...pastOf(group.name, parts));
  }
  return {
    hosts,
    logons: readings.flatMap((one) => claimsThat(one, 'logons')).sort((a, b) => a.first - b.first),
    handshakes: readings
      .flatMap((one) => claimsThat(one, 'certificate-request'))
      .sort((a, b) => (a.time ?? Number.MAX_VALUE) - (b.time ?? Number.MAX_VALUE)),
    certificates: readings.flatMap((one) => claimsThat(one, 'certificate')),
    sources: readings.map(({ source, kind, also = [], claims }) => ({
      name: source,
      kind: kind === null ? 'not recognised' : [kind, ...also].join(' + '),
      claims: claims.length,
    })),
    notes,
    ...(history.length > 0 ? { history: history.sort((a, b) => (b.takenAt ?? 0) - (a.takenAt ?? 0)) } : {}),
    ...observedOf(groups),
    ...toldByPrograms(readings),
  };
}

/** Handshakes and loose certificates can be anybody's; all else is of a Windows host. */
const ANYBODYS: ReadonlySet<Claim['says']> = new Set([
  'certificate-request',
  'certificate',
  'handshakes-unread',
  'request-in-words',
  'program-message',
  'service',
]);

const tellsOfAHost = (reading: Reading): boolean => reading.claims.some(({ says }) => !ANYBODYS.has(says));

/** What is not of a Windows host; kinds of which nothing was seen are absent. */
function toldByPrograms(
  readings: readonly Reading[],
): Pick<Picture, 'unread' | 'requestsInWords' | 'messages' | 'services'> {
  const all = <S extends Claim['says']>(says: S) => readings.flatMap((one) => claimsThat(one, says));
  return withoutEmpty({
    unread: all('handshakes-unread'),
    requestsInWords: all('request-in-words'),
    messages: byTime(all('program-message')),
    services: all('service'),
  });
}

function supersededNotes(parts: HostParts): Note[] {
  return [...parts.superseded].map(([reading, what]) => {
    const said = [...what];
    const shown =
      said.length > 3 ? `${said.slice(0, 3).join(', ')} and ${said.length - 3} more` : said.join(', ');
    const message = `older than other evidence and different (${shown}): the newest counts, this is kept as history`;
    return { at: { source: reading.source }, message };
  });
}

/**
 * The host of each older snapshot in which some source says otherwise. A file that its name calls earlier and that was
 * copied with the others has no time that could be told.
 */
function pastOf(name: string, parts: HostParts): PastHost[] {
  const past: PastHost[] = [];
  let later = Number.POSITIVE_INFINITY;
  let left = parts.readings.filter((reading) => ageOrder(reading) !== undefined);
  while (left.length > 0) {
    const { current, older } = bySnapshot(left, (reading) => reading);
    const newest = Math.max(...current.flatMap((reading) => timeTaken(reading) ?? []));
    if (current.some((reading) => parts.superseded.has(reading))) {
      const taken = Number.isFinite(newest) && newest < later ? { takenAt: newest } : {};
      past.push({ ...taken, host: assembleHost(name, new HostParts(current)) });
    }
    later = Math.min(later, newest);
    left = older;
  }
  return past;
}
