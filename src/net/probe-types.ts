import type { SigningKey } from '../base/ports.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import type { Certificate } from '../wire/x509/certificate.ts';

export interface ProbeTarget {
  /** Name or address to connect to; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** server_name to send; null: no SNI. */
  readonly serverName: string | null;
  readonly path: string;
}

export interface ProbeOptions {
  /** Offer exactly these versions: 0x0303, 0x0304. Default both. */
  readonly versions?: readonly number[];
  /** Decides on the CertificateRequest which chain (leaf first, DER) to send, or null for an empty Certificate. */
  readonly choose?: (request: CertificateRequest) => { chain: readonly Uint8Array[]; key: SigningKey } | null;
  /** Send a GET for the path and read the answer's head and up to 64 KiB of body. */
  readonly http?: boolean;
  /** Milliseconds for the whole probe; default 10,000. */
  readonly timeout?: number;
}

/** How far the conversation had come, in the peer's view of it. */
export type Step =
  | 'connect'
  | 'client-hello'
  | 'server-hello'
  | 'certificate-request'
  | 'client-certificate'
  | 'finished'
  | 'request'
  | 'answer';

export type ProbeEnd =
  | { readonly is: 'completed' }
  | { readonly is: 'refused'; readonly alert: number; readonly after: Step }
  | { readonly is: 'closed'; readonly after: Step }
  | { readonly is: 'reset'; readonly after: Step }
  | { readonly is: 'timeout'; readonly after: Step }
  | { readonly is: 'unreachable'; readonly why: string }
  | { readonly is: 'not-tls'; readonly saw: string }
  | { readonly is: 'malformed'; readonly why: string };

export interface ProbeResult {
  readonly target: ProbeTarget;
  readonly address: string | null;
  readonly end: ProbeEnd;
  readonly version: number | null;
  readonly cipherSuite: number | null;
  readonly serverChain: readonly Certificate[];
  /** null: none was received. */
  readonly request: CertificateRequest | null;
  /** Number of certificates we sent; 0 with a request: an empty Certificate; null: not asked. */
  readonly sent: number | null;
  readonly http: { readonly status: number; readonly headers: string; readonly body: string } | null;
  readonly startedAt: number;
  readonly milliseconds: number;
}
