import type { SigningKey } from '../base/ports.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import type { Asked, RecordListener, Resumption, SecretLabel } from '../wire/tls/session/client/index.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import type { ProxyServer } from './via/proxy.ts';
import type { ProxyHeader } from './via/proxy-header.ts';

export interface ProbeTarget {
  /** Name or address to connect to; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** server_name to send; null: no SNI. */
  readonly serverName: string | null;
  readonly path: string;
  /** Protocol in whose words TLS is begun: an id of net/starttls, smtp. Absent: TLS from the first byte. */
  readonly starttls?: string;
}

export interface ProbeOptions {
  /** Reach the target through this proxy. */
  readonly proxy?: ProxyServer;
  /** Send a header of the PROXY protocol before anything else that goes to the target. */
  readonly proxyHeader?: ProxyHeader;
  /** Sees what is said in the clear before TLS begins; nothing that is said to a proxy. */
  readonly onPreamble?: (direction: 'sent' | 'received', bytes: Uint8Array) => void;
  /** Offer exactly these versions: 0x0301 to 0x0304. Default the two newest. */
  readonly versions?: readonly number[];
  /** Decides on the CertificateRequest which chain (leaf first, DER) to send, or null for an empty Certificate. */
  readonly choose?: (request: CertificateRequest) => { chain: readonly Uint8Array[]; key: SigningKey } | null;
  /** Send a GET for the path and read the answer's head and up to 64 KiB of body. */
  readonly http?: boolean;
  /** Milliseconds for the whole probe; default 10,000. */
  readonly timeout?: number;
  /** Most bytes to take from the peer; default 1 MiB. */
  readonly byteLimit?: number;
  /** Sees all bytes as they pass, for a view of the wire. */
  readonly onBytes?: (direction: 'sent' | 'received', bytes: Uint8Array) => void;
  /** NamedGroups to offer, best first. */
  readonly groups?: readonly number[];
  /** Offer post_handshake_auth under TLS 1.3. Default no: servers behave otherwise when it is offered. */
  readonly postHandshakeAuth?: boolean;
  /** Answer a HelloRequest of TLS 1.2, by which a server asks for a certificate after the request. Default yes. */
  readonly renegotiate?: boolean;
  /** End with the CertificateRequest where one comes in the handshake: nothing is answered, and nothing asked. */
  readonly untilRequest?: boolean;
  /** ALPN names to offer, best first: h2, http/1.1. With h2 chosen, HTTP/2 is spoken. */
  readonly alpn?: readonly string[];
  /** Go on from an earlier session with this server, if it will. */
  readonly resume?: ResumptionState;
  /** The request; GET for the target's path when omitted. */
  readonly request?: ProbeRequest;
  /** Further paths to GET on the same connection, as long as the server keeps it open. */
  readonly paths?: readonly string[];
  /** Sees each record, protected and open, as it passes. */
  readonly onRecord?: RecordListener;
  /** Sees the secrets that open this connection's records, as NSS's key log has them. */
  readonly onSecret?: (label: SecretLabel, clientRandom: Uint8Array, secret: Uint8Array) => void;
  /** Sees the ends of the connection once it stands, before any byte. */
  readonly onConnection?: (local: Endpoint, remote: Endpoint) => void;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface ProbeRequest {
  readonly method: string;
  /** Instead of the target's. */
  readonly path?: string;
  /** Bytes of body to send. */
  readonly bodyLength?: number;
  /** Wait for "100 Continue" before the body. */
  readonly expectContinue?: boolean;
}

/** A session that a later probe may go on from; opaque. */
export interface ResumptionState {
  readonly resumption: Resumption;
  /** Of performance.now(). */
  readonly receivedAt: number;
}

/** A CertificateRequest and how it was answered. */
export interface SeenRequest {
  readonly asked: Asked;
  /** The path that was being asked for; null in the first handshake. */
  readonly path: string | null;
  readonly request: CertificateRequest;
  /** Certificates sent; 0: an empty Certificate; null: the connection ended before. */
  readonly sent: number | null;
  readonly signedWith: number | null;
}

/** An answer over HTTP/1.x or HTTP/2. */
export interface ProbeAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Lines separated by CRLF. */
  readonly headers: string;
  /** At most 64 KiB, as transferred: nothing is decompressed. */
  readonly body: string;
  readonly cut: boolean;
}

/** How a server refused by the means of HTTP/2 (RFC 9113 7); HTTP_1_1_REQUIRED is how one asks for a certificate. */
export interface Http2Failure {
  readonly by: 'reset' | 'goaway';
  readonly code: number;
  readonly name: string;
  /** What was being asked for. */
  readonly path: string;
}

/**
 * How far the conversation had come, in the peer's view of it. 'client-certificate' lasts until the peer shows that
 * it accepted our side: by its Finished in TLS 1.2, by a ticket or data in TLS 1.3.
 */
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
  | BeforeTls
  | { readonly is: 'not-tls'; readonly saw: string }
  | { readonly is: 'malformed'; readonly why: string };

/** The connection stood, but did not come to the point where TLS begins. */
export interface BeforeTls {
  readonly is: 'before-tls';
  readonly stage: 'proxy' | 'starttls';
  /** In whose words: an id of net/starttls, or the kind of proxy. */
  readonly protocol: string;
  readonly how: 'refused' | 'closed' | 'reset' | 'timeout' | 'malformed';
  /** When refused, what the peer said, unescaped; when malformed, why; else what it owed us. */
  readonly said: string;
}

export interface ProbeResult {
  readonly target: ProbeTarget;
  /** The peer's; null when none was reached, or when a proxy stands between. */
  readonly address: string | null;
  readonly end: ProbeEnd;
  readonly version: number | null;
  readonly cipherSuite: number | null;
  readonly serverChain: readonly Certificate[];
  /** null: none was received. */
  readonly request: CertificateRequest | null;
  /** Number of certificates we sent; 0 with a request: an empty Certificate; null: not asked. */
  readonly sent: number | null;
  /** When it was asked for: in the first handshake, or after the HTTP request. */
  readonly asked?: Asked | null;
  /** SignatureScheme that our CertificateVerify was signed with; null: nothing was signed. */
  readonly signedWith?: number | null;
  /** Whether the server proved that it holds the key of its certificate; its chain is not judged. */
  readonly serverSignature?: 'good' | 'bad' | 'unchecked';
  /** Oddities of the peer, and why we did other than asked: one sentence each, unescaped. */
  readonly notes?: readonly string[];
  readonly http: { readonly status: number; readonly headers: string; readonly body: string } | null;
  /** All requests for a certificate in their order; `request`, `asked` and `sent` are the first's. */
  readonly requests?: readonly SeenRequest[];
  /** All answers in their order; `http` is the first. */
  readonly answers?: readonly ProbeAnswer[];
  /** What ALPN settled on; null: nothing. */
  readonly alpn?: string | null;
  readonly http2Failure?: Http2Failure | null;
  /** The session went on from an earlier one: no certificate is shown or asked for in its handshake. */
  readonly resumed?: boolean;
  /** The server will let a later connection go on from here. */
  readonly ticket?: ResumptionState | null;
  readonly startedAt: number;
  readonly milliseconds: number;
}
