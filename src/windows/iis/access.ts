import type { Known } from '../../base/known.ts';
import type { AccessRule, Host, Site } from '../host.ts';
import { type Address, parseAddress, parseConnectionAddress } from '../http-sys/address.ts';
import { Trail } from '../trail.ts';

/** Which site a request reaches, and which access rule its path has (domain 5.3 [IIS]). */

export interface Request {
  /** Local address that the client reached. */
  readonly address: string;
  readonly port: number;
  /** The Host header; its port is ignored. null when there is none. */
  readonly hostHeader: string | null;
}

/** undefined: no site has a binding for it. */
export function siteFor(host: Host, request: Request): Known<Site | undefined> {
  const trail = new Trail();
  const ranked = trail
    .read(host.sites)
    .map((site) => ({ site, rank: siteRank(site, request) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank);
  const site = ranked[0]?.site;
  trail.note(site?.because ?? []);
  return trail.answer(site);
}

function siteRank(site: Site, request: Request): number {
  const https = site.bindings.filter((one) => one.protocol.toLowerCase() === 'https');
  return Math.max(0, ...https.map((one) => bindingRank(one.information, request)));
}

/** A host name goes before an address, a whole name before a wildcard (URL prefixes of http.sys). 0: no match. */
function bindingRank(information: string, { address, port, hostHeader }: Request): number {
  const parts = parseInformation(information);
  if (!parts || parts.port !== port) return 0;
  const byAddress = addressRank(parts.address, parseConnectionAddress(address));
  const byHost = hostRank(parts.host, hostName(hostHeader));
  return byAddress === 0 || byHost === 0 ? 0 : byHost * 10 + byAddress;
}

function addressRank(bound: Address | '*', local: Address | null): number {
  if (bound === '*') return 1;
  return bound.text === local?.text ? 2 : 0;
}

/** A host name in a binding may begin with `*.` (IIS 10). */
function hostRank(bound: string, asked: string): number {
  if (bound === '') return 1;
  if (bound === asked) return 3;
  return bound.startsWith('*.') && asked.endsWith(bound.slice(1)) && asked.length > bound.length - 1 ? 2 : 0;
}

function hostName(header: string | null): string {
  return (header ?? '').toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
}

/** 'IP:port:host'; '*' or nothing for any address, IPv6 in brackets (domain 10.2). null: another form. */
export function parseInformation(
  information: string,
): { address: Address | '*'; port: number; host: string } | null {
  const [, ip, digits, host] = /^(\[[^\]]*\]|[^:]*):(\d{1,5}):(.*)$/s.exec(information) ?? [];
  if (ip === undefined || digits === undefined || host === undefined) return null;
  const address = ip === '' || ip === '*' ? '*' : parseAddress(ip.replace(/^\[(.*)\]$/, '$1'));
  return address && { address, port: Number(digits), host: host.toLowerCase() };
}

/** Flags of `<access sslFlags>` that matter here, as configuration spells them. */
export type AccessFlag = 'Ssl' | 'SslNegotiateCert' | 'SslRequireCert' | 'SslMapCert' | 'Ssl128';

export function hasFlag(rule: AccessRule, flag: AccessFlag): boolean {
  return rule.sslFlags.some((one) => one.toLowerCase() === flag.toLowerCase());
}

/** The rule of the longest location path that holds the URL's path; without any rule nothing is asked for. */
export function accessAt(site: Site, path: string): AccessRule {
  const wanted = segments(path);
  const fitting = site.access.filter((rule) => {
    const own = segments(rule.path);
    return own.every((segment, i) => segment === wanted[i]);
  });
  const longest = fitting.toSorted((a, b) => segments(b.path).length - segments(a.path).length)[0];
  return longest ?? { path: '', sslFlags: [], because: site.because };
}

/** Path as IIS compares it: without query, percent-decoded, dot segments resolved, case ignored. */
function segments(path: string): string[] {
  const kept: string[] = [];
  for (const segment of decoded(path.replace(/[?#].*$/s, '')).split(/[/\\]/)) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment.toLowerCase());
  }
  return kept;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
