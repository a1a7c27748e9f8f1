import type { Note } from '../base/locus.ts';
import type {
  BindingPast,
  EventsSeen,
  FailedRequest,
  HandshakeSeen,
  HandshakesUnread,
  HttpErrors,
  IisSetting,
  Logons,
  LooseCertificate,
  MachineSetting,
  NotCollected,
  ProgramMessage,
  RequestInWords,
  RevocationCheck,
  ServiceSeen,
  StoreListing,
} from '../evidence/claims.ts';
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
  /** Recorded handshakes that do not show whether a certificate was asked for; absent: none. */
  readonly unread?: readonly HandshakesUnread[];
  /** Requests as clients' traces put them in words: names that were printed, not DER; absent: none. */
  readonly requestsInWords?: readonly RequestInWords[];
  readonly sources: readonly { readonly name: string; readonly kind: string; readonly claims: number }[];
  readonly notes: readonly Note[];
  /** What older evidence said where it differs from the newest, latest first. */
  readonly history?: readonly PastHost[];
  /** What records were or were meant to be, by earlier listings in one text and by command lines. */
  readonly pastBindings?: readonly OfHost<BindingPast>[];
  /** Stores as texts list them, without certificates: where `Host.stores` has none. */
  readonly listings?: readonly OfHost<StoreListing>[];
  /** By time of the first; those without one come last. */
  readonly events?: readonly OfHost<EventsSeen>[];
  readonly httpErrors?: readonly OfHost<HttpErrors>[];
  readonly failedRequests?: readonly OfHost<FailedRequest>[];
  readonly settings?: readonly OfHost<IisSetting>[];
  readonly machineSettings?: readonly OfHost<MachineSetting>[];
  readonly revocationChecks?: readonly OfHost<RevocationCheck>[];
  /** What was tried to collect and came to nothing, by the manifests of bundles. */
  readonly notCollected?: readonly OfHost<NotCollected>[];
  /** What programs said, of whichever end; by time of the first, those without one last. */
  readonly messages?: readonly ProgramMessage[];
  /** Services of servers that are not http.sys, by their configuration. */
  readonly services?: readonly ServiceSeen[];
}

/** A claim with the name of the host that its source belongs to. */
export type OfHost<C> = C & { readonly host: string };

/** A host as one older snapshot shows it, by that snapshot's evidence alone. */
export interface PastHost {
  /** Milliseconds since 1970 UTC: when the newest of its evidence was taken; absent: its name alone calls it earlier. */
  readonly takenAt?: number;
  readonly host: Host;
}

/** Name of the host of evidence that names none. */
export const UNNAMED = 'the server';
