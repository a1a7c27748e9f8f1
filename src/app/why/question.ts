import type { Crypto, Digest, SigningKey } from '../../base/ports.ts';
import type { ClientModel, Identity } from '../../clients/model.ts';
import type { ProbeOptions, ProbeResult, ProbeTarget } from '../../net/probe-types.ts';
import type { WhyReport } from '../../report/why.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import type { Parameter } from './asking.ts';

export interface WhyQuestion {
  readonly url: URL;
  /** server_name to send; null for none. */
  readonly serverName: string | null;
  /** Connect here instead of to the name in the URL. */
  readonly connectTo?: string;
  /** Protocol in whose words TLS is begun: an id of net/starttls. */
  readonly starttls?: string;
  /** Options that all connections share: a proxy, a watcher of the bytes. */
  readonly shared?: ProbeOptions;
  /** TLS versions to ask with, one connection each. */
  readonly versions: readonly number[];
  readonly identity?: Identity;
  /** The leaf first; with a key the certificate is really shown to the server as well. */
  readonly key?: SigningKey;
  /** Of the main identity, what `identity` and `key` do not say. */
  readonly about?: Partial<HeldCertificate>;
  /** Further identities, to be shown one by one; those without a key are left out. */
  readonly others?: readonly HeldCertificate[];
  /** The certificates of the user's own stores: never shown to the server, for their keys are not touched. */
  readonly mine?: readonly HeldCertificate[];
  /** What could not be read of the user's files and stores, one sentence each. */
  readonly userNotes?: readonly string[];
  /** The leaf's issuing CA, when the user has it but the client's file does not. */
  readonly issuers?: readonly Certificate[];
  /** What to vary; nothing when absent: one connection for each version, and one more that shows the certificate. */
  readonly compare?: Comparison;
  /**
   * One connection for everything: all versions offered at once, the certificate shown when it is asked for. Without
   * one to show it ends with a request in the handshake.
   */
  readonly quick?: boolean;
  /** Milliseconds for one connection, and for all. */
  readonly timeout?: number;
  readonly within?: number;
  /** An earlier answer, to tell what has changed. */
  readonly before?: WhyReport;
}

/** A certificate of the user, in a file or a store. */
export interface HeldCertificate {
  readonly identity: Identity;
  readonly key?: SigningKey;
  /** Its file, or the store in words. */
  readonly where: string;
  readonly alias?: string;
  /** The machine's stores hold its chain, so that nothing has to lie beside it. */
  readonly isStored?: boolean;
  /** Certificates of its file in that file's order, where the order counts. */
  readonly inFileOrder?: readonly Certificate[];
  /** Windows' name of what keeps the key. */
  readonly provider?: string;
  /** Ids of the client families that look there; absent: all. */
  readonly clients?: readonly string[];
}

export interface Comparison {
  readonly parameters: ReadonlySet<Parameter>;
  readonly oldVersions: readonly number[];
  /** Another name to send. */
  readonly otherName: string;
  /** Paths to ask for besides that of the URL. */
  readonly paths: readonly string[];
  readonly post: boolean;
}

export interface WhyTools {
  readonly probe: (target: ProbeTarget, options?: ProbeOptions) => Promise<ProbeResult>;
  /** Addresses of a host; empty when it has none or is one. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly digest: Digest;
  /** Checks signatures on the chain; without it they are taken as they are. */
  readonly verify?: Crypto['verify'];
  readonly clients: readonly ClientModel[];
  readonly now: number;
  readonly toolVersion: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, known: number) => void;
}

/** All identities with a key among them, the main one first; null for one that cannot be shown. */
export function showables({ identity, key, others = [] }: WhyQuestion) {
  const all = identity ? [{ identity, key }, ...others] : others;
  return all.map((one) =>
    one.key ? { chain: [one.identity.leaf, ...one.identity.held].map(({ der }) => der), key: one.key } : null,
  );
}

/** Where to connect: the host of the URL without brackets, unless told otherwise. */
export const hostOf = ({ url, connectTo }: Pick<WhyQuestion, 'url' | 'connectTo'>): string =>
  connectTo ?? url.hostname.replace(/^\[(.*)\]$/, '$1');

export const portOf = ({ url }: Pick<WhyQuestion, 'url'>): number =>
  url.port === '' ? 443 : Number(url.port);
