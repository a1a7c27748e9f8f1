import type { Identity } from '../../clients/model.ts';

/** A certificate of the user's own stores. Only its public part is ever read: what a client would show needs no more. */
export interface UserCertificate {
  readonly identity: Identity;
  /** The store in words: 'CurrentUser\\My', 'Firefox profile x.default'. */
  readonly where: string;
  /** Nickname or friendly name; '' when it has none. */
  readonly label: string;
  readonly hasPrivateKey: boolean;
  /** Key provider, on Windows: 'Microsoft Base Smart Card Crypto Provider'. */
  readonly provider?: string;
  /** Ids of the client families that look into this store. */
  readonly clients: readonly string[];
}

export interface UserStores {
  readonly certificates: readonly UserCertificate[];
  /** One sentence each: which store could not be read, why, and what helps. */
  readonly notes: readonly string[];
}

/** Runs a program without a shell; never rejects. */
export type Run = (argv: readonly string[]) => Promise<Ran>;

export interface Ran {
  readonly exitCode: number;
  /** stdout and stderr. */
  readonly output: string;
  /** The program is not installed. */
  readonly missing?: true;
}
