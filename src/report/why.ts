import type { Message, Told } from '../base/message.ts';

/** The document of `handclasp why`: what a server asks for, and what each client would answer. */
export interface WhyReport {
  readonly schema: 'handclasp/why/1';
  readonly tool: { readonly name: 'handclasp'; readonly version: string };
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  readonly url: string;
  /** In English, as all text of the document; other languages are made of its data and messages. */
  readonly headline: string;
  readonly probes: readonly ProbeRecord[];
  readonly identity: IdentityRecord | null;
  readonly clients: readonly ClientRow[];
  /** Further certificates that were given, each by itself. */
  readonly others?: readonly CertificateRow[];
  /** What each client does that holds all given certificates at once; absent: only one was given. */
  readonly choices?: readonly ChoiceRow[];
  /** The certificates of the user's own stores; absent: not looked at. */
  readonly mine?: readonly CertificateRow[];
  /** Each list of issuers that was seen, once. */
  readonly lists: readonly ListRecord[];
  /** Which parameter of a connection changes the server's answer. */
  readonly differences: readonly Difference[];
  /** What changed since an earlier answer; null when none was given. */
  readonly since: SinceRecord | null;
  /** Connections on which a certificate is asked for more than once, and what is not the same then. */
  readonly again?: readonly AgainRecord[];
  /** What the server does for each path that was asked for. */
  readonly paths?: readonly PathRecord[];
  /** What kind of server answers, as far as its habits tell; absent: not looked at. */
  readonly server?: ServerRecord;
  /** What limits or qualifies the answer, as messages. */
  readonly remarks: readonly Told[];
  /** The same for what has no message: oddities of the peer. */
  readonly notes: readonly string[];
}

/** One connection, kept as evidence: `handclasp examine` reads it back. */
export interface ProbeRecord {
  readonly schema: 'handclasp/probe/1';
  readonly target: { readonly host: string; readonly port: number; readonly path: string };
  readonly address: string | null;
  readonly serverName: string | null;
  /** 'TLS 1.2'; what was offered when the handshake did not come that far. */
  readonly version: string;
  /** What this connection was made with; the other fields are what came of it. */
  readonly askedWith: AskedWith;
  readonly cipherSuite: string | null;
  /** One sentence: how the conversation ended. */
  readonly end: string;
  readonly completed: boolean;
  /** The same as data. */
  readonly ending: EndRecord;
  /** When a certificate was asked for; null: not at all. */
  readonly asks: 'handshake' | 'renegotiation' | 'post-handshake' | null;
  readonly request: RequestRecord | null;
  /** All requests of the connection in their order, where there were several: `request` is the first. */
  readonly requests?: readonly (RequestRecord & { readonly when: NonNullable<ProbeRecord['asks']> })[];
  /** Certificates sent: 0 is an empty Certificate message, null not asked. */
  readonly sent: number | null;
  readonly http: { readonly status: number; readonly substatus: string | null } | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly milliseconds: number;
}

/**
 * Parameters by name, only those that were chosen: `compareProbes` finds the ones that change the answer. A new
 * parameter needs its words in report/lang (`with-<name>` and, for single values, `with-<name>-<value>`).
 */
export interface AskedWith {
  /** 'TLS 1.3'; several joined by a comma when they were offered at once. */
  readonly version: string;
  /** null: none sent. */
  readonly serverName: string | null;
  /** The name or address that was connected to. */
  readonly address: string;
  readonly path: string;
  /** none: an empty Certificate when asked; shown: the given one; a number when several were given. */
  readonly certificate: 'none' | 'shown' | number;
  readonly [parameter: string]: string | number | boolean | null;
}

/** How a conversation ended; net/probe-types.ts tells of the steps. */
export interface EndRecord {
  readonly is:
    | 'completed'
    | 'refused'
    | 'closed'
    | 'reset'
    | 'timeout'
    | 'unreachable'
    | 'before-tls'
    | 'not-tls'
    | 'malformed';
  readonly after?: string;
  /** '116 certificate_required'. */
  readonly alert?: string;
  /** Of before-tls: what became of the conversation there, and with whom. */
  readonly how?: 'refused' | 'closed' | 'reset' | 'timeout' | 'malformed';
  /** Of before-tls: null for a proxy, else the protocol that was asked for TLS. */
  readonly protocol?: string | null;
  /** What the peer or the system said, unescaped. */
  readonly detail?: string;
}

/** One parameter that changes the answer: what the sides were asked with, and what each got. */
export interface Difference {
  /** Names in AskedWith; more than one when they were changed at once. */
  readonly what: readonly string[];
  /** Of what: whether and when a certificate is asked for, the list of issuers, the end or HTTP status. */
  readonly of: 'asking' | 'list' | 'answer';
  readonly sides: readonly {
    readonly values: readonly AskedValue[];
    /** asking: handshake, renegotiation, post-handshake, no. list: index in `lists`. answer: '403.7', '200', 'refused' … */
    readonly answer: string;
    /** Indices in `probes`. */
    readonly probes: readonly number[];
  }[];
}

/** One value for each name of `what`. */
export type AskedValue = readonly (string | number | boolean | null)[];

export interface ListRecord {
  /** Indices in `probes` of the connections whose first request brought it. */
  readonly probes: readonly number[];
  /** The same of later requests, where there were any. */
  readonly again?: readonly number[];
  readonly count: number;
  /** On the wire, without the two bytes of the list's own length. */
  readonly bytes: number;
  readonly names: readonly ListedRecord[];
  readonly remarks: readonly Told[];
}

export interface ListedRecord {
  readonly name: string;
  readonly sha256: string;
  /** By certificates at hand: self-signed, issued by another, both, or unknown. */
  readonly kind: 'root' | 'issuing' | 'both' | 'unknown';
  /** A word in the name that speaks for a kind; proves nothing. */
  readonly hint: 'root' | 'issuing' | null;
}

export interface PathRecord {
  readonly path: string;
  /** When a certificate is asked for, by any version of TLS; empty: not at all. */
  readonly asks: readonly NonNullable<ProbeRecord['asks']>[];
  /** Answers to who shows none: '403.7', '200', 'alert 116 certificate_required', 'reset'. */
  readonly without: readonly string[];
  /** Answers to the certificate when it was shown. */
  readonly with: readonly string[];
  /** Whether all connections that showed it were let in; null: it was not shown. */
  readonly accepted: boolean | null;
  /** Each connection that asked for the path. */
  readonly answers: readonly PathAnswer[];
}

export interface PathAnswer {
  /** Index in `probes`. */
  readonly probe: number;
  readonly version: string;
  /** Post-handshake authentication was announced, without which TLS 1.3 knows no late request. */
  readonly announced: boolean;
  /** When a certificate was asked for; null: not at all. */
  readonly asks: ProbeRecord['asks'];
  /** Certificates sent; 0: an empty Certificate; null: not asked. */
  readonly sent: number | null;
  readonly status: number | null;
  /** '403.7', where the page shows it. */
  readonly substatus: string | null;
  /** How it ended without an HTTP status: 'alert 116 certificate_required', 'reset'; null with one. */
  readonly ending: string | null;
}

/** A request and a later one on the same connections. */
export interface AgainRecord {
  /** Indices in `probes`. */
  readonly probes: readonly number[];
  /** `list`: index in `lists`. */
  readonly first: { readonly when: NonNullable<ProbeRecord['asks']>; readonly list: number };
  readonly later: { readonly when: NonNullable<ProbeRecord['asks']>; readonly list: number };
  /** What is not the same in both; empty: the server asks for the same again. */
  readonly differ: readonly ('list' | 'types' | 'algorithms')[];
}

export interface ServerRecord {
  /** Of its TLS library: 'openssl', 'gnutls', 'java', 'go'; null: none that is known here, or not enough was seen. */
  readonly kind: string | null;
  readonly title: string | null;
  /** likely: four habits or more and none against; possible: three. */
  readonly confidence: 'likely' | 'possible' | 'unknown';
  readonly because: readonly Told[];
  /** What the server calls itself in HTTP: weak, anyone can write it. */
  readonly product: string | null;
  readonly signs: readonly Told[];
}

export interface SinceRecord {
  /** When the earlier answer was made; ISO 8601 UTC. */
  readonly madeAt: string;
  readonly changes: readonly Told[];
}

export interface RequestRecord {
  readonly version: number;
  readonly certificateTypes: readonly string[] | null;
  readonly signatureAlgorithms: readonly string[] | null;
  readonly authoritiesPresent: boolean;
  readonly authoritiesLength: number;
  readonly authorities: readonly { readonly name: string; readonly der: string; readonly sha256: string }[];
}

export interface IdentityRecord {
  readonly subject: string;
  readonly issuer: string;
  readonly thumbprint: string;
  readonly notAfter: string;
  readonly hasPrivateKey: boolean;
  /** Subjects of the certificates beside the leaf in the file. */
  readonly held: readonly string[];
  /** Friendly name (PKCS#12, Windows), alias (Java) or nickname (NSS). */
  readonly alias?: string;
  /** What the certificate shows of itself, what stops a logon first; absent: not looked at. */
  readonly remarks?: readonly CertificateRemark[];
}

export interface CertificateRemark extends Told {
  /** stops: no logon as it is; risks: fails with some clients or servers; note: good to know. */
  readonly severity: 'stops' | 'risks' | 'note';
  /** Documents: 'RFC 5280 4.2.1.12', 'KB5014754'. */
  readonly cites: readonly string[];
}

/** A certificate beside the main one, and what the clients do that look where it lies. */
export interface CertificateRow {
  readonly identity: IdentityRecord;
  /** Its file, or the store in words: 'CurrentUser\\My', 'Firefox profile x.default'. */
  readonly where: string;
  readonly clients: readonly ClientRow[];
}

export interface ChoiceRow {
  readonly id: string;
  readonly title: string;
  /** For each probe that brought a request. */
  readonly decisions: readonly ChoiceRecord[];
}

export interface ChoiceRecord extends Omit<ClientRow['decisions'][number], 'wouldChange' | 'changes'> {
  /** What becomes of each certificate, in the order in which they were given. */
  readonly parts: readonly CertificatePart[];
  /** One sentence: how the client comes to choose; null when it does not come to that. */
  readonly how: string | null;
  readonly way?: Message;
  /** Programs of the family that take another one, counted from 1: {Python: 2}. */
  readonly programs: Readonly<Record<string, number>>;
}

/**
 * taken, or shown to the user for choice; fails: the same, and then the handshake ends without it; possible: who
 * chooses among these cannot be seen from outside; spare: only if those taken before it were not there; never.
 */
export type CertificatePart = 'taken' | 'shown' | 'fails' | 'possible' | 'spare' | 'never';

export interface ClientRow {
  readonly id: string;
  readonly title: string;
  /** With the certificate as it lies in the file; for each probe that brought a request. */
  readonly decisions: readonly {
    readonly version: string;
    /** When the certificate was asked for; absent: in the first handshake. */
    readonly when?: NonNullable<ProbeRecord['asks']>;
    /** Index in `lists` of the one that it holds for; absent where there is only one. */
    readonly list?: number;
    readonly offer: string;
    readonly because: string;
    readonly rule: string;
    readonly wouldChange: readonly string[];
    readonly confidence: string;
    /** `because` and `wouldChange` as messages, where the client's words come from a catalog. */
    readonly reason?: Message;
    readonly changes?: readonly Message[];
  }[];
  /** With the issuing CA beside the certificate, when that was given and changes the answer. */
  readonly withIssuer: string | null;
  readonly source: string;
}
