import type { Locus } from '../base/locus.ts';

/** What the manifest of a bundle says (evidence/bundle): how the files beside it came to be. */

/** Files that were collected together from one host. */
export interface BundleSeen {
  readonly says: 'bundle';
  readonly at: Locus;
  readonly host?: string;
  /** Milliseconds since 1970 UTC; absent where the script could not tell the time in UTC. */
  readonly takenAt?: number;
  /** Minutes that the host's clock is ahead of UTC. */
  readonly utcOffset?: number;
  readonly redacted: boolean;
  /** Names below the folder of the manifest, parted by '/'. */
  readonly files: readonly BundleFile[];
}

export interface BundleFile {
  readonly name: string;
  /** Kind of the reader that it is meant for; null: kept for people, no reader knows it. */
  readonly kind: string | null;
}

/** Collecting something was tried and came to nothing. */
export interface NotCollected {
  readonly says: 'not-collected';
  readonly at: Locus;
  /** Name in the list of what is collected: 'schannel'. */
  readonly item: string;
  /** What a question of the diagnoses asks for, in the words of its "collect …". */
  readonly wants?: string;
  /** 'reg export HKLM\…\SCHANNEL: exit code 1: ERROR: Access is denied.' */
  readonly problem: string;
}
