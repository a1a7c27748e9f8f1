import type { Locus } from '../base/locus.ts';

/**
 * What a program said of a certificate logon in words of its own: an error log, a stack trace, a ticket that quotes
 * one. Recognised by codes and fixed phrases of that program, never guessed from free text.
 */
export interface ProgramMessage {
  readonly says: 'program-message';
  readonly at: Locus;
  readonly code: MessageCode;
  /** Who says it: 'Apache httpd', 'nginx', 'Go', '.NET', 'Java', 'OpenSSL', 'Chromium', 'rustls'. */
  readonly program?: string;
  /** Which end of the connection it speaks for. */
  readonly side?: 'client' | 'server';
  /** Server name or address and port, where the line has them. */
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  readonly count: number;
  /** Milliseconds since 1970 UTC. */
  readonly first?: number;
  readonly last?: number;
  /**
   * The last time as it is printed, taken for UTC: error logs of nginx and Apache print no zone, and logs of one server
   * can be told apart by it.
   */
  readonly lastClock?: number;
  /** Clients by address, with the last time as printed (null: none); of many the first few. */
  readonly peers?: Readonly<Record<string, number | null>>;
  /** There were more than these. */
  readonly morePeers?: true;
  /** What else the line tells: `{issuers: 137}`, `{status: 403}`, `{sni: 'a.example', header: 'b.example'}`. */
  readonly facts?: Readonly<Record<string, string | number>>;
}

export type MessageCode = (typeof MESSAGE_CODES)[number];

export const MESSAGE_CODES = [
  /** A client will not or cannot renegotiate ('tls: no renegotiation', NoRenegotiation, SSL_R_NO_RENEGOTIATION, AH02261). */
  'renegotiation-refused',
  /** A server asked again after the request ('hello request', 'renegotiate to request client certificate'). */
  'renegotiation-asked',
  /** A server wanted post-handshake authentication that the client had not announced (AH10158, 'extension not received'). */
  'post-handshake-not-announced',
  /** A server began post-handshake authentication and it failed, or a client met a request that it does not know. */
  'post-handshake-failed',
  /** SEC_E_ALGORITHM_MISMATCH 0x80090331, 'no shared signature algorithms', 'no suitable signature algorithm'. */
  'no-common-algorithm',
  /** A server got none: 'peer did not return a certificate', 'No required SSL certificate was sent', AH02008 …, alert 116. */
  'no-certificate-sent',
  /** A client says that it has none to show, or picked none ('no suitable certificate found', CredentialsNeeded). */
  'no-certificate-chosen',
  /** 'The server has specified {issuers} issuer(s)': a count of names that a client's trace prints. */
  'issuers-counted',
  /** 'No client certificate CA names sent'. */
  'no-issuers-named',
  /** A client's own check left the certificate out because of its usage (EKU), or a server refused it for it. */
  'usage-refused',
  /** 'unable to get local issuer certificate', 'unknown ca', CERT_E_UNTRUSTEDROOT, CERT_E_CHAINING. */
  'issuer-unknown',
  /** A chain of one certificate was sent, or a server misses an intermediate. */
  'chain-incomplete',
  'certificate-expired',
  'certificate-revoked',
  /** CRYPT_E_REVOCATION_OFFLINE, CRYPT_E_NO_REVOCATION_CHECK, 'unable to get certificate CRL', OCSP unreachable. */
  'revocation-unavailable',
  /** The key that belongs to the certificate is missing or cannot be used (NTE_BAD_KEYSET, 0x8009030D, 'key values mismatch'). */
  'key-unusable',
  /** ECONNRESET, ERR_CONNECTION_RESET, 0x80072EFF, 'forcibly closed'. */
  'connection-reset',
  /** ERR_SSL_CLIENT_AUTH_CERT_NEEDED, ERR_BAD_SSL_CLIENT_AUTH_CERT, and alerts that refuse a certificate without saying why. */
  'certificate-refused',
  /**
   * A client does not trust the server's own certificate ('certificate verify failed', 'PKIX path building failed', an
   * alert that a server gets): it tells nothing of client certificates.
   */
  'server-untrusted',
  /** A fatal handshake_failure (40) without more. */
  'handshake-failure',
  /** ERROR_NOT_SUPPORTED: 0x80070032 beside HTTP 500.0. */
  'late-request-not-supported',
  /** 413, 'Request Entity Too Large', AH02018, AH10228: a late request must buffer the body first. */
  'body-too-large',
  /** SNI of the connection and Host header differ (421, AH02032, strict_sni_host). */
  'misdirected-request',
  /** A client sent no SNI, and another virtual host answered. */
  'sni-missing',
  /** A list of CAs for clients was refused: not a CA, no or several roots, names that do not chain. */
  'trust-bundle-invalid',
  /** A 4xx of a server by which it says that the certificate was not taken (nginx 495, 496; HTTP 400 of gateways). */
  'http-certificate-error',
  /** WWW-Authenticate or a password box where certificate logon was expected (401 after the handshake). */
  'password-asked',
  /** The server's own certificate or key fails (SNI of it, 36870, 15021, 'no certificate assigned'). */
  'server-key-unusable',
  /** HTTP_1_1_REQUIRED, ERR_HTTP2_PROTOCOL_ERROR …: HTTP/2 in the way of a late request. */
  'http2-in-the-way',
  /** An answer of 2xx or 3xx, as an access log or a client prints it. It tells nothing of a certificate by itself. */
  'request-succeeded',
  /** A server says that it verified a client's certificate ($ssl_client_verify SUCCESS, 'VERIFY OK', method=cert). */
  'certificate-accepted',
  /** 400, 401 or 403 without a reason: perhaps for want of a certificate. */
  'request-refused',
  /** A log of a server at level info or finer, which would show refusals, that tells of clients and of no refusal. */
  'quiet-log',
] as const;
