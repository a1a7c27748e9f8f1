import { openOf } from '../base/known.ts';
import type { AccessRule, Site, SiteBinding } from '../windows/host.ts';
import type { Address } from '../windows/http-sys/address.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { hasFlag, parseInformation } from '../windows/iis/access.ts';
import { Trail } from '../windows/trail.ts';
import { keyIn } from './endpoint.ts';
import type { Question } from './question.ts';
import { idOf } from './records.ts';

/** The IIS sites whose https bindings lead to this record (domain 1.2, "IIS mapping"). */
export const sitesOf: Question<readonly Site[]> = (subject) => {
  const all = subject.host.sites;
  if (all.is !== 'known') return openOf(all);
  const trail = new Trail();
  const sites = sitesLeadingTo(trail.read(all), keyIn(subject));
  for (const site of sites) trail.note(site.because);
  return trail.answer(sites);
};

const sitesLeadingTo = (sites: readonly Site[], key: BindingKey): readonly Site[] =>
  indexOf(sites).get(idOf(key)) ?? [];

/** Access rules that ask for a client certificate at some path of these sites (domain 5.3). */
export const askingRules = (sites: readonly Site[]): AccessRule[] =>
  sites.flatMap((site) => site.access.filter((rule) => hasFlag(rule, 'SslNegotiateCert')));

/** Sites by the records that they lead to; made once for each configuration. */
const indexes = new WeakMap<readonly Site[], ReadonlyMap<string, readonly Site[]>>();

function indexOf(sites: readonly Site[]): ReadonlyMap<string, readonly Site[]> {
  const before = indexes.get(sites);
  if (before) return before;
  const index = new Map<string, Site[]>();
  for (const site of sites) {
    for (const id of new Set(site.bindings.flatMap(keysOf).map(idOf))) {
      const leading = index.get(id);
      if (leading) leading.push(site);
      else index.set(id, [site]);
    }
  }
  indexes.set(sites, index);
  return index;
}

/** Records that the https bindings of a site lead to. */
export const keysOfSite = (site: Site): BindingKey[] => site.bindings.flatMap(keysOf);

const SNI = 1;
const CENTRAL_STORE = 2;

/** sslFlags 1: the record of the host name; 2 or 3: the central store of the port; else that of the address. */
function keysOf({ protocol, information, sslFlags }: SiteBinding): BindingKey[] {
  const bound = parseInformation(information);
  if (!bound || protocol.toLowerCase() !== 'https') return [];
  const { address, port, host } = bound;
  if (sslFlags & CENTRAL_STORE) return [{ kind: 'ccs', value: `${port}` }];
  if (sslFlags & SNI) return [{ kind: 'hostnameport', value: `${host}:${port}` }];
  const addresses = address === '*' ? ['0.0.0.0', '[::]'] : [bracketed(address)];
  return addresses.map((one) => ({ kind: 'ipport', value: `${one}:${port}` }));
}

const bracketed = ({ family, text }: Address): string => (family === 6 ? `[${text}]` : text);
