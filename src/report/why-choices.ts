import type { Language } from './lang/language.ts';
import type { CertificatePart, ChoiceRecord, WhyReport } from './why.ts';
import { byUse, shortReason } from './why-clients.ts';

/** What clients do that hold several certificates, arranged for reading. */

export interface ToldChoice {
  /** 'takes 2', 'shows 1 and 3'. */
  readonly answer: string;
  readonly tone: 'good' | 'bad' | 'open';
  /** '' when it holds for every connection. */
  readonly versions: string;
  /** 'the first that fits, in the order given; never 1'. */
  readonly why: string;
}

/** Families that choose alike. */
export interface ChoiceGroup {
  readonly titles: readonly string[];
  readonly choices: readonly ToldChoice[];
}

export function choicesTitle(report: WhyReport, language: Language): string {
  return language.say('choices-title', { count: numbered(report).length });
}

/** The certificates in the order in which they were given: the numbers that the choices name. */
export function namesOfNumbers(report: WhyReport, language: Language): string[] {
  return numbered(report).map(({ subject, issuer, notAfter }, i) => {
    const name = language.say('held-name', { subject, issuer, until: notAfter.slice(0, 10) });
    return `${i + 1}: ${name}`;
  });
}

const numbered = ({ identity, others = [] }: WhyReport) => [
  ...(identity ? [identity] : []),
  ...others.map((one) => one.identity),
];

export function choiceGroups({ choices = [] }: WhyReport, language: Language): ChoiceGroup[] {
  const groups = new Map<string, { titles: string[]; choices: ToldChoice[] }>();
  for (const { title, decisions } of byUse(choices)) {
    const told = merged(decisions, language);
    const key = JSON.stringify(told);
    const group = groups.get(key);
    if (group) group.titles.push(title);
    else groups.set(key, { titles: [title], choices: told });
  }
  return [...groups.values()];
}

/** Choices with the versions that they hold for, equal ones once. */
function merged(decisions: readonly ChoiceRecord[], language: Language): ToldChoice[] {
  const groups = new Map<string, { told: ToldChoice; versions: Set<string> }>();
  for (const decision of decisions) {
    const told = tell(decision, language);
    const key = JSON.stringify(told);
    const group = groups.get(key) ?? { told, versions: new Set() };
    groups.set(key, group);
    group.versions.add(decision.version);
  }
  return [...groups.values()].map(({ told, versions }) => ({
    ...told,
    versions: groups.size === 1 ? '' : language.listing([...versions]),
  }));
}

function tell(decision: ChoiceRecord, language: Language): ToldChoice {
  const lead = leadOf(decision);
  const which = lead ? listed(decision, lead, language) : '';
  return {
    answer: lead ? language.say(`choice-${VERBS[lead]}`, { which }) : language.say('choice-none'),
    tone: toneOfChoice(decision),
    versions: '',
    why: [waysOf(decision, lead, language), ...restOf(decision, lead, language)].join('; '),
  };
}

/** What is told first: the best that becomes of any certificate. */
const LEADS = ['taken', 'shown', 'possible', 'fails'] as const;
type Lead = (typeof LEADS)[number];
const VERBS: Readonly<Record<Lead, string>> = {
  taken: 'takes',
  shown: 'shows',
  possible: 'may',
  fails: 'fails',
};

const leadOf = ({ parts }: ChoiceRecord): Lead | undefined => LEADS.find((part) => parts.includes(part));

function toneOfChoice(decision: ChoiceRecord): ToldChoice['tone'] {
  const lead = leadOf(decision);
  if (lead === 'possible') return decision.offer === 'offered' ? 'good' : 'open';
  return lead === 'taken' || lead === 'shown' ? 'good' : 'bad';
}

/** '1 and 3'; of those of which only one comes about '1 or 3'. */
function listed({ parts }: ChoiceRecord, part: CertificatePart, language: Language): string {
  const numbers = parts.flatMap((one, i) => (one === part ? [String(i + 1)] : []));
  if ((part !== 'possible' && part !== 'spare') || numbers.length < 2)
    return language.listing(numbers, numbers.length);
  return language.say('one-of', { before: numbers.slice(0, -1).join(', '), last: numbers.at(-1)! });
}

/** Why none is taken, where that is not a matter of each certificate by itself. */
const OF_ALL =
  /^(several-without-list|late-|security-level|application-decides|depends-on-store|strict-tls13|no-known-scheme|missing-signature-algorithms)/;
/** Of these ways one certificate decides for all. */
const OF_ONE = new Set(['takes-last-loaded', 'takes-first-of-all']);

function waysOf(decision: ChoiceRecord, lead: Lead | undefined, language: Language): string {
  const { way, rule } = decision;
  const reason = shortReason(decision, language, null);
  if (!way || OF_ALL.test(rule) || (lead === 'possible' && decision.offer === 'unknown')) return reason;
  const how = language.say(`short-${way.id}`);
  if (lead && lead !== 'fails') return how;
  return OF_ONE.has(way.id) || lead === 'fails' ? `${how}: ${reason}` : language.say('none-fits');
}

function restOf(decision: ChoiceRecord, lead: Lead | undefined, language: Language): string[] {
  const { parts, programs } = decision;
  if (!lead) return [];
  const names = { lead: listed(decision, lead, language) };
  const say = (id: string, part: CertificatePart): string[] => {
    const isTold = part !== lead && parts.includes(part);
    return isTold ? [language.say(id, { ...names, which: listed(decision, part, language) })] : [];
  };
  const isSingle = parts.filter((one) => one === lead).length === 1;
  return [
    ...Object.entries(programs).map(([program, which]) => language.say('also-program', { program, which })),
    ...say('also-may', 'possible'),
    ...say('also-fails', 'fails'),
    ...say(isSingle ? 'also-spare' : 'also-spare-of-several', 'spare'),
    ...say('also-never', 'never'),
  ];
}
