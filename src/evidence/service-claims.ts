import type { Locus } from '../base/locus.ts';

/** How a server asks for a client certificate. */
export type Asks = 'required' | 'optional' | 'never';

/**
 * One TLS service as the configuration of a server that is not http.sys describes it: a `server` of nginx, a
 * VirtualHost of Apache, a `bind` of HAProxy, a site of Caddy.
 */
export interface ServiceSeen {
  readonly says: 'service';
  readonly at: Locus;
  /** 'nginx', 'Apache httpd', 'HAProxy', 'Caddy'. */
  readonly program: string;
  readonly address?: string;
  readonly port?: number;
  /** Server names; empty: it answers for any. */
  readonly names: readonly string[];
  /** It answers clients that send no SNI, or an unknown name; absent: the configuration does not tell. */
  readonly isDefault?: boolean;
  /** In the first handshake. */
  readonly asks: Asks;
  readonly askedAt?: Locus;
  /** File of its own certificate: services that share one share connections as well (HTTP/2). */
  readonly certificate?: string;
  /** File of the CAs that clients are checked against. */
  readonly trust?: string;
  /** Which names the request carries: 'nothing', 'trust' (those of `trust`), or a file of its own; absent: not told. */
  readonly advertises?: string;
  /** Length of chain that is taken, where it is set. */
  readonly depth?: number;
  /** 'TLSv1.2', 'TLSv1.3' as spelled; absent: the program's default. */
  readonly protocols?: readonly string[];
  /** Paths with a rule of their own: asked after the request. */
  readonly paths: readonly ServicePath[];
  /** Requests whose Host is not the SNI are refused. */
  readonly strictSni?: boolean;
  readonly http2?: boolean;
}

export interface ServicePath {
  readonly path: string;
  readonly asks: Asks;
  readonly at: Locus;
}
