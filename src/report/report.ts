import type { Locus, Note } from '../base/locus.ts';

/** The document that renderers read; words already joined, so that it stays readable when its rules are gone. */
export interface Report {
  readonly schema: 'handclasp/report/1';
  readonly tool: { readonly name: 'handclasp'; readonly version: string };
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** What is wrong, since when, how it is known, what to do. */
  readonly headline: string;
  readonly verdict: Verdict;
  /** Since when logons are refused at the endpoint of the first finding; null when the evidence does not say. */
  readonly since: Since | null;
  /** What happened when, as far as the evidence has times. */
  readonly timeline: readonly Moment[];
  /** Points on which the sources disagree. */
  readonly contradictions: readonly Contradiction[];
  /** In the order in which they are told: found first, a cause before what it explains. */
  readonly entries: readonly Entry[];
  readonly plan: ReportPlan | null;
  readonly sources: readonly { readonly name: string; readonly kind: string; readonly claims: number }[];
  readonly notes: readonly Note[];
  /** Markdown of the pages of the diagnoses that are found or open, by id. */
  readonly pages: Readonly<Record<string, string>>;
  /** The picture as claims, so that `fix --from` and later rules can work on it; see picture/serialize.ts. */
  readonly picture: unknown;
}

export type Verdict = 'found' | 'clear' | 'depends' | 'cannot-tell' | 'broken';
export type OutcomeName = Verdict | 'not-applicable';

/** Times are ISO 8601 UTC. */
export interface Since {
  readonly firstRefusal: string;
  readonly lastSuccess: string | null;
  readonly count: number;
}

export interface Moment {
  /** ISO 8601 UTC. */
  readonly time: string;
  /** Seconds after the first refusal, negative before it; null where no refusal was seen. */
  readonly offset: number | null;
  readonly what: string;
  readonly at: Locus;
  readonly role: 'refusal' | 'success' | 'change' | 'snapshot' | 'other';
}

export interface Contradiction {
  /** 'SendTrustedIssuerList on WEB01'. */
  readonly what: string;
  /** 'a.reg:4 says 1'. */
  readonly sides: readonly string[];
  readonly because: readonly Locus[];
}

export interface Entry {
  readonly diagnosis: string;
  readonly title: string;
  readonly severity: string;
  /** 'hostnameport=www.example.com:443 on WEB01'. */
  readonly subject: string;
  readonly outcome: OutcomeName;
  readonly sentence: string;
  readonly because: readonly Locus[];
  /** For depends and cannot-tell: what would decide. */
  readonly wants: readonly string[];
  /** For depends: the point on which sources disagree. */
  readonly question: string | null;
  /** What follows under each variant of it, those that the evidence rules out included. */
  readonly variants: readonly EntryVariant[];
  /** Open points that the evidence has decided: the point, the variant that holds, and what rules the others out. */
  readonly settled: readonly string[];
  /** Ids of entries that this one explains. */
  readonly explains: readonly string[];
  /** Id of the finding that accounts for this one. */
  readonly explainedBy: string | null;
  /**
   * certain: no open point, or all its variants agree. likely: evidence has ruled variants out, or the sentence says on
   * what it rests.
   */
  readonly confidence: 'certain' | 'likely' | 'depends';
  readonly cites: readonly string[];
  /** Of a finding for which the plan has no step: how its page says to repair it, Markdown; else null. */
  readonly howToFix: string | null;
}

export interface EntryVariant {
  readonly variant: string;
  readonly says: string;
  readonly source: string;
  readonly outcome: OutcomeName;
  /** What follows, as a sentence; empty for a variant that is ruled out. */
  readonly follows: string;
  readonly ruledOut: string | null;
}

export interface ReportPlan {
  readonly steps: readonly ReportStep[];
  /** Steps for a person alone, never applied and not in the forecast. */
  readonly advice: readonly ReportStep[];
  /** What will be on the wire and in the diagnoses afterwards, by the model. */
  readonly foreseen: readonly string[];
  /** Findings that want different values for the same thing. */
  readonly conflicts: readonly string[];
  /** Why the plan may not be applied automatically; empty when it may. */
  readonly refusals: readonly string[];
}

export interface ReportStep {
  readonly title: string;
  /** 'WEB01', or with the record where the title does not name it. */
  readonly target: string;
  /** Lines ready to paste into cmd.exe. */
  readonly commands: readonly string[];
  /** The same for PowerShell; empty when `commands` do in both. */
  readonly powershell: readonly string[];
  readonly undo: readonly string[];
  readonly notes: readonly string[];
}
