import type { Locus } from '../base/locus.ts';

/** What recorded TLS tells beside the request itself (claims.ts, HandshakeSeen). All of it is plain data. */

/** What clients did, as many as did the same. */
export interface ClientAnswer {
  /** 'none': the client said that it has none to show. 'unseen': encryption or the end of the recording hides it. */
  readonly sent: 'certificate' | 'none' | 'unseen';
  readonly leaf?: SentCertificate;
  /** Certificates in the chain that was sent. */
  readonly chainLength?: number;
  /** The client signed with its key (CertificateVerify was seen). */
  readonly proved?: true;
  readonly alerts?: readonly AlertSeen[];
  /** Who ended the connection, and how. */
  readonly closed?: { readonly by: 'client' | 'server'; readonly how: 'fin' | 'reset' };
  /** Both sides finished the handshake; absent where that cannot be seen. */
  readonly completed?: boolean;
  readonly count: number;
}

export interface SentCertificate {
  /** SHA-1 of the DER in lower-case hex; absent where only names were recorded. */
  readonly thumbprint?: string;
  /** As printed by `printName`, or as the recording tool printed it. */
  readonly subject: string;
  readonly issuer?: string;
}

export interface AlertSeen {
  readonly from: 'client' | 'server';
  readonly level: 'warning' | 'fatal';
  readonly code: number;
}

/** Handshakes with one endpoint that do not show whether a certificate was asked for. */
export interface HandshakesUnread {
  readonly says: 'handshakes-unread';
  readonly at: Locus;
  readonly address?: string;
  readonly port: number;
  readonly serverName?: string;
  /** SHA-1 of the server's own certificate in lower-case hex, where that was seen. */
  readonly serverCertificate?: string;
  /** Negotiated version. */
  readonly version?: number;
  readonly why: UnreadWhy;
  readonly count: number;
  /** Milliseconds since 1970 UTC. */
  readonly first?: number;
  readonly last?: number;
  readonly answers: readonly ClientAnswer[];
}

/**
 * 'encrypted': TLS 1.3 without a key log. 'renegotiation': another handshake inside the encryption, in which http.sys
 * asks late (domain 6). 'resumed': an earlier session was taken up, which asks for nothing. 'cut-off': parts are
 * missing. 'refused': it ended with an alert before the server had said all.
 */
export type UnreadWhy = 'encrypted' | 'renegotiation' | 'resumed' | 'cut-off' | 'refused';

/**
 * A request for a certificate as a client's trace puts it in words. Names are printed, not DER: they can be compared
 * by what they print only, and a name that prints alike need not be the same to a client.
 */
export interface RequestInWords {
  readonly says: 'request-in-words';
  readonly at: Locus;
  /** Whose trace: 'openssl s_client', 'curl', 'Java', 'Chrome', 'gnutls-cli', '.NET'. */
  readonly tool: string;
  /** As the client was told to connect: a host name or an address. */
  readonly host?: string;
  readonly port?: number;
  readonly serverName?: string;
  /** 'TLSv1.3' read as 0x0304. */
  readonly version?: number;
  /** Whether a certificate was asked for; absent where the trace does not tell. */
  readonly asked?: boolean;
  /** Names as printed, in order; absent where the tool does not print them. */
  readonly authorities?: readonly string[];
  /** How many there were, where only that is printed. */
  readonly authorityCount?: number;
  /** ClientCertificateType and SignatureScheme numbers, as far as their printed names are known. */
  readonly certificateTypes?: readonly number[];
  readonly signatureAlgorithms?: readonly number[];
  readonly late?: 'renegotiation' | 'post-handshake';
  readonly answer?: ClientAnswer;
  /** Status of the HTTP answer, where the trace has one. */
  readonly status?: number;
  /** The server's certificate as the tool prints it: whom the client really met. */
  readonly server?: { readonly subject?: string; readonly issuer?: string };
  /** An earlier session was taken up, which asks for nothing. */
  readonly resumed?: true;
  /** Milliseconds since 1970 UTC. */
  readonly time?: number;
}
