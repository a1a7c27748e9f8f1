import { type Locus, printLocus } from '../base/locus.ts';
import { missingOf } from './arrange.ts';
import type { Entry, Report, ReportPlan, Since } from './report.ts';
import { count, fromThen, inside, listing, moment, momentAfter, unfinished } from './words.ts';

type Known = Pick<Report, 'verdict' | 'entries' | 'plan' | 'since' | 'timeline' | 'sources'>;

/** One sentence: what is wrong, since when, how it is known, what to do. */
export function headlineOf(known: Known): string {
  const [first] = known.entries;
  switch (known.verdict) {
    case 'found':
      return foundHeadline(first!, known);
    case 'depends':
      return dependsHeadline(first!, known.since);
    case 'broken':
      return `One of our checks failed (${first!.diagnosis}), so this report is not whole: ${unfinished(first!.sentence)}.`;
    case 'cannot-tell':
      return cannotTellHeadline(known);
    case 'clear':
      return clearHeadline(known.entries);
  }
}

function foundHeadline(first: Entry, { entries, plan, since, timeline }: Known): string {
  const what = `${unfinished(first.sentence)}${sinceWords(first.sentence, since)}${afterWords(since, timeline)}`;
  const others = entries.filter(
    (one) => one.outcome === 'found' && one !== first && !isExplained(one, first),
  );
  const more = others.length === 0 ? '' : ` (and ${count(others.length, 'more finding')})`;
  return `${what}${knownBy(first.because)}${more}: ${whatToDo(plan)}.`;
}

const isExplained = (one: Entry, cause: Entry): boolean => cause.explains.includes(one.diagnosis);

/** Nothing when the sentence of the diagnosis tells it already. */
function sinceWords(told: string, since: Since | null): string {
  if (!since || /\bsince\b/.test(told)) return '';
  const { firstRefusal, lastSuccess } = since;
  const before = lastSuccess === null ? '' : ` (last success ${momentAfter(firstRefusal, lastSuccess)})`;
  return `, since ${moment(firstRefusal)}${before}`;
}

/** What was done to the server in the hour before refusals began: the nearest change. */
function afterWords(since: Since | null, timeline: Report['timeline']): string {
  const changes = timeline.filter(({ role, offset }) => role === 'change' && isInHourBefore(offset));
  const last = changes.at(-1);
  return since && last ? `, ${fromThen(-last.offset!)} ${last.what}` : '';
}

const isInHourBefore = (offset: number | null): boolean => offset !== null && offset <= 0 && offset > -3600;

/** One place a source is enough here: all of them stand with the finding. */
function knownBy(because: readonly Locus[]): string {
  const firsts = because.filter((at, i) => because.findIndex(({ source }) => source === at.source) === i);
  const places = firsts.slice(0, 3).map(printLocus);
  return places.length === 0 ? '' : `, as ${listing(places)} ${places.length === 1 ? 'shows' : 'show'}`;
}

function whatToDo(plan: ReportPlan | null): string {
  const [step, ...more] = [...(plan?.steps ?? []), ...(plan?.advice ?? [])];
  if (!step) return 'what to do stands below';
  const rest = more.length === 0 ? '' : `, then ${count(more.length, 'more step')}`;
  return `${inside(step.title)}${rest}`;
}

function dependsHeadline(first: Entry, since: Since | null): string {
  const [decides] = first.wants;
  const what = `${unfinished(first.sentence)}${sinceWords(first.sentence, since)}`;
  return `${what}${knownBy(first.because)}; what decides: ${decides ?? 'more evidence'}.`;
}

function cannotTellHeadline({ entries, sources }: Known): string {
  const open = entries.filter((one) => one.outcome === 'cannot-tell');
  const wants = missingOf(open).map(({ want }) => want);
  const collect = wants.length === 0 ? 'the evidence of a Windows host' : listing(wants, 2);
  return `${howLittle(entries, sources)}: collect ${collect}.`;
}

function howLittle(entries: readonly Entry[], sources: Report['sources']): string {
  if (sources.length > 0 && sources.every((one) => one.claims === 0))
    return `Cannot tell, for nothing of use was read from ${listing(sources.map((one) => one.name))}`;
  if (entries.some((one) => one.outcome === 'clear')) return 'Nothing was found, but not all can be told';
  return 'Cannot tell';
}

function clearHeadline(entries: readonly Entry[]): string {
  const clear = entries.filter((one) => one.outcome === 'clear');
  const subjects = new Set(clear.map((one) => one.subject));
  const checks = new Set(clear.map((one) => one.diagnosis));
  const open = entries.filter((one) => one.outcome === 'cannot-tell').length;
  const more =
    open === 0 ? '' : `; ${count(open, 'further cause')} can be told only with what a client shows`;
  return `Nothing found: ${count(checks.size, 'cause')} looked for at ${count(subjects.size, 'place')}, none of them is so${more}.`;
}
