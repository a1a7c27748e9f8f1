import type { Moment } from '../../capture/moment.ts';
import type { CertificateRequest } from '../handshake/certificate-request.ts';

/** What a recorded TLS conversation shows to whoever only listens. */

export interface SeenRequest extends Moment {
  readonly request: CertificateRequest;
  /** After the first handshake: inside a renegotiation, or by post-handshake authentication (RFC 8446 4.6.2). */
  readonly late: 'renegotiation' | 'post-handshake' | null;
}

export interface SeenHandshake {
  /** host_name of the ClientHello; undefined when that was not seen. */
  serverName: string | null | undefined;
  clientRandom: Uint8Array | undefined;
  /** Negotiated; undefined when no ServerHello was seen. */
  version: number | undefined;
  cipherSuite: number | undefined;
  serverRandom: Uint8Array | undefined;
  /** Of the ServerHello. */
  sessionId: Uint8Array | undefined;
  encryptThenMac: boolean;
  /** The server took up an earlier session, in which it asks for nothing. */
  resumed: boolean;
  /** In TLS 1.3 there may be more than one: those after the first handshake (RFC 8446 4.6.2). */
  requests: readonly SeenRequest[];
  /** The server said all that it had to say: a request that was not seen was not made. */
  serverDone: boolean;
  /** The server's own certificate, in DER; equal ones are one object. */
  serverCertificate: Uint8Array | undefined;
  /** Chain that the client sent, leaf first; empty: it has none to show. Equal ones are one object. */
  clientCertificate: readonly Uint8Array[] | undefined;
  /** When that chain came. */
  clientCertificateAt: Moment | undefined;
  /** CertificateVerify of the client. */
  proved: boolean;
}

export type Role = 'client' | 'server';

export interface SeenAlert {
  readonly from: Role;
  readonly level: 'warning' | 'fatal';
  readonly code: number;
}

export interface SeenConversation {
  /** Which side of the connection is the client: 0 or 1. */
  readonly clientSide: 0 | 1;
  /** The first handshake and its renegotiations, as far as they could be read. */
  readonly handshakes: readonly SeenHandshake[];
  readonly alerts: readonly SeenAlert[];
  /** Who sent alerts that are encrypted and were not opened. */
  readonly hiddenAlerts: readonly Role[];
  /** Whose records could be decrypted. */
  readonly opened: readonly Role[];
  /** A handshake took place inside the encryption and was not opened. */
  readonly hiddenRenegotiation: boolean;
  /** Both sides changed to their keys and finished; null where encryption hides it. */
  readonly completed: boolean | null;
  /** Parts are missing. */
  readonly lossy: boolean;
  /** When it began. */
  readonly began: Moment;
  /** Messages that could not be read, and why. */
  readonly faults: readonly (Moment & { readonly message: string })[];
}

/** Beyond these a conversation tells nothing new. */
export const MOST_SEEN = 16;
