import type { Message } from '../base/message.ts';
import type { ProbeRecord, WhyReport } from './why.ts';
import { byUse, toneOfRow } from './why-clients.ts';
import { statusOf } from './why-end.ts';

/** What an answer says otherwise than an earlier one to the same question: for --since and --watch. */

type Answered = Pick<WhyReport, 'probes' | 'clients'>;

export function changesBetween(before: Answered, after: Answered): Message[] {
  const reach = reachChanges(before, after);
  // Of a server that cannot be reached nothing else is known.
  if (reach.some(({ id }) => id === 'change-gone') || !isReached(after)) return reach;
  if (!isReached(before)) return reach;
  return [
    ...reach,
    ...askChanges(before, after),
    ...nameChanges(before, after),
    ...clientChanges(before, after),
    ...statusChanges(before, after),
  ];
}

/** Whether any connection told something of the server. */
export const isReached = ({ probes }: Pick<WhyReport, 'probes'>): boolean =>
  probes.some((probe) => probe.completed || probe.request !== null);

function reachChanges(before: Answered, after: Answered): Message[] {
  const [was, is] = [isReached(before), isReached(after)];
  if (was === is) return [];
  if (is) return [{ id: 'change-back', facts: {} }];
  const end = after.probes[0]?.ending;
  const why = end?.detail ?? end?.alert;
  return [{ id: 'change-gone', facts: why === undefined ? {} : { why } }];
}

function askChanges(before: Answered, after: Answered): Message[] {
  const asks = ({ probes }: Answered) => probes.some(({ request }) => request !== null);
  if (asks(before) === asks(after)) return [];
  return [{ id: asks(after) ? 'change-asks' : 'change-asks-not', facts: {} }];
}

/** So many are told one by one. */
const SINGLE = 5;

function nameChanges(before: Answered, after: Answered): Message[] {
  const [was, is] = [namesOf(before), namesOf(after)];
  if (was === null || is === null) return [];
  const added = [...is].filter(([key]) => !was.has(key)).map(([, name]) => name);
  const removed = [...was].filter(([key]) => !is.has(key)).map(([, name]) => name);
  return [...nameMessages('added', added), ...nameMessages('removed', removed)];
}

function nameMessages(what: 'added' | 'removed', names: readonly string[]): Message[] {
  if (names.length <= SINGLE) return names.map((name) => ({ id: `change-name-${what}`, facts: { name } }));
  return [{ id: `change-names-${what}`, facts: { count: names.length, name: names[0]! } }];
}

/** Names of all lists by their hash; null when no connection was asked. */
function namesOf({ probes }: Answered): Map<string, string> | null {
  const requests = probes.flatMap(({ request }) => request ?? []);
  if (requests.length === 0) return null;
  return new Map(requests.flatMap(({ authorities }) => authorities.map((one) => [one.sha256, one.name])));
}

function clientChanges(before: Answered, after: Answered): Message[] {
  const changed = { good: [] as string[], open: [] as string[], bad: [] as string[] };
  for (const row of byUse(after.clients)) {
    const earlier = before.clients.find(({ id }) => id === row.id);
    const [was, is] = [toneOfRow(earlier), toneOfRow(row)];
    if (was !== null && is !== null && was !== is) changed[is].push(row.title);
  }
  return (['good', 'open', 'bad'] as const).flatMap((tone) => {
    const [client, ...others] = changed[tone];
    if (client === undefined) return [];
    const facts = { client, ...(others.length > 0 ? { others: others.length } : {}) };
    return [{ id: `change-clients-${tone}`, facts }];
  });
}

function statusChanges(before: Answered, after: Answered): Message[] {
  const sides = [
    { id: 'change-status-none', of: bare },
    { id: 'change-status-shown', of: (probe: ProbeRecord) => !bare(probe) },
  ];
  return sides.flatMap(({ id, of }) => {
    const [was, is] = [answersOf(before, of), answersOf(after, of)];
    return was === '' || is === '' || was === is ? [] : [{ id, facts: { before: was, after: is } }];
  });
}

const bare = ({ askedWith }: ProbeRecord): boolean => askedWith.certificate === 'none';

function answersOf({ probes }: Answered, of: (probe: ProbeRecord) => boolean): string {
  const asked = probes.filter(of);
  return [...new Set(asked.map(statusOf).filter((status) => status !== null))].sort().join(', ');
}
