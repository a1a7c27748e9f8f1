import type { Message } from '../base/message.ts';
import type { Language } from './lang/language.ts';
import type { ChoiceRow, ClientRow, WhyReport } from './why.ts';
import { showingOf } from './why-certificates.ts';
import { byUse, shortReason, toneOf, toneOfRow } from './why-clients.ts';
import { sayEnd, statusOf } from './why-end.ts';
import { labelOf } from './why-label.ts';
import { acceptanceOf, answerWithout } from './why-verdict.ts';

/** The answer in one sentence: what the clients will do, because of what, and whether the server would take it. */
export function sayHeadline(report: Answered, language: Language): string {
  const { id, facts } = headlineOf(report, language);
  return language.say(id, facts);
}

type Answered = Pick<WhyReport, 'probes' | 'clients' | 'identity' | 'lists' | 'mine' | 'others' | 'choices'>;

function headlineOf(report: Answered, language: Language): Message {
  const where = whereOf(report);
  if (!report.probes.some(({ request }) => request !== null)) return notAsked(report, where, language);
  const facts = { where, when: whenOf(report, language) };
  if (report.identity === null && report.mine) return ofStores(report.mine, facts, language);
  if (report.identity === null || report.clients.length === 0) return asks(report, facts);
  if (report.choices) return ofSeveral(report, report.choices, where, language);
  return forCertificate(report, facts, language);
}

/** 'www.example.com:443'. */
export function whereOf({ probes }: Pick<WhyReport, 'probes'>): string {
  const first = probes[0];
  return first ? `${first.serverName ?? first.target.host}:${first.target.port}` : '?';
}

function notAsked({ probes }: Answered, where: string, language: Language): Message {
  const reached = probes.filter(({ completed }) => completed);
  if (reached.length === 0) {
    const end = probes[0] ? sayEnd(probes[0].ending, language) : '';
    return { id: 'headline-cannot-tell', facts: { where, end } };
  }
  const statuses = [...new Set(reached.map(statusOf).filter((status) => status !== null))];
  const facts = { where, ...(statuses.length > 0 ? { status: language.listing(statuses) } : {}) };
  // A request after the GET would have come under TLS 1.2; under TLS 1.3 only to who announces it.
  const late = reached.find((probe) => probe.http !== null && /^TLS 1\.[0-2]$/.test(probe.version));
  return late
    ? { id: 'headline-not-asked', facts: { ...facts, path: late.target.path } }
    : { id: 'headline-not-asked-early', facts };
}

/** When it asks, and with what, where that is not always and at once. */
function whenOf({ probes }: Answered, language: Language): string {
  // A resumed handshake asks for none, whatever the server wants (RFC 8446 4.3.2, RFC 5246 7.3).
  const fresh = probes.filter(({ askedWith }) => askedWith.resumed !== true);
  const reached = fresh.filter((probe) => probe.completed || probe.asks !== null);
  const asking = reached.filter(({ asks }) => asks !== null);
  const late = asking.find(({ asks }) => asks !== 'handshake');
  const early = asking.some(({ asks }) => asks === 'handshake');
  const when = language.say(late && !early ? `when-${late.asks}` : 'when-handshake');
  const label = asking.length < reached.length ? labelOf(asking, reached, language) : '';
  return label === '' ? when : when + language.say('when-only', { label });
}

function asks({ lists }: Answered, facts: Message['facts']): Message {
  const count = Math.max(...lists.map((list) => list.count));
  return count === 0
    ? { id: 'headline-asks-any', facts }
    : { id: 'headline-asks-list', facts: { ...facts, count } };
}

/** The user's own question: which of mine? */
function ofStores(
  mine: NonNullable<WhyReport['mine']>,
  facts: Message['facts'],
  language: Language,
): Message {
  const shown = mine
    .filter((row) => showingOf(row) === 'good')
    .map(({ identity }) => `«${identity.subject}»`);
  const which = mine.length === 0 ? 'empty' : shown.length === 0 ? 'none' : 'some';
  const names = language.listing([...new Set(shown)], 3);
  return {
    id: `headline-mine-${which}`,
    facts: { ...facts, count: mine.length, shown: shown.length, names },
  };
}

/** Which of several gets through with most clients, and what the server makes of that. */
function ofSeveral(
  report: Answered,
  choices: readonly ChoiceRow[],
  where: string,
  language: Language,
): Message {
  const given = [report.identity!, ...(report.others ?? []).map((one) => one.identity)];
  const offering = given.map((_, i) => choices.filter((row) => isOffered(row, i)).length);
  const few = Math.max(...offering);
  const best = offering.indexOf(few);
  const facts = {
    ...{ where, few, count: given.length, number: best + 1, subject: given[best]!.subject },
    all: choices.length,
    ...answersTo({ probes: report.probes.filter((one) => showsNumber(one, best)) }, language),
  };
  return { id: few === 0 ? 'headline-several-none' : 'headline-several', facts };
}

const isOffered = ({ decisions }: ChoiceRow, i: number): boolean =>
  decisions.every(({ parts }) => parts[i] === 'taken' || parts[i] === 'shown');

const showsNumber = ({ askedWith }: Answered['probes'][number], i: number): boolean =>
  askedWith.certificate === (i === 0 ? 'shown' : i + 1);

function forCertificate(report: Answered, { where, when }: Message['facts'], language: Language): Message {
  const { clients, identity, lists } = report;
  const failing = byUse(clients).filter((row) => toneOfRow(row) === 'bad');
  const open = byUse(clients).filter((row) => toneOfRow(row) === 'open');
  const facts: Record<string, string | number> = {
    where: where!,
    when: when!,
    all: clients.length,
    ...answersTo(report, language),
  };
  // Titles hold commas, and so do lists of them.
  const exceptions = [...failing, ...open].map(({ title }) => title.replaceAll(', ', '/'));
  if (exceptions.length === 0) return { id: 'headline-offered', facts };
  if (exceptions.length <= clients.length / FEW) {
    const others = language.listing(exceptions, NAMED);
    return { id: 'headline-nearly', facts: { ...facts, few: clients.length - exceptions.length, others } };
  }
  const decisive = failing.length > 0 ? failing : open;
  const { rule, because } = mostUsual(decisive);
  const reason = shortReason(because, language, identity);
  if (failing.length === 0) {
    return { id: 'headline-depends', facts: { ...facts, few: clients.length - open.length, reason } };
  }
  const share = failing.length / clients.length;
  const many = language.say(share === 1 ? 'many-all' : share > 0.5 ? 'many-most' : 'many-some');
  const told = { ...facts, many, few: failing.length };
  if (rule !== 'issuer-not-listed') return { id: 'headline-withheld', facts: { ...told, reason } };
  const count = Math.max(...lists.map((list) => list.count));
  return { id: 'headline-not-listed', facts: { ...told, issuer: identity!.issuer, count } };
}

/** One in so many is an exception. */
const FEW = 5;
const NAMED = 3;

/** The rule that most of these clients go by, and one decision by it. */
function mostUsual(rows: readonly ClientRow[]): { rule: string; because: ClientRow['decisions'][number] } {
  const decisions = rows.map((row) => row.decisions.find(({ offer }) => toneOf(offer) === toneOfRow(row))!);
  const count = (rule: string) => decisions.filter((one) => one.rule === rule).length;
  const because = decisions.toSorted((a, b) => count(b.rule) - count(a.rule))[0]!;
  return { rule: because.rule, because };
}

/** Whether the server takes it when it is sent all the same. */
function answersTo(report: Pick<WhyReport, 'probes'>, language: Language): Record<string, string> {
  const acceptance = acceptanceOf(report);
  if (!acceptance) return {};
  const { accepted, answer } = acceptance;
  const said = typeof answer === 'string' ? answer : sayEnd(answer.ending, language);
  return accepted ? { accepted: said } : { refused: said };
}

/** What limits or qualifies the answer. */
export function remarksOf(report: Pick<WhyReport, 'probes' | 'identity'>): Message[] {
  const { identity, probes } = report;
  const asked = probes.some(({ request }) => request !== null);
  if (!identity || !asked) return [];
  if (!identity.hasPrivateKey) return [{ id: 'remark-no-key', facts: {} }];
  const acceptance = acceptanceOf(report);
  const status = answerWithout(report);
  if (!acceptance || status === null || acceptance.answer !== status) return [];
  return [{ id: acceptance.accepted ? 'remark-open-without' : 'remark-forbidden-both', facts: { status } }];
}
