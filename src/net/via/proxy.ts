import type { Script } from '../dialogue/dialogue.ts';
import { connectByHttp } from './http-connect.ts';
import { connectBySocks4 } from './socks4.ts';
import { connectBySocks5 } from './socks5.ts';

export type ProxyKind = 'http' | 'https' | 'socks4' | 'socks4a' | 'socks5' | 'socks5h';

/** A proxy that carries the connection to its target. */
export interface ProxyServer {
  readonly kind: ProxyKind;
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
}

/** Where the proxy shall connect to. IPv6 without brackets. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

const PORTS: Readonly<Record<ProxyKind, number>> = {
  http: 80,
  https: 443,
  socks4: 1080,
  socks4a: 1080,
  socks5: 1080,
  socks5h: 1080,
};

/** Reads http://user@host:port; null when it is none. A bare host:port is an HTTP proxy, as in the environment. */
export function parseProxy(text: string): ProxyServer | null {
  const [, kind = 'http', rest = ''] = /^(?:([a-z0-9]+):\/\/)?(.+)$/i.exec(text.trim()) ?? [];
  const scheme = kind.toLowerCase();
  if (!isKind(scheme)) return null;
  // A scheme without rules of its own keeps every port, and 'ftp' has the rules for host names.
  const url = urlOf(`ftp://${rest}`);
  const port = /:(\d+)\/?$/.exec(rest)?.[1];
  if (!url || url.hostname === '' || !/^\/?$/.test(url.pathname) || url.search !== '') return null;
  return {
    kind: scheme,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port ? Number(port) : PORTS[scheme],
    ...(url.username ? { user: decode(url.username) } : {}),
    ...(url.password ? { password: decode(url.password) } : {}),
  };
}

const isKind = (text: string): text is ProxyKind => Object.hasOwn(PORTS, text);

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** For messages; no credentials. */
export function printProxy({ kind, host, port }: ProxyServer): string {
  return `${kind}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The words by which the proxy is asked to connect. socks4 and socks5 want an address in `to`, socks4a and socks5h take names. */
export function proxyScript(proxy: ProxyServer, to: Destination): Script {
  switch (proxy.kind) {
    case 'http':
    case 'https':
      return connectByHttp(proxy, to);
    case 'socks4':
    case 'socks4a':
      return connectBySocks4(proxy, to);
    case 'socks5':
    case 'socks5h':
      return connectBySocks5(proxy, to);
  }
}
