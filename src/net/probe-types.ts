import type { SigningKey } from '../base/ports.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
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
  readonly asked?: 'handshake' | 'renegotiation' | 'post-handshake' | null;
  /** SignatureScheme that our CertificateVerify was signed with; null: nothing was signed. */
  readonly signedWith?: number | null;
  /** Whether the server proved that it holds the key of its certificate; its chain is not judged. */
  readonly serverSignature?: 'good' | 'bad' | 'unchecked';
  /** Oddities of the peer, and why we did other than asked: one sentence each, unescaped. */
  readonly notes?: readonly string[];
  readonly http: { readonly status: number; readonly headers: string; readonly body: string } | null;
  readonly startedAt: number;
  readonly milliseconds: number;
}
