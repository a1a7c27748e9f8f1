import type { AccessRule, Site, SiteBinding } from '../windows/host.ts';
import { isWildcard } from '../windows/http-sys/address.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { endpointOf, sameKey } from '../windows/http-sys/key.ts';
import { hasFlag, parseInformation } from '../windows/iis/access.ts';
import { Trail } from '../windows/trail.ts';
import { keyIn } from './endpoint.ts';
import type { Question } from './question.ts';

/** The IIS sites whose https bindings lead to this record (domain 1.2, "IIS mapping"). */
export const sitesOf: Question<readonly Site[]> = (subject) => {
  const key = keyIn(subject);
  const trail = new Trail();
  const sites = sitesLeadingTo(trail.read(subject.host.sites), key);
  for (const site of sites) trail.note(site.because);
  return trail.answer(sites);
};

export const sitesLeadingTo = (sites: readonly Site[], key: BindingKey): Site[] =>
  sites.filter((site) => site.bindings.some((one) => leadsTo(one, key)));

/** Access rules that ask for a client certificate at some path of these sites (domain 5.3). */
export const askingRules = (sites: readonly Site[]): AccessRule[] =>
  sites.flatMap((site) => site.access.filter((rule) => hasFlag(rule, 'SslNegotiateCert')));

const SNI = 1;
const CENTRAL_STORE = 2;

/** sslFlags 1: the record of the host name; 2 or 3: the central store of the port; else that of the address. */
function leadsTo(binding: SiteBinding, key: BindingKey): boolean {
  if (binding.protocol.toLowerCase() !== 'https') return false;
  const bound = parseInformation(binding.information);
  if (!bound) return false;
  if (binding.sslFlags & CENTRAL_STORE) return sameKey(key, { kind: 'ccs', value: `${bound.port}` });
  if (binding.sslFlags & SNI)
    return sameKey(key, { kind: 'hostnameport', value: `${bound.host}:${bound.port}` });
  const endpoint = endpointOf(key);
  if (endpoint?.is !== 'address' || endpoint.port !== bound.port) return false;
  if (bound.address === '*') return isWildcard(endpoint.address);
  return bound.address.text === endpoint.address.text;
}
