/** What an earlier session of TLS 1.0 to 1.2 leaves behind (RFC 5246 F.1.4, RFC 5077). */
export interface ClassicTerms {
  readonly is: 'classic';
  readonly master: Uint8Array;
  /** The server's; empty where it gave a ticket alone. */
  readonly sessionId: Uint8Array;
  readonly ticket: Uint8Array | null;
  readonly extendedMasterSecret: boolean;
}

/** What a ticket of TLS 1.3 leads to (RFC 8446 4.6.1). */
export interface PskTerms {
  readonly is: 'psk';
  readonly psk: Uint8Array;
  readonly ticket: Uint8Array;
  readonly ageAdd: number;
}

/**
 * What lets a later connection go on where this one was. Opaque: its secrets stand in no field, so that none of them
 * gets into JSON or a log by mistake.
 */
export class Resumption {
  readonly version: number;
  readonly cipherSuite: number;
  /** Seconds for which the server means to know it; null: it did not say. */
  readonly lifetime: number | null;
  readonly #terms: ClassicTerms | PskTerms;

  constructor(
    { version, cipherSuite, lifetime }: { version: number; cipherSuite: number; lifetime: number | null },
    terms: ClassicTerms | PskTerms,
  ) {
    this.version = version;
    this.cipherSuite = cipherSuite;
    this.lifetime = lifetime;
    this.#terms = terms;
  }

  /** For the session alone. */
  terms(): ClassicTerms | PskTerms {
    return this.#terms;
  }
}
