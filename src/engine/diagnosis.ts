import type { Known } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { Change } from '../changes/change.ts';
import type { Question } from '../facts/question.ts';

export type { Question, Subject } from '../facts/question.ts';

/** The handle in which a need arrives: reading `.value` of an unknown one ends the check as cannot-tell. */
export interface Given<T> {
  readonly known: boolean;
  readonly value: T;
  readonly because: readonly Locus[];
}

export type Outcome =
  | Found
  | { readonly is: 'clear' }
  | { readonly is: 'not-applicable'; readonly why: string }
  /** Written by the engine, never by a rule. */
  | {
      readonly is: 'depends';
      readonly hypothesis: string;
      readonly byVariant: Readonly<Record<string, Outcome>>;
      /** Variants that the evidence contradicts, each with why. */
      readonly ruledOut: Readonly<Record<string, string>>;
      readonly decidedBy: string;
    }
  /** Written by the engine. `because`: what was seen that no variant of the model explains. */
  | { readonly is: 'cannot-tell'; readonly wants: readonly string[]; readonly because?: readonly Locus[] }
  | { readonly is: 'broken'; readonly error: string };

export interface Found {
  readonly is: 'found';
  readonly because: readonly Locus[];
  /** Facts that fill the sentences of the page: {store: 'ClientAuthIssuer'}. Data, never prose. */
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly changes?: readonly Change[];
  /**
   * Not certain, though all that was seen speaks for it: what it rests on, or what would make it otherwise, as a clause.
   * It is said with the finding, and its changes are for a person alone.
   */
  readonly likely?: string;
}

export const clear: Outcome = { is: 'clear' };
export const notApplicable = (why: string): Outcome => ({ is: 'not-applicable', why });
/** Clear, if this is known: reading an unknown one ends the check as cannot-tell. */
export function clearBy(given: Pick<Given<unknown>, 'value'>): Outcome {
  void given.value;
  return clear;
}
export const found = (parts: Omit<Found, 'is'>): Found => ({ is: 'found', ...parts });

/** The evidence of several needs, each place once; an unknown one adds nothing. */
export function evidence(...given: readonly Pick<Given<unknown>, 'because'>[]): Locus[] {
  const places = new Map<string, Locus>();
  for (const at of given.flatMap((one) => one.because)) places.set(JSON.stringify(at), at);
  return [...places.values()];
}

export type Severity = 'blocks-logon' | 'weakens' | 'notice';

export interface Diagnosis<
  Needs extends Record<string, Question<unknown>> = Record<string, Question<unknown>>,
> {
  /** Noun of the failing state; equals its folder and, where one exists, the cause_class of the cases. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly cites: readonly string[];
  /**
   * 'endpoint': each http.sys record of a Windows host. 'host': the host itself. 'exchange': what clients and servers
   * of any make said and did, taken once for all evidence together.
   */
  readonly about: 'endpoint' | 'host' | 'exchange';
  /** Ids of findings that this one accounts for, so that it is named first. */
  readonly explains?: readonly string[];
  /**
   * One sentence for the head of the report: what is wrong. `{name}` is filled from Found.facts; a part in
   * brackets is left out when one of its facts is missing: 'no longer names {store}[, since {since}]'.
   */
  readonly sentence: string;
  readonly needs: Needs;
  check(
    given: { readonly [N in keyof Needs]: Given<ReturnType<Needs[N]> extends Known<infer T> ? T : never> },
  ): Outcome;
}

/** Keeps the types of the needs; the definition is data and one pure function. */
export function defineDiagnosis<Needs extends Record<string, Question<unknown>>>(
  definition: Diagnosis<Needs>,
): Diagnosis {
  return definition as unknown as Diagnosis;
}
