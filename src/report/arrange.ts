import type { Locus } from '../base/locus.ts';
import type { Entry, Report } from './report.ts';

/** A report in the groups in which every format for people tells it. Groups, never judges. */
export interface Arranged {
  /** Found, dependent and broken entries, in the order of the report. */
  readonly told: readonly Entry[];
  /** What was looked for and is not so: a title and where. */
  readonly clear: readonly TitledSubjects[];
  /** What could not be told, by the evidence that would tell. */
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
  return {
    told: of('found', 'depends', 'broken'),
    clear: [...grouped(of('clear'), (one) => [one.title])].map(([title, all]) => ({
      title,
      subjects: all.map((one) => one.subject),
    })),
    missing: [...grouped(of('cannot-tell'), (one) => one.wants)].map(([want, all]) => ({
      want,
      titles: [...new Set(all.map((one) => one.title))],
    })),
    notApplicable: of('not-applicable').length,
  };
}

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

const LONGEST_QUOTE = 160;

/** The line that an entry stands on, on one line and not too long; empty when the place carries no text. */
export function quote({ text }: Locus): string {
  const line = (text ?? '').replace(/[\t ]+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)} …` : line;
}
