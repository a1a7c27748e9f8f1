import type { ClientRow, IdentityRecord, ProbeRecord, RequestRecord, WhyReport } from './why.ts';
import { count, listing } from './words.ts';

/** One issuer list that was seen, and the connections that brought it. */
export interface SeenList {
  /** 'TLS 1.2 and TLS 1.3, SNI www.example.com'. */
  readonly label: string;
  readonly request: RequestRecord;
}

/** Equal lists once, in the order in which they were seen. */
export function listsOf({ probes }: Pick<WhyReport, 'probes'>): SeenList[] {
  const groups = new Map<string, { probes: ProbeRecord[]; request: RequestRecord }>();
  for (const probe of probes) {
    if (!probe.request) continue;
    const key = keyOf(probe.request);
    const group = groups.get(key);
    if (group) group.probes.push(probe);
    else groups.set(key, { probes: [probe], request: probe.request });
  }
  return [...groups.values()].map((group) => ({ label: labelOf(group.probes), request: group.request }));
}

const keyOf = (request: RequestRecord): string => request.authorities.map((one) => one.sha256).join();

/** How the connections of one list are told from others: versions, and the server name. */
export function labelOf(probes: readonly ProbeRecord[]): string {
  const versions = [...new Set(probes.map((probe) => probe.version))];
  const names = [...new Set(probes.map(sniOf))];
  return `${listing(versions)}, ${listing(names)}`;
}

export const sniOf = ({ serverName }: ProbeRecord): string =>
  serverName === null ? 'no SNI' : `SNI ${serverName}`;

/** What one connection saw and another did not, as sentences; empty when all saw the same. */
export function differencesOf({ probes }: Pick<WhyReport, 'probes'>): string[] {
  const reached = probes.filter((probe) => probe.completed || probe.request !== null);
  const asking = reached.filter((probe) => probe.request !== null);
  const silent = reached.filter((probe) => probe.request === null);
  const told: string[] = [];
  if (asking.length > 0 && silent.length > 0)
    told.push(`Asked for a certificate with ${labelOf(asking)}, not with ${labelOf(silent)}.`);
  const [first, ...others] = listsOf({ probes });
  for (const other of others) told.push(...compare(first!, other));
  return told;
}

const NAMED = 4;

function compare(a: SeenList, b: SeenList): string[] {
  const onlyIn = (one: SeenList, than: SeenList) => {
    const known = new Set(than.request.authorities.map(({ sha256 }) => sha256));
    return one.request.authorities.filter(({ sha256 }) => !known.has(sha256)).map(({ name }) => name);
  };
  const sides = [
    { here: a, only: onlyIn(a, b) },
    { here: b, only: onlyIn(b, a) },
  ].filter(({ only }) => only.length > 0);
  if (sides.length === 0)
    return [`The list with ${b.label} has the same names as with ${a.label}, in another order.`];
  return sides.map(({ here, only }) => `Only with ${here.label}: ${listing(only, NAMED)}.`);
}

/** A client's row: who fails first, then who depends, then who offers it. */
export interface ToldClient {
  readonly title: string;
  readonly answers: readonly Answer[];
  /** With the issuing CA at hand, where that changes the answer; '' else. */
  readonly withIssuer: string;
  /** Named where an answer is not verified. */
  readonly source: string | null;
}

export interface Answer {
  readonly offer: string;
  /** '' when it holds for every connection. */
  readonly versions: string;
  readonly because: string;
}

const ORDER = { bad: 0, open: 1, good: 2 } as const;

export function clientsOf(report: Pick<WhyReport, 'clients' | 'identity'>): ToldClient[] {
  const worst = (row: ClientRow) => Math.min(...row.decisions.map(({ offer }) => ORDER[toneOf(offer)]));
  return report.clients
    .toSorted((a, b) => worst(a) - worst(b))
    .map((row) => ({
      title: row.title,
      answers: answersOf(row).map((one) => ({ ...one, because: abbreviate(one.because, report.identity) })),
      withIssuer: row.withIssuer ?? '',
      source: row.decisions.some((one) => one.confidence === 'unverified') ? row.source : null,
    }));
}

/** A client's decisions, equal ones once. */
function answersOf(row: ClientRow): Answer[] {
  const groups = new Map<string, ClientRow['decisions'][number][]>();
  for (const decision of row.decisions) {
    const key = `${decision.offer}|${decision.because}`;
    groups.set(key, [...(groups.get(key) ?? []), decision]);
  }
  return [...groups.values()].map((group) => ({
    offer: group[0]!.offer,
    because: group[0]!.because,
    versions: groups.size === 1 ? '' : listing([...new Set(group.map((one) => one.version))]),
  }));
}

/** What would make clients offer it, each advice once, and for whom; what helps most of them first. */
export function remediesOf(
  report: Pick<WhyReport, 'clients' | 'identity'>,
): { readonly remedy: string; readonly clients: readonly string[] }[] {
  const groups = new Map<string, Set<string>>();
  for (const row of report.clients)
    for (const remedy of row.decisions.flatMap((one) => one.wouldChange)) {
      const told = abbreviate(remedy, report.identity);
      groups.set(told, (groups.get(told) ?? new Set()).add(row.title));
    }
  return [...groups]
    .map(([remedy, clients]) => ({ remedy, clients: [...clients] }))
    .toSorted((a, b) => b.clients.length - a.clients.length);
}

/** The issuer's name stands above the table; in each row it would only hide what differs. */
function abbreviate(text: string, identity: IdentityRecord | null): string {
  if (!identity) return text;
  const name = `«${identity.issuer}»`;
  return ['issuer', 'issuing CA']
    .reduce((told, noun) => told.replaceAll(`${noun} ${name}`, noun), text)
    .replaceAll(name, 'the issuing CA');
}

/** How an offer is to be painted. */
export function toneOf(offer: string): 'good' | 'bad' | 'open' {
  if (offer === 'offered' || offer === 'prompted') return 'good';
  return offer === 'unknown' ? 'open' : 'bad';
}

/** 'names 3 issuers (212 bytes)'. */
export function listTitle({ authorities, authoritiesLength }: RequestRecord): string {
  if (authorities.length === 0) return 'No issuers are named: any will do';
  return `${count(authorities.length, 'acceptable issuer')}, ${authoritiesLength} bytes`;
}

/** 'What each client does with CN=jdoe, issued by CN=Example Issuing CA'. */
export function clientsTitle({ identity }: Pick<WhyReport, 'identity'>): string {
  if (!identity) return 'What each client does with the certificate';
  return `What each client does with «${identity.subject}», issued by «${identity.issuer}»`;
}
