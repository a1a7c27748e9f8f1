import type { Known } from '../base/known.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import type { Certificate } from '../wire/x509/certificate.ts';

/** What a client could show: its leaf, what lies beside it in its own file, what its machine's stores add. */
export interface Identity {
  readonly leaf: Certificate;
  readonly hasPrivateKey: boolean;
  /** The chain in the client's own file, without the leaf. */
  readonly held: readonly Certificate[];
  /** CA certificates the client's machine would find (NSS database, Windows CA store, keychain). */
  readonly reachable: Known<readonly Certificate[]>;
}

export type Offer = 'offered' | 'prompted' | 'withheld' | 'aborted' | 'sent-then-aborted' | 'unknown';

/** observed here on loopback; read in source; vendor documentation; not verified. */
export type Confidence = 'observed' | 'source' | 'documented' | 'unverified';

export interface Decision {
  readonly offer: Offer;
  /** One sentence: why. */
  readonly because: string;
  /** The rule that decided, as a short id: 'issuer-not-listed', 'ignores-list', 'no-common-scheme' … */
  readonly rule: string;
  /** One sentence each: what would make the client offer it. Empty when it does. */
  readonly wouldChange: readonly string[];
  readonly confidence: Confidence;
}

export interface ClientModel {
  /** File name without .ts: 'java-sunx509'. */
  readonly id: string;
  /** 'Java (SunX509, the default)'. */
  readonly title: string;
  readonly source: string;
  decide(request: CertificateRequest, identity: Identity, at: number): Decision;
}
