import type { Locus, Note } from '../base/locus.ts';

/** The document that renderers read; words already joined, so that it stays readable when its rules are gone. */
export interface Report {
  readonly schema: 'handclasp/report/1';
  readonly tool: { readonly name: 'handclasp'; readonly version: string };
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** What is wrong, since when, how it is known, what to do. */
  readonly headline: string;
  readonly verdict: 'found' | 'clear' | 'depends' | 'cannot-tell' | 'broken';
  readonly entries: readonly Entry[];
  readonly plan: ReportPlan | null;
  readonly sources: readonly { readonly name: string; readonly kind: string; readonly claims: number }[];
  readonly notes: readonly Note[];
  /** The picture as claims, so that `fix --from` and later rules can work on it; see picture/serialize.ts. */
  readonly picture: unknown;
}

export interface Entry {
  readonly diagnosis: string;
  readonly title: string;
  readonly severity: string;
  /** 'hostnameport=www.example.com:443 on WEB01'. */
  readonly subject: string;
  readonly outcome: 'found' | 'clear' | 'not-applicable' | 'depends' | 'cannot-tell' | 'broken';
  readonly sentence: string;
  readonly because: readonly Locus[];
  /** For depends and cannot-tell: what would decide. */
  readonly wants: readonly string[];
  readonly variants: readonly {
    readonly variant: string;
    readonly says: string;
    readonly outcome: string;
    readonly ruledOut: string | null;
  }[];
  /** Ids of entries that this one explains. */
  readonly explains: readonly string[];
  readonly confidence: 'certain' | 'likely' | 'depends';
  /** Markdown of the diagnosis's page. */
  readonly page: string;
}

export interface ReportPlan {
  readonly steps: readonly {
    readonly title: string;
    readonly commands: readonly string[];
    readonly undo: readonly string[];
    readonly notes: readonly string[];
  }[];
  /** What will be on the wire and in the diagnoses afterwards, by the model. */
  readonly foreseen: readonly string[];
  /** Why the plan may not be applied automatically; empty when it may. */
  readonly refusals: readonly string[];
}
