import type { PassedRecord } from '../tls/session/client/index.ts';

export interface Endpoint {
  /** IPv4 or IPv6 in text. */
  readonly address: string;
  readonly port: number;
}

/** A connection of our own, as it went. Times in milliseconds since 1970 UTC. */
export interface Recording {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly startedAt: number;
  /** What went over the transport, in order, from the first byte on. */
  readonly chunks: readonly Chunk[];
  /** The records of TLS in it, with what they hold. */
  readonly records: readonly PassedRecord[];
  readonly secrets: readonly Secret[];
}

export interface Chunk {
  readonly direction: 'sent' | 'received';
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** A line of NSS's key log (draft-ietf-tls-keylogfile). */
export interface Secret {
  readonly label: string;
  readonly clientRandom: Uint8Array;
  readonly secret: Uint8Array;
}
