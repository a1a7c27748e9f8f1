import type { BindingKey } from '../windows/http-sys/binding.ts';

/** What the model says will be after the steps, with every observation of before left out. */
export interface Foreseen {
  /** Findings that the steps clear. */
  readonly clears: readonly FindingRef[];
  /** Findings that the steps were to clear and do not, each with what is left of it. */
  readonly remains: readonly (FindingRef & { readonly outcome: string })[];
  /** Findings that were not there before. */
  readonly appears: readonly (FindingRef & { readonly outcome: string })[];
  /** The issuer list of each record that a step changes, as the next CertificateRequest will carry it. */
  readonly lists: readonly ForeseenList[];
}

export interface FindingRef {
  readonly diagnosis: string;
  readonly host: string;
  readonly key?: BindingKey;
}

export interface ForeseenList {
  readonly host: string;
  readonly key: BindingKey;
  /** One entry when all remaining variants agree; else one for each, named by what it assumes. */
  readonly under: readonly {
    /** Hypothesis -> variant; empty when the list does not depend on any. */
    readonly variants: Readonly<Record<string, string>>;
    readonly list: ListForecast;
  }[];
}

export type ListForecast =
  | { readonly is: 'off' }
  /** Printed names in the order that they are sent; `bytes` is their length on the wire. */
  | {
      readonly is: 'sent';
      readonly store: string;
      readonly names: readonly string[];
      readonly bytes: number;
      readonly truncated: boolean;
    }
  | { readonly is: 'unknown'; readonly wants: string };
