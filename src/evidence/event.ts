import type { Locus } from '../base/locus.ts';
import type { EventCase, EventsSeen } from './claims.ts';
import { clip } from './line-locus.ts';
import type { ReadContext } from './reader.ts';
import type { XmlElement } from './xml.ts';

/** One event of a Windows log, from whatever text or file. */
export interface SeenEvent {
  readonly provider: string;
  readonly id: number;
  readonly level?: number;
  readonly computer?: string;
  /** Milliseconds since 1970 UTC. */
  readonly time?: number;
  readonly data: Readonly<Record<string, string>>;
  readonly at: Locus;
}

/** Sources that bear on certificate logon (domain 4.5, 1.6, 7.20). */
const PROVIDERS =
  /^(?:Schannel|Microsoft-Windows-Schannel-Events|HTTP|HttpEvent|Microsoft-Windows-Http(?:Event|Service|Log)|Microsoft-Windows-CAPI2|KDC|Microsoft-Windows-Kerberos-Key-Distribution-Center|Microsoft-Windows-Security-Kerberos|WAS|Microsoft-Windows-WAS|W3SVC|Microsoft-Windows-IIS-.+|Microsoft-Windows-CertificateServicesClient.*)$/i;

export const matters = (provider: string): boolean => PROVIDERS.test(provider);

const MOST_GROUPS = 1000;
const MOST_CASES = 16;
const MOST_OTHER_PROVIDERS = 1000;

interface Group {
  readonly provider: string;
  readonly id: number;
  readonly level: number | undefined;
  readonly computer: string | undefined;
  readonly cases: Map<string, Counted & { readonly data: EventCase['data'] }>;
  others: number;
  readonly all: Counted;
}

interface Counted {
  count: number;
  first: number | undefined;
  last: number | undefined;
  at: Locus;
  lastAt: Locus;
}

/** Counts events in bounded memory: by source, number and computer, and a few kinds of data each. */
export class EventTally {
  readonly #groups = new Map<string, Group>();
  readonly #otherProviders = new Map<string, number>();
  #left = 0;
  #seen = 0;

  get seen(): number {
    return this.#seen;
  }

  add(event: SeenEvent): void {
    this.#seen++;
    if (!matters(event.provider)) {
      const times = this.#otherProviders.get(event.provider);
      if (times !== undefined || this.#otherProviders.size < MOST_OTHER_PROVIDERS)
        this.#otherProviders.set(event.provider, (times ?? 0) + 1);
      return;
    }
    const key = `${event.provider.toLowerCase()} ${event.id} ${event.computer ?? ''}`;
    const group = this.#groups.get(key) ?? this.#open(key, event);
    if (!group) return;
    count(group.all, event);
    const data = JSON.stringify(event.data);
    const one = group.cases.get(data);
    if (one) count(one, event);
    else if (group.cases.size < MOST_CASES) group.cases.set(data, { data: event.data, ...begin(event) });
    else group.others++;
  }

  #open(key: string, event: SeenEvent): Group | null {
    if (this.#groups.size >= MOST_GROUPS) {
      this.#left++;
      return null;
    }
    const { provider, id, level, computer } = event;
    const all = { ...begin(event), count: 0 };
    const group = { provider, id, level, computer, cases: new Map(), others: 0, all };
    this.#groups.set(key, group);
    return group;
  }

  claim(context: ReadContext): void {
    const { source } = context;
    const computers = new Set<string>();
    for (const group of this.#groups.values()) {
      context.claim(claimOf(group));
      const name = group.computer?.split('.')[0]?.slice(0, LONGEST_NAME);
      if (!name || computers.has(name.toLowerCase())) continue;
      computers.add(name.toLowerCase());
      context.claim({ says: 'host-name', name, at: group.all.at });
    }
    const others = [...this.#otherProviders.values()].reduce((sum, times) => sum + times, 0);
    if (others > 0) {
      const all = this.#groups.size === 0;
      const message = `${others} events of ${this.#otherProviders.size} other sources were passed over${all ? ': wanted are those of Schannel, HttpEvent, CAPI2 and KDC' : ''}`;
      context.note({ at: { source }, message });
    }
    if (this.#left > 0)
      context.note({
        at: { source },
        message: `${this.#left} events more than ${MOST_GROUPS} kinds: left out`,
      });
  }
}

/** Of NetBIOS, by which other evidence names a computer. */
const LONGEST_NAME = 15;

function begin({ time, at }: SeenEvent): Counted {
  return { count: 1, first: time, last: time, at, lastAt: at };
}

/** By time where it is known, else by the order of the log. */
function count(counted: Counted, { time, at }: SeenEvent): void {
  counted.count++;
  if (time === undefined) counted.lastAt = at;
  else {
    if (counted.first === undefined || time < counted.first) [counted.first, counted.at] = [time, at];
    if (counted.last === undefined || time >= counted.last) [counted.last, counted.lastAt] = [time, at];
  }
}

function claimOf({ provider, id, level, computer, cases, others, all }: Group): EventsSeen {
  return {
    says: 'events',
    provider,
    id,
    ...(level === undefined ? {} : { level }),
    ...(computer ? { computer } : {}),
    count: all.count,
    ...span(all),
    cases: [...cases.values()].map((one) => ({ data: one.data, count: one.count, ...span(one), at: one.at })),
    others,
    at: all.at,
    lastAt: all.lastAt,
  };
}

const span = ({ first, last }: Counted): { first?: number; last?: number } => ({
  ...(first === undefined ? {} : { first }),
  ...(last === undefined ? {} : { last }),
});

/** The event of an <Event> element, of evtx or of XML; null where it lacks source or number. */
export function eventOf(element: XmlElement, at: Locus): SeenEvent | null {
  const system = element.children.find((child) => child.name === 'System');
  const inSystem = (name: string): XmlElement | undefined =>
    system?.children.find((one) => one.name === name);
  const provider = inSystem('Provider')?.attributes;
  const name = provider?.get('Name') || provider?.get('EventSourceName');
  const id = Number(inSystem('EventID')?.text.trim() || Number.NaN);
  if (!name || !Number.isInteger(id)) return null;
  const level = Number(inSystem('Level')?.text.trim() || Number.NaN);
  const computer = inSystem('Computer')?.text.trim();
  const time = timeOf(inSystem('TimeCreated')?.attributes.get('SystemTime') ?? '');
  return {
    provider: name,
    id,
    ...(Number.isInteger(level) ? { level } : {}),
    ...(computer ? { computer } : {}),
    ...(time === undefined ? {} : { time }),
    data: matters(name) ? dataOf(element) : {},
    at,
  };
}

/** UTC, with up to seven places: '2020-08-05T12:16:37.9333292Z'. */
export function timeOf(text: string): number | undefined {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?Z$/.exec(text.trim());
  if (!found) return undefined;
  const time = Date.parse(`${found[1]}.${(found[2] ?? '0').padEnd(3, '0')}Z`);
  return Number.isNaN(time) ? undefined : time;
}

const MOST_VALUES = 16;
const LONGEST_VALUE = 200;
/** Differ from event to event and tell nothing. */
const VOLATILE =
  /^(?:ContextHandle|CorrelationAuxInfo\..*|EventAuxInfo\.impersonateToken|.*\.(?:chainRef|fileRef|xmlns|TaskId|SeqNumber)|ProcessId|ThreadId|ActivityID)$/i;
/** Of long ones these are kept first: the results of CAPI2. */
const FIRST =
  /^(?:Result\.value|ErrorStatus\..*|Certificate\.subjectName|URL|.*Endpoint|EventAuxInfo\.ProcessName)$/;

/** Named data; for structures the first of each element and attribute: 'Certificate.subjectName'. */
function dataOf(event: XmlElement): Record<string, string> {
  const found = new Map<string, string>();
  const keep = (name: string, value: string): void => {
    const text = value.trim();
    if (text !== '' && !VOLATILE.test(name) && !found.has(name)) found.set(name, text);
  };
  for (const part of event.children) {
    if (part.name === 'EventData') {
      for (const [i, one] of part.children.entries()) keep(one.attributes.get('Name') ?? String(i), one.text);
    } else if (part.name === 'UserData') {
      for (const left = [...part.children]; left.length > 0; ) {
        const one = left.shift()!;
        keep(one.name, one.text);
        for (const [name, value] of one.attributes) keep(`${one.name}.${name}`, value);
        left.unshift(...one.children);
        if (found.size > 10 * MOST_VALUES) break;
      }
    }
  }
  return bounded(found);
}

export function bounded(found: ReadonlyMap<string, string>): Record<string, string> {
  const names = [...found.keys()];
  const kept = [...names.filter((name) => FIRST.test(name)), ...names.filter((name) => !FIRST.test(name))];
  const entries = kept.slice(0, MOST_VALUES).map((name) => [name, cutOff(found.get(name)!)]);
  return Object.fromEntries(entries);
}

const cutOff = (text: string): string => clip(text).slice(0, LONGEST_VALUE);

/** What stands in the text of events that have no data beside it, by number and in order (domain 4.5, 1.6). */
const IN_TEXT: Readonly<Record<number, readonly string[]>> = {
  36870: ['ErrorCode', 'ErrorStatus'],
  36871: ['ErrorState'],
  36887: ['AlertDesc'],
  36888: ['AlertDesc', 'ErrorState'],
  15021: ['Endpoint'],
  15300: ['Endpoint'],
  15301: ['Endpoint'],
  15302: ['Endpoint'],
};

/** Numbers and endpoints from the description, in whichever language it is. */
export function dataInText(id: number, text: string): Record<string, string> {
  const names = IN_TEXT[id];
  if (!names) return {};
  const shape =
    names[0] === 'Endpoint'
      ? /(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.%]+\]|[\w.-]+\.[\w.-]+):\d{1,5}/gi
      : /\b0x[0-9a-f]{1,8}\b|(?<![\w.,])\d{1,10}(?![\w]|[.,]\d)/gi;
  // Newer builds end with the process and its number.
  const values = (text.match(shape) ?? []).slice(0, names.length);
  return values.length < names.length ? {} : Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

/** The same for values that are known in order but not by name. */
export function dataInOrder(id: number, values: readonly string[]): Record<string, string> {
  const names = IN_TEXT[id] ?? [];
  return bounded(new Map(values.map((value, i) => [names[i] ?? String(i), value])));
}
