import { answerOf, known } from '../../base/known.ts';
import type { AccessRule, Host, Site, SiteBinding } from '../host.ts';

/** Changes of the sites as IIS's own tools write them into applicationHost.config. */

/** Names of sites compare without case. */
export function siteByName(host: Host, name: string): Site | undefined {
  return answerOf(host.sites).find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** Puts a site in the place of the one with its id. */
export function withSite(host: Host, site: Site): Host {
  const sites = answerOf(host.sites).map((one) => (one.id === site.id ? site : one));
  return { ...host, sites: known(sites, host.sites.is === 'known' ? host.sites.because : []) };
}

export const sameSiteBinding = (a: SiteBinding, b: SiteBinding): boolean =>
  a.protocol.toLowerCase() === b.protocol.toLowerCase() &&
  a.information.toLowerCase() === b.information.toLowerCase();

export function withSiteBinding(host: Host, site: Site, binding: SiteBinding): Host {
  return withSite(host, { ...site, bindings: [...site.bindings, binding] });
}

export function withoutSiteBinding(host: Host, site: Site, binding: SiteBinding): Host {
  const bindings = site.bindings.filter((one) => !sameSiteBinding(one, binding));
  return withSite(host, { ...site, bindings });
}

/** Sets the rule of a path below a site, most general paths first as before. */
export function withAccess(host: Host, site: Site, rule: AccessRule): Host {
  const isOf = (one: AccessRule) => plainPath(one.path) === plainPath(rule.path);
  const access = site.access.some(isOf)
    ? site.access.map((one) => (isOf(one) ? rule : one))
    : [...site.access, rule].toSorted((a, b) => depth(a.path) - depth(b.path));
  return withSite(host, { ...site, access });
}

const plainPath = (path: string): string => path.replace(/^\/+|\/+$/g, '').toLowerCase();
const depth = (path: string): number => plainPath(path).split('/').filter(Boolean).length;
