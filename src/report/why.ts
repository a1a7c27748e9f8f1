/** The document of `handclasp why`: what a server asks for, and what each client would answer. */
export interface WhyReport {
  readonly schema: 'handclasp/why/1';
  readonly tool: { readonly name: 'handclasp'; readonly version: string };
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  readonly url: string;
  readonly headline: string;
  readonly probes: readonly ProbeRecord[];
  readonly identity: IdentityRecord | null;
  readonly clients: readonly ClientRow[];
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
  readonly cipherSuite: string | null;
  /** One sentence: how the conversation ended. */
  readonly end: string;
  readonly completed: boolean;
  readonly request: RequestRecord | null;
  /** Certificates sent: 0 is an empty Certificate message, null not asked. */
  readonly sent: number | null;
  readonly http: { readonly status: number; readonly substatus: string | null } | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly milliseconds: number;
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
}

export interface ClientRow {
  readonly id: string;
  readonly title: string;
  /** With the certificate as it lies in the file; for each probe that brought a request. */
  readonly decisions: readonly {
    readonly version: string;
    readonly offer: string;
    readonly because: string;
    readonly rule: string;
    readonly wouldChange: readonly string[];
    readonly confidence: string;
  }[];
  /** With the issuing CA beside the certificate, when that was given and changes the answer. */
  readonly withIssuer: string | null;
  readonly source: string;
}
