/** A code as we know it from client-certificate logon, in our own words. The one shape of all hand-written tables. */
export interface Entry {
  /** The number, unsigned; an IIS status as '403.7'. */
  readonly code: number | string;
  /** Standard symbol, or a short title where there is none. */
  readonly name: string;
  /** One or two sentences: what it says here. */
  readonly means: string;
  /** Where it shows up. */
  readonly seen: string;
  /** What to do, the first thing first. */
  readonly next: readonly string[];
  /** Ids of diagnoses that deal with it. */
  readonly diagnoses?: readonly string[];
  /** What it says beside a given IIS status, where that differs: {'403.7': …}. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Documents that say so; 'unverified' in it means that the meaning is recalled or inferred. */
  readonly source: string;
}
