import { known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import { WANTED } from '../windows/wanted.ts';
import type { Question } from './question.ts';

/** Mappings of certificates to accounts in the configuration of IIS (iisClientCertificateMappingAuthentication). */
export interface IisMapping {
  /** '' the server, 'Default Web Site', 'Default Web Site/app'. */
  readonly location: string;
  /** Below the site, where IIS does not look (domain 4.6). */
  readonly isBelowSite: boolean;
  readonly because: readonly Locus[];
}

const MAPPING = /^iisClientCertificateMapping\./;

/** Places with mappings, or where mapping is switched on; none: the configuration was read whole and has none. */
export const iisMappings: Question<readonly IisMapping[]> = (subject) => {
  const { picture, host } = subject;
  const sites = host.sites.is === 'known' ? host.sites.value.map(({ name }) => name.toLowerCase()) : [];
  const told = (picture.settings ?? []).filter(
    ({ host: of, name, value, file }) =>
      of === host.name && file === undefined && MAPPING.test(name) && !/^(?:0|false)$/i.test(value),
  );
  if (told.length === 0)
    return host.sites.is === 'known' ? known([], host.sites.because) : unknown(WANTED.sites);
  const locations = [...new Set(told.map(({ location }) => location))];
  return known(
    locations.map((location) => ({
      location,
      // A site's name may itself hold a slash.
      isBelowSite: location.includes('/') && !sites.includes(location.toLowerCase()),
      because: told.filter((one) => one.location === location).map(({ at }) => at),
    })),
    told.map(({ at }) => at),
  );
};
