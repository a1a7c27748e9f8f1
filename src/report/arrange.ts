import type { Locus } from '../base/locus.ts';
import type { Entry, Report, ReportPlan } from './report.ts';
import { unfinished } from './words.ts';

/** A report in the groups in which every format for people tells it. Groups, never judges. */
export interface Arranged {
  /** In the order of the report; the plan stands behind them. */
  readonly found: readonly Entry[];
  /** Dependent and broken entries, and those in which the model does not explain what was seen. */
  readonly open: readonly Entry[];
  /** What was looked for and is not so: a title and where. */
  readonly clear: readonly TitledSubjects[];
  /** What could not be told, by the evidence that would tell; what would tell most comes first. */
  readonly missing: readonly { readonly want: string; readonly titles: readonly string[] }[];
  /** Entries that do not apply. */
  readonly notApplicable: number;
}

export interface TitledSubjects {
  readonly title: string;
  readonly subjects: readonly string[];
}

export function arrange({ entries }: Pick<Report, 'entries'>): Arranged {
  const of = (...outcomes: Entry['outcome'][]) => entries.filter((one) => outcomes.includes(one.outcome));
  const told = settledOnce([
    ...of('found'),
    ...of('depends', 'broken', 'cannot-tell').filter((one) => !lacksEvidence(one) && !isFolded(one)),
  ]);
  return {
    found: told.filter((one) => one.outcome === 'found'),
    open: told.filter((one) => one.outcome !== 'found'),
    clear: [...grouped(of('clear'), (one) => [one.title])].map(([title, all]) => ({
      title,
      subjects: all.map((one) => one.subject),
    })),
    missing: missingOf(of('cannot-tell').filter(lacksEvidence)),
    notApplicable: of('not-applicable').length,
  };
}

export const missingOf = (entries: readonly Entry[]): Arranged['missing'] =>
  [...grouped(entries, (one) => one.wants)]
    .map(([want, all]) => ({ want, titles: [...new Set(all.map((one) => one.title))] }))
    .sort((a, b) => b.titles.length - a.titles.length);

/** What the evidence decides holds for every entry; it is told with the first. */
function settledOnce(entries: readonly Entry[]): Entry[] {
  const seen = new Set<string>();
  return entries.map((one) => {
    const settled = one.settled.filter((point) => !seen.has(point));
    for (const point of settled) seen.add(point);
    return { ...one, settled };
  });
}

/** An open point that a finding accounts for is named there; it goes when the cause goes. */
const isFolded = ({ outcome, explainedBy }: Entry): boolean => outcome === 'depends' && explainedBy !== null;

/** Nothing was seen that would tell; else something was seen that should not be. */
const lacksEvidence = ({ outcome, because }: Entry): boolean =>
  outcome === 'cannot-tell' && because.length === 0;

function grouped(
  entries: readonly Entry[],
  namesOf: (one: Entry) => readonly string[],
): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const one of entries)
    for (const name of namesOf(one)) {
      const group = groups.get(name);
      if (group) group.push(one);
      else groups.set(name, [one]);
    }
  return groups;
}

/** Whether the headline has said it already, so that the entry need not. */
export const isInHeadline = ({ headline }: Pick<Report, 'headline'>, { sentence }: Entry): boolean =>
  headline.startsWith(unfinished(sentence));

/** Conflicts stand among the refusals too, and are told on their own. */
export const refusalsToTell = ({ refusals, conflicts }: ReportPlan): string[] =>
  refusals.filter((why) => !conflicts.includes(why));

const LONGEST_QUOTE = 160;

/** The line that an entry stands on, on one line and not too long; empty when the place carries no text. */
export function quote({ text }: Locus): string {
  const line = (text ?? '').replace(/[\t ]+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)} …` : line;
}
