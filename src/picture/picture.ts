import type { Note } from '../base/locus.ts';
import type { HandshakeSeen, Logons, LooseCertificate } from '../evidence/claims.ts';
import type { Host } from '../windows/host.ts';

/**
 * Everything that was seen, grouped: hosts as the model's own state type, and what happened.
 * Hosts may be absent (nginx, HAProxy: only handshakes). Never learns what kind of file a claim came from.
 */
export interface Picture {
  /** A host without a name of its own is called by `UNNAMED`. */
  readonly hosts: readonly Host[];
  /** In order of their first line's time. */
  readonly logons: readonly Logons[];
  /** In order of time; those without one come last. */
  readonly handshakes: readonly HandshakeSeen[];
  readonly certificates: readonly LooseCertificate[];
  readonly sources: readonly { readonly name: string; readonly kind: string; readonly claims: number }[];
  readonly notes: readonly Note[];
  /** What older evidence said where it differs from the newest, latest first. */
  readonly history?: readonly PastHost[];
}

/** A host as one older snapshot shows it, by that snapshot's evidence alone. */
export interface PastHost {
  /** Milliseconds since 1970 UTC: when the newest of its evidence was taken. */
  readonly takenAt: number;
  readonly host: Host;
}

/** Name of the host of evidence that names none. */
export const UNNAMED = 'the server';
