import type { Locus } from '../base/locus.ts';
import type { Found, Outcome } from '../engine/diagnosis.ts';
import type { Evaluation } from '../engine/evaluate.ts';
import { Explanations, rank } from '../engine/rank.ts';
import { fillSentence } from '../engine/sentence.ts';
import type { Picture } from '../picture/picture.ts';
import { pictureToJson } from '../picture/serialize.ts';
import type { Plan } from '../plan/plan.ts';
import { printKey } from '../windows/http-sys/key.ts';
import { HYPOTHESES, type Hypothesis, type HypothesisId } from '../windows/hypotheses.ts';
import { contradictionsOf } from './contradictions.ts';
import { headlineOf } from './headline.ts';
import { reportPlan } from './make-plan.ts';
import type { Entry, EntryVariant, Report, Verdict } from './report.ts';
import { sinceWhen } from './since.ts';
import { timelineOf } from './timeline.ts';
import { withTried } from './tried.ts';
import { inside, listing, sentence, unfinished } from './words.ts';

export interface ReportParts {
  readonly picture: Picture;
  readonly evaluations: readonly Evaluation[];
  /** null: no repair was asked for. */
  readonly plan: Plan | null;
  /** Pages of the diagnoses by id, Markdown. */
  readonly pages: Readonly<Record<string, string>>;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  readonly version: string;
}

/** Joins the words: from here on nothing but the document is needed to read it. */
export function makeReport(parts: ReportParts): Report {
  const { picture, madeAt } = parts;
  const ranked = rank(parts.evaluations).map((one) => withTried(one, picture));
  const explanations = new Explanations(ranked);
  const entries = ranked.map((one) => entryOf(one, explanations, parts));
  const plan = parts.plan && reportPlan(parts.plan);
  const since = sinceWhen(picture, ranked[0]);
  const timeline = timelineOf(picture);
  const verdict = verdictOf(ranked);
  // Few formats write it, and it is as large as the evidence.
  let json: unknown;
  return {
    schema: 'handclasp/report/1',
    tool: { name: 'handclasp', version: parts.version },
    madeAt,
    headline: headlineOf({ verdict, entries, plan, since, timeline, sources: picture.sources }),
    verdict,
    since,
    timeline,
    contradictions: contradictionsOf(picture),
    entries,
    plan,
    sources: picture.sources,
    notes: picture.notes,
    pages: pagesOf(entries, parts.pages),
    get picture() {
      json ??= pictureToJson(picture);
      return json;
    },
  };
}

/** A finding that no step of the plan is for is repaired by hand. */
function howToFix({ diagnosis, outcome }: Evaluation, { plan, pages }: ReportParts): string | null {
  if (outcome.is !== 'found' || !Object.hasOwn(pages, diagnosis.id)) return null;
  const steps = plan ? [...plan.steps, ...plan.advice] : [];
  if (steps.some((step) => step.for.some((ref) => ref.diagnosis === diagnosis.id))) return null;
  return sectionOf(pages[diagnosis.id]!, 'How to fix');
}

/** What stands under a heading of the second level; null where there is none. */
function sectionOf(page: string, heading: string): string | null {
  const [, ...sections] = page.split(/^## /m);
  const found = sections.find((section) => section.startsWith(`${heading}\n`));
  return found?.slice(heading.length).trim() ?? null;
}

/**
 * What is found outweighs what is open, and what is open outweighs what is clear: missing evidence is never health. But
 * a server whose own evidence is whole and in order is clear, also where no client was looked at.
 */
function verdictOf(evaluations: readonly Evaluation[]): Verdict {
  const all = new Set(evaluations.map(({ outcome }) => outcome.is));
  for (const verdict of ['found', 'depends', 'broken'] as const) if (all.has(verdict)) return verdict;
  const servers = evaluations.filter(({ diagnosis }) => diagnosis.about !== 'exchange');
  const told = new Set(servers.map(({ outcome }) => outcome.is));
  const isWhole = told.has('clear') && !told.has('cannot-tell');
  return isWhole || (all.has('clear') && !all.has('cannot-tell')) ? 'clear' : 'cannot-tell';
}

function pagesOf(entries: readonly Entry[], pages: Readonly<Record<string, string>>): Record<string, string> {
  const wanted = entries.filter((one) => one.outcome === 'found' || one.outcome === 'depends');
  const ids = [...new Set(wanted.map((one) => one.diagnosis))].filter((id) => Object.hasOwn(pages, id));
  return Object.fromEntries(ids.map((id) => [id, pages[id]!]));
}

function entryOf(one: Evaluation, explanations: Explanations, parts: ReportParts): Entry {
  const { diagnosis, outcome } = one;
  const settled = settledPoints(one);
  return {
    diagnosis: diagnosis.id,
    title: diagnosis.title,
    severity: diagnosis.severity,
    subject: diagnosis.about === 'exchange' ? AS_A_WHOLE : subjectOf(one.subject),
    outcome: outcome.is,
    sentence: sentenceOf(one, outcome),
    because: becauseOf(outcome),
    wants: wantsOf(outcome),
    question:
      outcome.is === 'depends' ? (hypothesisOf(outcome.hypothesis)?.question ?? outcome.hypothesis) : null,
    variants: outcome.is === 'depends' ? variantsOf(one, outcome) : NONE,
    settled,
    explains: distinct(explanations.effectsOf(one).map((other) => other.diagnosis.id)),
    explainedBy: explanations.causesOf(one)[0]?.diagnosis.id ?? null,
    confidence: confidenceOf(outcome, settled),
    cites: diagnosis.cites,
    howToFix: howToFix(one, parts),
  };
}

/** A host with ten thousand records has a hundred thousand entries of which most have nothing to list. */
const NONE: readonly never[] = [];

const distinct = (all: readonly string[]): readonly string[] => (all.length === 0 ? NONE : [...new Set(all)]);

/** What clients and servers of any make said and did is asked once for everything. */
const AS_A_WHOLE = 'the evidence as a whole';

/** 'hostnameport=www.example.com:443 on WEB01'. */
export function subjectOf(subject: Evaluation['subject']): string {
  const { host, key } = subject;
  if (!key) return host === '' ? 'no host was seen' : host;
  const before = names.get(subject);
  if (before !== undefined) return before;
  const name = host === '' ? printKey(key) : `${printKey(key)} on ${host}`;
  names.set(subject, name);
  return name;
}

/** A record comes up in every diagnosis. */
const names = new WeakMap<Evaluation['subject'], string>();

function confidenceOf(outcome: Outcome, settled: readonly string[]): Entry['confidence'] {
  if (outcome.is === 'depends') return 'depends';
  const isLikely = settled.length > 0 || (outcome.is === 'found' && outcome.likely !== undefined);
  return isLikely ? 'likely' : 'certain';
}

function foundSentence({ diagnosis }: Evaluation, { facts, likely }: Found): string {
  const told = fillSentence(diagnosis.sentence, facts);
  return sentence(likely === undefined ? told : `${unfinished(told)} (likely, not certain: ${likely})`);
}

/** What one outcome says, as a sentence. */
function sentenceOf(one: Evaluation, outcome: Outcome): string {
  switch (outcome.is) {
    case 'found':
      return foundSentence(one, outcome);
    case 'clear':
      return 'Not so here.';
    case 'not-applicable':
      return once(outcome, () => sentence(`does not apply: ${outcome.why}`));
    case 'depends':
      return dependsSentence(one, outcome);
    case 'cannot-tell':
      return once(outcome, () => sentence(`cannot tell; collect ${listing(outcome.wants)}`));
    case 'broken':
      return sentence(`this check failed, which is a fault of ours: ${outcome.error}`);
  }
}

/** Thousands of records may share an outcome. */
function once(outcome: Outcome, say: () => string): string {
  const before = sentences.get(outcome);
  if (before !== undefined) return before;
  const said = say();
  sentences.set(outcome, said);
  return said;
}

const sentences = new WeakMap<Outcome, string>();

type Depends = Extract<Outcome, { is: 'depends' }>;

/** The worst that may be; on what it hangs stands beside it. */
function dependsSentence(one: Evaluation, outcome: Depends): string {
  const found = Object.values(outcome.byVariant).find((under) => under.is === 'found');
  const what = found ? `this is so: ${sentenceOf(one, found)}` : `${inside(one.diagnosis.title)} can be told`;
  return sentence(`it depends on an open point whether ${what}`);
}

function variantsOf(one: Evaluation, outcome: Depends): EntryVariant[] {
  const hypothesis = hypothesisOf(outcome.hypothesis);
  const told = (variant: string) => {
    const known = hypothesis?.variants.find(({ id }) => id === variant);
    return { variant, says: known?.says ?? variant, source: known?.source ?? '' };
  };
  const open = Object.entries(outcome.byVariant).map(([variant, under]) => ({
    ...told(variant),
    outcome: under.is,
    follows: followsOf(one, outcome, under),
    ruledOut: null,
  }));
  const closed = Object.entries(outcome.ruledOut).map(([variant, why]) => ({
    ...told(variant),
    outcome: 'not-applicable' as const,
    follows: '',
    ruledOut: why,
  }));
  return [...open, ...closed];
}

/** Said in full only where it is not what the entry's own sentence says already. */
function followsOf(one: Evaluation, outcome: Depends, under: Outcome): string {
  if (under.is === 'clear') return 'Then it is not so.';
  const told = sentenceOf(one, under);
  return under.is === 'found' && dependsSentence(one, outcome).endsWith(told) ? 'Then it is so.' : told;
}

/** Open points of which the evidence leaves one variant: the point, that variant, and what rules the others out. */
function settledPoints({ settled, ruledOut }: Evaluation): readonly string[] {
  const points = Object.entries(settled);
  if (points.length === 0) return NONE;
  return points.map(([id, how]) => {
    const hypothesis = hypothesisOf(id);
    if (!hypothesis) return sentence(how);
    const out = ruledOut[id] ?? {};
    const holds = hypothesis.variants
      .filter((one) => !Object.hasOwn(out, one.id))
      .map((one) => `«${one.says}»`);
    const others = hypothesis.variants
      .filter((one) => Object.hasOwn(out, one.id))
      .map((one) => `«${one.says}» is ruled out: ${out[one.id]}`);
    return `${hypothesis.question} ${sentence([listing(holds), ...others].join('; '))}`;
  });
}

const hypothesisOf = (id: string): Hypothesis | undefined =>
  Object.hasOwn(HYPOTHESES, id) ? HYPOTHESES[id as HypothesisId] : undefined;

/** Each place once; of a dependent outcome those of every variant. */
function becauseOf(outcome: Outcome): readonly Locus[] {
  const all =
    outcome.is === 'depends'
      ? Object.values(outcome.byVariant).flatMap(becauseOf)
      : outcome.is === 'found' || outcome.is === 'cannot-tell'
        ? (outcome.because ?? [])
        : NONE;
  if (all.length === 0) return NONE;
  const seen = new Set<string>();
  return all.filter((at) => {
    const place = JSON.stringify([at.source, at.line, at.byte, at.text]);
    return seen.has(place) ? false : seen.add(place);
  });
}

function wantsOf(outcome: Outcome): readonly string[] {
  if (outcome.is === 'depends') return [outcome.decidedBy];
  return outcome.is === 'cannot-tell' ? outcome.wants : NONE;
}
