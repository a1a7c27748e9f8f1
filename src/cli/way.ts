import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Command, OptionValues } from 'commander';
import type { ProbeOptions } from '../net/probe-types.ts';
import { findProtocol, protocolNames, type SchemeUse, schemeUse } from '../net/starttls/find.ts';
import { proxyFromEnvironment } from '../net/via/environment.ts';
import { type Destination, type ProxyServer, parseProxy } from '../net/via/proxy.ts';
import type { ProxyHeader } from '../net/via/proxy-header.ts';
import { UsageError } from './usage.ts';

/** Options on how to come to the point where TLS begins. */
export interface WayOptions extends OptionValues {
  starttls?: string;
  proxy?: string;
  proxyPasswordFile?: string;
  proxyProtocol?: string;
  proxySource?: string;
}

export interface Way {
  /** With a port, unless it is that of https. */
  readonly url: URL;
  readonly starttls?: string;
  /** What every connection is made with. */
  readonly shared: Pick<ProbeOptions, 'http' | 'alpn' | 'proxy' | 'proxyHeader'>;
}

export function addWayOptions(command: Command): Command {
  return command
    .option('--starttls <protocol>', `begin TLS in another protocol: ${protocolNames()}`)
    .option(
      '--proxy <url>',
      'http, https, socks4, socks4a, socks5 or socks5h://[USER@]HOST:PORT; env: as HTTPS_PROXY says',
    )
    .option('--proxy-password-file <file>', 'password for the proxy (or HANDCLASP_PROXY_PASSWORD)')
    .option('--proxy-protocol <version>', 'send a header of the PROXY protocol first: v1 or v2')
    .option('--proxy-source <address[:port]>', 'address that this header gives as ours');
}

/** Reads an address of `why` and the options beside it. */
export async function wayTo(address: string, options: WayOptions): Promise<Way> {
  const { url, use } = urlOf(address, options.starttls);
  if (url.port === '' && use.port !== 443) url.port = String(use.port);
  const destination = { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port || 443) };
  const proxy = await proxyOf(options, destination);
  const proxyHeader = headerOf(options);
  return {
    url,
    ...(use.starttls ? { starttls: use.starttls } : {}),
    shared: {
      http: use.http,
      ...(use.alpn ? { alpn: [use.alpn] } : {}),
      ...(proxy ? { proxy } : {}),
      ...(proxyHeader ? { proxyHeader } : {}),
    },
  };
}

function urlOf(address: string, starttls: string | undefined): { url: URL; use: SchemeUse } {
  const given = /^([a-z][a-z0-9+-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
  const protocol = starttls === undefined ? undefined : findProtocol(starttls);
  if (starttls !== undefined && !protocol)
    throw new UsageError(`--starttls ${starttls}: no such protocol`, `known are ${protocolNames()}`);
  const scheme = given ?? protocol?.id ?? 'https';
  const use = schemeUse(scheme);
  if (!use)
    throw new UsageError(`${scheme}:// is not spoken`, `give https://HOST, tls://HOST:PORT, smtp://HOST …`);
  if (protocol && scheme !== 'tls' && use.starttls !== protocol.id)
    throw new UsageError(
      `the address says ${scheme}, --starttls says ${protocol.id}`,
      `give ${protocol.id}://HOST, or HOST alone`,
    );
  const url = parseUrl(given ? address : `${scheme}://${address}`);
  if (!url) throw new UsageError(`not an address: ${address}`, `give ${scheme}://HOST[:PORT]`);
  return { url, use: protocol ? schemeUse(protocol.id)! : use };
}

/** Schemes that the URL standard does not know take host names as they come: they get the same treatment here. */
function parseUrl(text: string): URL | null {
  try {
    const url = new URL(text);
    const host = url.hostname.startsWith('[')
      ? url.hostname
      : domainToASCII(decodeURIComponent(url.hostname));
    if (host === '') return null;
    const port = url.port === '' ? '' : `:${url.port}`;
    return new URL(`${url.protocol}//${host}${port}${url.pathname || '/'}${url.search}`);
  } catch {
    return null;
  }
}

async function proxyOf(options: WayOptions, to: Destination): Promise<ProxyServer | null> {
  const { proxy: text, proxyPasswordFile } = options;
  if (text === undefined) {
    if (proxyPasswordFile)
      throw new UsageError('--proxy-password-file without --proxy', 'give the proxy as well');
    return null;
  }
  if (text === 'env') return environmentProxy(to);
  const proxy = parseProxy(text);
  if (!proxy)
    throw new UsageError(
      `--proxy ${withoutPassword(text)}: no proxy`,
      'give http://HOST:PORT, socks5h://HOST:PORT …',
    );
  if (proxy.password !== undefined)
    throw new UsageError(
      'a password on the command line is seen by every user of this machine',
      'give it with --proxy-password-file FILE or in HANDCLASP_PROXY_PASSWORD',
    );
  const password = proxy.user === undefined ? undefined : await passwordOf(proxyPasswordFile);
  return password === undefined ? proxy : { ...proxy, password };
}

function environmentProxy(to: Destination): ProxyServer | null {
  try {
    return proxyFromEnvironment(process.env, to);
  } catch {
    throw new UsageError('HTTPS_PROXY names no proxy', 'give it as http://HOST:PORT');
  }
}

const withoutPassword = (text: string): string => text.replace(/:[^:@/]*@/, ':…@');

async function passwordOf(file: string | undefined): Promise<string | undefined> {
  if (!file) return process.env.HANDCLASP_PROXY_PASSWORD;
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new UsageError(`${file}: cannot be read`, 'check the path');
  return text.replace(/\r?\n$/, '');
}

function headerOf({ proxyProtocol: version, proxySource }: WayOptions): ProxyHeader | null {
  if (version === undefined) {
    if (proxySource)
      throw new UsageError('--proxy-source without --proxy-protocol', 'give --proxy-protocol v2 as well');
    return null;
  }
  if (version !== 'v1' && version !== 'v2')
    throw new UsageError(`--proxy-protocol ${version}: no such version`, 'give v1 or v2');
  return proxySource === undefined ? { version } : { version, source: endpointOf(proxySource) };
}

/** 192.0.2.1, 192.0.2.1:4711, 2001:db8::1 or [2001:db8::1]:4711. */
function endpointOf(text: string): { address: string; port?: number } {
  if (isIP(text)) return { address: text };
  const [, inBrackets, plain, digits] = /^(?:\[(.+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = inBrackets ?? plain ?? '';
  const port = digits === undefined ? undefined : Number(digits);
  if (!isIP(address) || (port ?? 0) > 65535)
    throw new UsageError(
      `--proxy-source ${text}: not an address`,
      'give 192.0.2.1:4711 or [2001:db8::1]:4711',
    );
  return port === undefined ? { address } : { address, port };
}
