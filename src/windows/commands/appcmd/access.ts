import { answerOf, Unanswered } from '../../../base/known.ts';
import type { Host, Site } from '../../host.ts';
import { accessAt } from '../../iis/access.ts';
import { siteByName, withAccess } from '../../iis/change-sites.ts';
import type { CommandResult } from '../command.ts';
import { failed, optionOf, said, type Words } from './words.ts';

/** The section that says whether a path wants client certificates. */
const SECTION = 'system.webServer/security/access';
const FLAGS = ['None', 'Ssl', 'SslNegotiateCert', 'SslRequireCert', 'SslMapCert', 'Ssl128'];

/** `appcmd list config "Site/path" -section:access`: what holds there, inherited or not. */
export function listConfig(words: Words, host: Host): CommandResult {
  const place = placeOf(words, host);
  if ('exitCode' in place) return place;
  const { sslFlags } = accessAt(place.site, place.path);
  return said(
    host,
    0,
    '<system.webServer>',
    '  <security>',
    `    <access sslFlags="${sslFlags.join(', ') || 'None'}" />`,
    '  </security>',
    '</system.webServer>',
  );
}

/**
 * `appcmd set config "Site/path" -section:access -sslFlags:"Ssl,…" -commit:apphost`. The section is locked below the
 * server, so that without -commit:apphost it cannot be written (the text of that is shortened).
 */
export function setConfig(words: Words, host: Host): CommandResult {
  const place = placeOf(words, host);
  if ('exitCode' in place) return place;
  const text = optionOf(words, 'sslflags');
  if (text === undefined)
    throw new Unanswered('what appcmd sets there: of the section access the lab takes -sslFlags');
  const sslFlags = text.split(/[\s,]+/).filter((word) => word !== '');
  const wrong = sslFlags.find((flag) => !FLAGS.some((one) => one.toLowerCase() === flag.toLowerCase()));
  if (wrong !== undefined || sslFlags.length === 0)
    return failed(host, `Enum must be one or more of the following values: ${FLAGS.join(', ')}`);
  if (!/^(?:apphost|MACHINE\/WEBROOT\/APPHOST)$/i.test(optionOf(words, 'commit') ?? ''))
    return failed(
      host,
      'This configuration section cannot be used at this path. This happens when the section is locked at a parent level.',
    );
  const spelled = FLAGS.filter((one) => sslFlags.some((flag) => flag.toLowerCase() === one.toLowerCase()));
  const because = [{ source: `foreseen: appcmd set config ${words.name} -section:access` }];
  const rule = { path: place.path, sslFlags: spelled.filter((flag) => flag !== 'None'), because };
  const apphost = 'MACHINE/WEBROOT/APPHOST';
  return said(
    withAccess(host, place.site, rule),
    0,
    `Applied configuration changes to section "${SECTION}" for "${apphost}/${words.name}" at configuration commit path "${apphost}"`,
  );
}

/** The site and the path below it; the whole server has no rule of its own in the model. */
function placeOf(words: Words, host: Host): { site: Site; path: string } | CommandResult {
  const section = optionOf(words, 'section') ?? '';
  if (!/^(?:access|system\.webServer\/security\/access)$/i.test(section))
    throw new Unanswered(`what the section ${section || '(all)'} says: the lab keeps the section access`);
  const name = (words.name ?? '').replace(/^MACHINE\/WEBROOT\/APPHOST\/?/i, '').replace(/\/+$/, '');
  if (name === '')
    throw new Unanswered(
      'what the section access says for the whole server: the lab keeps it by site and path',
    );
  const sites = answerOf(host.sites).toSorted((a, b) => b.name.length - a.name.length);
  const lower = name.toLowerCase();
  const found = sites.find((one) => `${lower}/`.startsWith(`${one.name.toLowerCase()}/`));
  const site = found && siteByName(host, found.name);
  if (!site) return failed(host, `Cannot find SITE object with identifier "${name}".`);
  return { site, path: name.slice(site.name.length + 1) };
}
