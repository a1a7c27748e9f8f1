import type { Language } from './lang/language.ts';
import type { AgainRecord, ListRecord, ProbeRecord, WhyReport } from './why.ts';
import { baseLabel, labelAmong } from './why-label.ts';
import { isSameList, requestsIn, type TimedRequest } from './why-requests.ts';

/** A certificate that is asked for again on the same connection: for the same, or for something else? */

/** Each later request of a connection against its first; connections that went alike once. */
export function recordAgain(
  probes: readonly ProbeRecord[],
  lists: readonly Pick<ListRecord, 'names'>[],
): AgainRecord[] {
  const sideOf = ({ when, authorities }: TimedRequest) => ({
    when,
    list: lists.findIndex(({ names }) => isSameList(names, authorities)),
  });
  const groups = new Map<string, { record: Omit<AgainRecord, 'probes'>; probes: number[] }>();
  for (const [i, probe] of probes.entries()) {
    const [first, ...others] = requestsIn(probe);
    for (const other of others) {
      const record = { first: sideOf(first!), later: sideOf(other), differ: differ(first!, other) };
      const key = JSON.stringify(record);
      const group = groups.get(key) ?? { record, probes: [] };
      groups.set(key, group);
      if (!group.probes.includes(i)) group.probes.push(i);
    }
  }
  return [...groups.values()].map(({ record, probes: of }) => ({ probes: of, ...record }));
}

function differ(a: TimedRequest, b: TimedRequest): AgainRecord['differ'] {
  const isSame = (one: readonly string[] | null, other: readonly string[] | null) =>
    one?.join() === other?.join();
  return [
    ...(isSameList(a.authorities, b.authorities) ? [] : (['list'] as const)),
    ...(isSame(a.certificateTypes, b.certificateTypes) ? [] : (['types'] as const)),
    ...(isSame(a.signatureAlgorithms, b.signatureAlgorithms) ? [] : (['algorithms'] as const)),
  ];
}

type Compared = Pick<WhyReport, 'probes' | 'lists' | 'again'>;

export const sayAgain = (report: Compared, language: Language): string[] =>
  (report.again ?? []).map((one) => sayOne(one, report, language));

function sayOne(again: AgainRecord, report: Compared, language: Language): string {
  const { probes } = report;
  const labels = again.probes.map(
    (i) => labelAmong(probes[i]!, probes, language) || baseLabel(probes, language),
  );
  const facts = {
    where: language.listing([...new Set(labels)]),
    first: language.say(`moment-${again.first.when}`),
    later: language.say(`moment-${again.later.when}`),
  };
  if (again.differ.length === 0) return language.say('again-same', facts);
  const differences = again.differ.flatMap((what) => sayDifference(what, again, report, language));
  return language.say('again-differs', { ...facts, differences: differences.join('; ') });
}

const NAMED = 4;

function sayDifference(
  what: AgainRecord['differ'][number],
  again: AgainRecord,
  { probes, lists }: Compared,
  language: Language,
): string[] {
  if (what === 'list') return sayLists(lists[again.first.list]!, lists[again.later.list]!, language);
  const [first, ...others] = requestsIn(probes[again.probes[0]!]!);
  const later = others.find(({ when, authorities }) => {
    const { names } = lists[again.later.list]!;
    return when === again.later.when && isSameList(authorities, names);
  })!;
  const namesOf = (one: TimedRequest) =>
    (what === 'types' ? one.certificateTypes : one.signatureAlgorithms)?.join(', ') || '-';
  return [language.say(`again-${what}`, { first: namesOf(first!), later: namesOf(later) })];
}

function sayLists(first: ListRecord, later: ListRecord, language: Language): string[] {
  const only = (here: ListRecord, there: ListRecord): string[] => {
    const known = new Set(there.names.map(({ sha256 }) => sha256));
    return here.names.filter(({ sha256 }) => !known.has(sha256)).map(({ name }) => name);
  };
  const told = [
    { id: 'again-only-first', names: only(first, later) },
    { id: 'again-only-later', names: only(later, first) },
  ].filter(({ names }) => names.length > 0);
  if (told.length === 0) return [language.say('again-order')];
  return told.map(({ id, names }) => language.say(id, { names: language.listing(names, NAMED) }));
}
