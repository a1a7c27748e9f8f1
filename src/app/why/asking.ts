import type { ProbeResult } from '../../net/probe-types.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import type { Asked } from '../../wire/tls/session/client/index.ts';

/** What a comparison may vary; the first connections are 'base'. */
export const PARAMETERS = [
  'versions',
  'sni',
  'addresses',
  'certificate',
  'late',
  'paths',
  'post',
  'http2',
  'resumption',
] as const;
export type Parameter = (typeof PARAMETERS)[number];

/** What one connection asks with. */
export interface Asking {
  /** TLS versions offered at once. */
  readonly versions: readonly number[];
  /** server_name; null: none. */
  readonly serverName: string | null;
  /** Name or address to connect to. */
  readonly address: string;
  /** Answer to a CertificateRequest: an empty Certificate (RFC 5246 7.4.6), or the identity of this index. */
  readonly certificate: 'none' | number;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  /** Offer HTTP/2 before HTTP/1.1 by ALPN. */
  readonly http2: boolean;
  /** Announce post-handshake authentication (RFC 8446 4.2.6). */
  readonly postHandshakeAuth: boolean;
  /** Resume the session of an earlier connection with the same parameters. */
  readonly resumed: boolean;
}

/** A connection that shall be made, and the parameter because of which. */
export interface PlannedProbe {
  readonly asking: Asking;
  readonly about: Parameter | 'base';
}

export interface AnsweredProbe extends PlannedProbe {
  readonly result: ProbeResult;
  /** The first bytes that the server sent. */
  readonly received?: Uint8Array;
}

export interface SeenRequest {
  readonly request: CertificateRequest;
  readonly when: Asked;
}

/** All certificate requests of a connection in the order in which they came. */
export function requestsOf({ result }: Pick<AnsweredProbe, 'result'>): SeenRequest[] {
  if (result.requests) return result.requests.map(({ request, asked }) => ({ request, when: asked }));
  return result.request ? [{ request: result.request, when: result.asked ?? 'handshake' }] : [];
}

export const asksEarly = (probe: Pick<AnsweredProbe, 'result'>): boolean =>
  requestsOf(probe).some(({ when }) => when === 'handshake');

export const asksLate = (probe: Pick<AnsweredProbe, 'result'>): boolean =>
  requestsOf(probe).some(({ when }) => when !== 'handshake');

/** The server spoke TLS with us far enough to tell something. */
export const isReached = ({ result }: Pick<AnsweredProbe, 'result'>): boolean => result.version !== null;
