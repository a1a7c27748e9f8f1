import { answerOf, Unanswered } from '../../../base/known.ts';
import type { Host, Site, SiteBinding } from '../../host.ts';
import { parseInformation } from '../../iis/access.ts';
import { sameSiteBinding, siteByName, withoutSiteBinding, withSiteBinding } from '../../iis/change-sites.ts';
import type { CommandResult } from '../command.ts';
import { failed, optionOf, said, type Words } from './words.ts';

export function listSite(words: Words, host: Host): CommandResult {
  const name = words.name ?? optionOf(words, 'site.name');
  const sites = answerOf(host.sites).filter(
    (one) => name === undefined || one.name.toLowerCase() === name.toLowerCase(),
  );
  if (name !== undefined && sites.length === 0)
    return failed(host, `Cannot find SITE object with identifier "${name}".`);
  return said(host, 0, ...sites.map(siteLine));
}

function siteLine({ id, name, bindings }: Site): string {
  const all = bindings.map(({ protocol, information }) => `${protocol}/${information}`).join(',');
  return `SITE "${name}" (id:${id},bindings:${all},state:Started)`;
}

/** `/+bindings.[protocol='https',bindingInformation='*:443:',sslFlags='1']` and `/-bindings.[…]`. */
export function setSite(words: Words, host: Host): CommandResult {
  const name = optionOf(words, 'site.name') ?? words.name ?? '';
  const changes = words.options.filter(([option]) => option !== 'site.name');
  let after = host;
  for (const [option, value] of changes) {
    const whole = value === '' ? option : `${option}:${value}`;
    const site = siteByName(after, name);
    if (!site) return failed(host, `Cannot find SITE object with identifier "${name}".`);
    const [, sign, inside] = /^([+-])bindings\.\[(.*)\]$/is.exec(whole) ?? [];
    const binding = inside === undefined ? null : readBinding(inside);
    if (!binding)
      throw new Unanswered(`what appcmd set site /${whole} does: the lab adds and removes bindings`);
    const isThere = site.bindings.some((one) => sameSiteBinding(one, binding));
    if (sign === '+' && isThere)
      return failed(
        host,
        "Cannot add duplicate collection entry of type 'binding' with combined key attributes 'protocol, bindingInformation'.",
      );
    if (sign === '-' && !isThere) return failed(host, 'Cannot find requested collection element.');
    after = sign === '+' ? withSiteBinding(after, site, binding) : withoutSiteBinding(after, site, binding);
  }
  if (!siteByName(after, name)) return failed(host, `Cannot find SITE object with identifier "${name}".`);
  return said(after, 0, `SITE object "${name}" changed`);
}

function readBinding(text: string): SiteBinding | null {
  const value = (name: string) => new RegExp(`(?:^|,)\\s*${name}\\s*=\\s*'([^']*)'`, 'i').exec(text)?.[1];
  const protocol = value('protocol');
  const information = value('bindingInformation');
  const sslFlags = Number(value('sslFlags') ?? 0);
  if (protocol === undefined || information === undefined || !parseInformation(information)) return null;
  return Number.isInteger(sslFlags) && sslFlags >= 0 ? { protocol, information, sslFlags } : null;
}
