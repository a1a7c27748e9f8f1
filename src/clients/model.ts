import type { Known } from '../base/known.ts';
import type { Message } from '../base/message.ts';
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
  /** What lies beside further identities of the client: where it keeps all in one store, that counts here, too. */
  readonly besideOthers?: readonly Certificate[];
}

export type Offer = 'offered' | 'prompted' | 'withheld' | 'aborted' | 'sent-then-aborted' | 'unknown';

/** observed here on loopback; read in source; vendor documentation; not verified. */
export type Confidence = 'observed' | 'source' | 'documented' | 'unverified';

export interface Decision {
  readonly offer: Offer;
  /** One sentence: why. The English words of `reason`. */
  readonly because: string;
  /** The rule that decided, as a short id: 'issuer-not-listed', 'ignores-list', 'no-common-scheme' … */
  readonly rule: string;
  /** One sentence each: what would make the client offer it. Empty when it does. The English words of `changes`. */
  readonly wouldChange: readonly string[];
  readonly confidence: Confidence;
  /** To be said with a catalog of words/. */
  readonly reason: Message;
  readonly changes: readonly Message[];
}

/** What a client with several identities does. Indices count in the list that was given. */
export interface Choice {
  /** On the identity that is chosen; where none is, on the first. */
  readonly decision: Decision;
  /** null: none, or the user, the application or an order that nobody can see chooses among the candidates. */
  readonly chosen: number | null;
  /** Those that the client would take, in the order in which it comes upon them. */
  readonly candidates: readonly number[];
  /** The candidates from which it is chosen in the end: the chosen one, or all that the user is shown. */
  readonly contenders: readonly number[];
  /** On each by itself, among the others. */
  readonly decisions: readonly Decision[];
  /** Programs of the family that take another one: {Python: 1}. */
  readonly programs: Readonly<Record<string, number>>;
  /** How it comes to choose, one sentence to be said with a catalog of words/; null with a single identity. */
  readonly way: Message | null;
}

/**
 * A certificate asked for after the first handshake: by renegotiation (TLS 1.2 and before), by a request after the
 * handshake (TLS 1.3), each over HTTP/1.1 or met while speaking HTTP/2.
 */
export type LateKind = 'renegotiation' | 'post-handshake' | 'renegotiation-h2' | 'post-handshake-h2';

/** opt-in: only when its program or user turned it on. */
export type Ability = 'yes' | 'opt-in' | 'no' | 'unknown';

export interface LateAnswer {
  readonly can: Ability;
  /** One sentence each, the English words of `way` and `sight`: how it answers, and what its user sees. */
  readonly how: string;
  readonly sees: string;
  readonly way: Message;
  readonly sight: Message;
  /** Programs of the family that differ from each other: {curl: 'yes', 'Node https': 'no'}. */
  readonly programs: Readonly<Record<string, Ability>>;
  readonly source: string;
  readonly confidence: Confidence;
}

export interface ClientModel {
  /** File name without .ts: 'java-sunx509'. */
  readonly id: string;
  /** 'Java (SunX509)', the same in every language. */
  readonly title: string;
  readonly source: string;
  decide(request: CertificateRequest, identity: Identity, at: number): Decision;
  /** The identities in the order in which they were given to the client. */
  choose(request: CertificateRequest, identities: readonly Identity[], at: number): Choice;
  late(kind: LateKind): LateAnswer;
}
