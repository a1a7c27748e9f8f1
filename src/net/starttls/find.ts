import { starttlsProtocols } from './index.ts';
import type { StarttlsProtocol } from './protocol.ts';

/** By id or alias, in any case. */
export function findProtocol(name: string): StarttlsProtocol | undefined {
  const wanted = name.toLowerCase();
  return starttlsProtocols.find(({ id, aliases = [] }) => id === wanted || aliases.includes(wanted));
}

/** What a scheme of a URL says on how to reach a server. */
export interface SchemeUse {
  readonly port: number;
  /** Protocol to begin TLS in; absent: TLS at once. */
  readonly starttls?: string;
  /** Name of the protocol that is spoken in TLS, for ALPN. */
  readonly alpn?: string;
  /** A request can be sent once TLS stands. */
  readonly http: boolean;
}

/** Without a colon, in small letters. undefined: no scheme of ours. */
export function schemeUse(scheme: string): SchemeUse | undefined {
  if (scheme === 'https') return { port: 443, http: true };
  if (scheme === 'tls' || scheme === 'ssl') return { port: 443, http: false };
  const protocol = findProtocol(scheme);
  if (protocol) return { port: protocol.port, starttls: protocol.id, http: false };
  const atOnce = starttlsProtocols.find((one) => one.atOnce?.schemes.includes(scheme))?.atOnce;
  if (!atOnce) return undefined;
  const { port, alpn } = atOnce;
  return { port, http: false, ...(alpn ? { alpn } : {}) };
}

/** For a message that says what is understood. */
export const protocolNames = (): string => starttlsProtocols.map(({ id }) => id).join(', ');
