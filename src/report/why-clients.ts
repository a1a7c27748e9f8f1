import { type Catalog, type Message, say } from '../base/message.ts';
import { de as clientGerman } from '../clients/words/de.ts';
import { en as clientEnglish } from '../clients/words/en.ts';
import type { Language, LanguageId } from './lang/language.ts';
import type { ClientRow, IdentityRecord, WhyReport } from './why.ts';

/** Clients arranged for reading: who answers alike for the same reason once, the families most in use first. */

/** Families with one answer for one reason. */
export interface ClientGroup {
  readonly titles: readonly string[];
  readonly answers: readonly Answer[];
  /** With the issuing CA at hand, where that changes the answer; '' else. */
  readonly withIssuer: string;
}

export interface Answer {
  readonly offer: string;
  /** '' when it holds for every connection. */
  readonly versions: string;
  /** A few words, by the rule that decided. */
  readonly short: string;
}

/** The families most in use, in this order; others follow in theirs. */
const MAIN = [
  'chrome-windows',
  'chromium-linux',
  'chrome-macos',
  'firefox',
  'java-sunx509',
  'java-pkix',
  'go',
  'dotnet-httpclient',
  'dotnet-sslstream-windows',
  'dotnet-sslstream-linux',
  'openssl',
  'schannel',
];

export function groupsOf(report: Pick<WhyReport, 'clients' | 'identity'>, language: Language): ClientGroup[] {
  const groups = new Map<string, { titles: string[]; answers: Answer[]; withIssuer: string }>();
  for (const row of byUse(report.clients)) {
    const answers = answersOf(row, language, report.identity);
    const withIssuer = row.withIssuer ?? '';
    const key = JSON.stringify([answers, withIssuer]);
    const group = groups.get(key);
    if (group) group.titles.push(row.title);
    else groups.set(key, { titles: [row.title], answers, withIssuer });
  }
  return [...groups.values()];
}

export function byUse<T extends Pick<ClientRow, 'id'>>(clients: readonly T[]): T[] {
  const rank = ({ id }: T) => (MAIN.includes(id) ? MAIN.indexOf(id) : MAIN.length);
  return clients.toSorted((a, b) => rank(a) - rank(b));
}

/** A client's decisions, equal ones once. */
function answersOf(row: ClientRow, language: Language, identity: IdentityRecord | null): Answer[] {
  const groups = new Map<string, { offer: string; short: string; versions: Set<string> }>();
  for (const decision of row.decisions) {
    const reason = shortReason(decision, language, identity);
    const unsure = decision.confidence === 'unverified' && toneOf(decision.offer) !== 'open';
    const short = unsure ? language.say('short-unverified', { text: reason }) : reason;
    const key = `${decision.offer}|${short}`;
    const group = groups.get(key) ?? { offer: decision.offer, short, versions: new Set() };
    groups.set(key, group);
    group.versions.add(conditionOf(decision, row, language));
  }
  return [...groups.values()].map(({ offer, short, versions }) => ({
    offer,
    short,
    versions: groups.size === 1 ? '' : language.listing([...versions]),
  }));
}

type DecisionRecord = ClientRow['decisions'][number];

/** The request that a decision holds for: 'TLS 1.2', and when it came or which list it brought where that varies. */
function conditionOf(
  decision: DecisionRecord,
  { decisions }: Pick<ClientRow, 'decisions'>,
  language: Language,
): string {
  const { version, when = 'handshake', list } = decision;
  const alike = decisions.filter((one) => one.version === version);
  const several = (of: (one: DecisionRecord) => unknown, among: readonly DecisionRecord[]): boolean =>
    new Set(among.map(of)).size > 1;
  const parts = [version];
  if (several((one) => one.when ?? 'handshake', alike)) parts.push(language.say(`moment-${when}`));
  if (list !== undefined && several((one) => one.list, decisions))
    parts.push(language.say('of-list', { number: list + 1 }));
  return parts.join(' ');
}

/** By the rule that decided; a rule without such words is told by the whole sentence. */
export function shortReason(
  decision: Pick<DecisionRecord, 'rule' | 'because' | 'reason'>,
  language: Language,
  identity: IdentityRecord | null,
): string {
  const id = `short-${decision.rule}`;
  return language.has(id) ? language.say(id) : abbreviate(becauseOf(decision, language), identity, language);
}

/** A client's decision in a whole sentence. */
export function becauseOf(
  { because, reason }: Pick<DecisionRecord, 'because' | 'reason'>,
  language: Language,
): string {
  return reason ? (inWords(reason, language) ?? because) : because;
}

/** What would make a client offer it, one sentence each. */
export function changesOf(
  { wouldChange, changes }: Pick<DecisionRecord, 'wouldChange' | 'changes'>,
  language: Language,
): string[] {
  return wouldChange.map((text, i) => (changes?.[i] ? (inWords(changes[i], language) ?? text) : text));
}

/** Words of the client models, by language; null where there are none, so that the English text stands in. */
function inWords(message: Message, { id }: Language): string | null {
  const words = CLIENT_WORDS[id];
  return Object.hasOwn(words, message.id) ? say(words, message) : null;
}

const CLIENT_WORDS: Readonly<Record<LanguageId, Catalog>> = { en: clientEnglish, de: clientGerman };

export interface Remedy {
  readonly remedy: string;
  /** Titles of the clients that it helps. */
  readonly clients: readonly string[];
}

/** Each advice once, and for whom; what helps most of them first. */
export function remediesOf(report: Pick<WhyReport, 'clients' | 'identity'>, language: Language): Remedy[] {
  const groups = new Map<string, Set<string>>();
  for (const row of byUse(report.clients))
    for (const remedy of row.decisions.flatMap((one) => changesOf(one, language))) {
      const told = abbreviate(remedy, report.identity, language);
      groups.set(told, (groups.get(told) ?? new Set()).add(row.title));
    }
  return [...groups]
    .map(([remedy, clients]) => ({ remedy, clients: [...clients] }))
    .toSorted((a, b) => b.clients.length - a.clients.length);
}

/** The issuer's name stands above the table; in each row it would only hide what differs. */
function abbreviate(text: string, identity: IdentityRecord | null, language: Language): string {
  if (!identity) return text;
  const name = `«${identity.issuer}»`;
  return language
    .say('issuer-nouns')
    .split('|')
    .reduce((told, noun) => told.replaceAll(`${noun} ${name}`, noun), text)
    .replaceAll(name, language.say('the-issuing-ca'));
}

/** How an offer is to be painted. */
export function toneOf(offer: string): 'good' | 'bad' | 'open' {
  if (offer === 'offered' || offer === 'prompted') return 'good';
  return offer === 'unknown' ? 'open' : 'bad';
}

/** A client is as good as its worst answer; null without one. */
export function toneOfRow(row: Pick<ClientRow, 'decisions'> | undefined): 'good' | 'bad' | 'open' | null {
  const tones = row?.decisions.map(({ offer }) => toneOf(offer)) ?? [];
  return (['bad', 'open', 'good'] as const).find((tone) => tones.includes(tone)) ?? null;
}

/** 'offered'; several, as the versions of TLS answered differently, joined. */
export function sayOffer(offers: string, language: Language): string {
  return offers
    .split(', ')
    .map((offer) => (language.has(`offer-${offer}`) ? language.say(`offer-${offer}`) : offer))
    .join(', ');
}

/** 'What clients do with «CN=jdoe», issued by «CN=Example Issuing CA»'. */
export function clientsTitle({ identity }: Pick<WhyReport, 'identity'>, language: Language): string {
  const { subject = '?', issuer = '?' } = identity ?? {};
  return language.say('clients-title', { subject, issuer });
}

const HELPED = 6;

/** Whom a remedy helps: the titles, or that it is all who need one. */
export function sayHelped(
  titles: readonly string[],
  { clients }: Pick<WhyReport, 'clients'>,
  language: Language,
): string {
  const inNeed = clients.filter((row) => row.decisions.some((one) => one.wouldChange.length > 0));
  if (titles.length === inNeed.length && titles.length > HELPED) return language.say('helps-all');
  const shown = titles.length > HELPED ? titles.slice(0, HELPED) : titles;
  const left = titles.length - shown.length;
  const more = left > 0 ? [language.say('and-more', { count: left })] : [];
  return [...shown, ...more].join('; ');
}

/** A client in full. */
export interface ClientDetails {
  readonly title: string;
  readonly answers: readonly {
    readonly offer: string;
    /** 'TLS 1.2: withheld: The list names …' */
    readonly text: string;
    /** 'rule issuer-not-listed, observed'. */
    readonly rule: string;
  }[];
  readonly source: string;
}

export function detailsOf({ clients }: Pick<WhyReport, 'clients'>, language: Language): ClientDetails[] {
  return byUse(clients).map((row) => ({
    title: row.title,
    answers: mergedOf(row, language).map(({ decision, versions }) => {
      const text = `${sayOffer(decision.offer, language)}: ${becauseOf(decision, language)}`;
      const all =
        versions.length === new Set(row.decisions.map((one) => conditionOf(one, row, language))).size;
      const confidence = language.say(`confidence-${decision.confidence}`);
      return {
        offer: decision.offer,
        text: all ? text : language.say('in-versions', { versions: language.listing(versions), text }),
        rule: language.say('rule', { rule: decision.rule, confidence }),
      };
    }),
    source: row.source,
  }));
}

/** A client's decisions with the versions that they hold for, equal ones once. */
function mergedOf(
  row: ClientRow,
  language: Language,
): { readonly decision: DecisionRecord; readonly versions: string[] }[] {
  const groups = new Map<string, { decision: DecisionRecord; versions: string[] }>();
  for (const decision of row.decisions) {
    const key = `${decision.offer}|${decision.because}`;
    const group = groups.get(key) ?? { decision, versions: [] };
    groups.set(key, group);
    const condition = conditionOf(decision, row, language);
    if (!group.versions.includes(condition)) group.versions.push(condition);
  }
  return [...groups.values()];
}
