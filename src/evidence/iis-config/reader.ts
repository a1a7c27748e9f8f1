import type { Locus } from '../../base/locus.ts';
import { decodeText } from '../../base/text.ts';
import type { SiteSeen } from '../claims.ts';
import { gather } from '../gather.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import { descendants, parseXml, type XmlElement } from '../xml.ts';
import { accessRules, type FoundRule, joined } from './access-rules.ts';
import { type FoundSetting, findSettings } from './settings.ts';

/** applicationHost.config: sites, their bindings, and which paths want a certificate (domain 5.3). */
const reader: EvidenceReader = {
  kind: 'iis-config',
  title: 'IIS configuration',
  sniff(head) {
    const text = decodeText(head);
    if (!/^\s*</.test(text)) return 'no';
    const isOurs = /system\.(?:applicationHost|webServer)\b|<configurationRedirection\b/.test(text);
    if (isOurs && /<configuration[\s>]/.test(text)) return 'certain';
    const fragment = /<(?:sites?|location|security|system\.webServer|configuration)[\s>]/.test(text);
    return fragment ? 'likely' : 'no';
  },
  among:
    /<(?:site\s[^>]*\bid=|location\s+path=|sites>|system\.applicationHost|customMetadata|property\s+id="5506")/i,
  isAlone: (head) => /^\s*<\?xml|^\s*<configuration[\s>]/.test(head),
  open: (context) =>
    gather(context, LARGEST, (bytes, whole) => readConfiguration(decodeText(bytes), whole, context)),
};
export default reader;

const LARGEST = 32 * 2 ** 20;

/** Problems that are shown one by one. */
const SHOWN = 5;

function readConfiguration(text: string, whole: boolean, context: ReadContext): void {
  const { roots, problems } = parseXml(text);
  const lines = text.split('\n');
  const at = (line: number): Locus =>
    lineLocus(context.source, { number: line, text: (lines[line - 1] ?? '').replace(/\r$/, '') });
  for (const { line, message } of problems.slice(0, SHOWN)) {
    context.note({ at: at(line), message: `${message}: the file is damaged or cut off; the rest was used` });
  }
  if (problems.length > SHOWN) {
    const message = `${problems.length - SHOWN} more defects of its XML; the rest was used`;
    context.note({ at: { source: context.source }, message });
  }
  const rules = accessRules(roots);
  // A rule with a word that nobody knows may ask for more than is read of it.
  const isUnderstood = rules.every(({ unknown }) => unknown.length === 0);
  for (const { unknown, line } of rules) {
    if (unknown.length > 0)
      context.note({ at: at(line), message: `sslFlags not known: ${unknown.join(', ')}` });
  }
  const sites = roots.flatMap((root) => [root, ...descendants(root, 'site')]).filter(isSite);
  const claims = sites.flatMap((site) => siteClaim(site, at, context));
  const placed = new Set<FoundRule>();
  const byPlace = rulesByPlace(rules);
  for (const claim of claims) context.claim({ ...claim, access: accessOf(claim.name, byPlace, at, placed) });
  const list = sitesList(roots);
  if (whole && list?.closed && problems.length === 0 && isUnderstood && claims.length === sites.length) {
    context.claim({ says: 'sites-whole', at: at(list.line) });
  }
  const settings = findSettings(roots, joined);
  claimSettings(settings, isWebConfig(context), at, context);
  const left = rules.filter((rule) => !placed.has(rule));
  if (isWebConfig(context) && claims.length === 0) claimFolderAccess(left, at, context);
  else noteLeftOver(left, claims.length, at, context);
  if (rules.length === 0 && claims.length === 0 && settings.length === 0) {
    const message =
      'neither a site nor an access rule in it: wanted is %windir%\\System32\\inetsrv\\config\\applicationHost.config';
    context.note({ at: { source: context.source }, message });
  }
}

const isWebConfig = (context: ReadContext): boolean => /(?:^|[/\\])web\.config$/i.test(context.source);

/** Its place in a site is told by its own path together with the folders of the sites. */
function claimFolderAccess(
  rules: readonly FoundRule[],
  at: (line: number) => Locus,
  context: ReadContext,
): void {
  for (const { location, flags, line } of rules)
    context.claim({
      says: 'folder-access',
      file: context.source,
      path: location,
      sslFlags: flags,
      at: at(line),
    });
}

function claimSettings(
  settings: readonly FoundSetting[],
  inFolder: boolean,
  at: (line: number) => Locus,
  context: ReadContext,
): void {
  for (const { location, name, value, line } of settings) {
    const file = inFolder ? { file: context.source } : {};
    context.claim({ says: 'iis-setting', location, ...file, name, value, at: at(line) });
  }
  const isOn = settings.find(({ name, value }) => name === 'redirection.enabled' && /^true$/i.test(value));
  if (!isOn) return;
  const where = settings.find(({ name }) => name === 'redirection.path')?.value ?? 'another folder';
  const message = `the configuration of this server is kept elsewhere (${where}): give applicationHost.config from there`;
  context.note({ at: at(isOn.line), message });
}

/** <siteDefaults> and the sections of the schema have other names; a site has an id. */
const isSite = ({ name, attributes }: XmlElement): boolean => name === 'site' && attributes.has('id');

/** The one place where all sites stand: configuration/system.applicationHost/sites. */
function sitesList(roots: readonly XmlElement[]): XmlElement | undefined {
  const child = (name: string) => (element: XmlElement) =>
    element.children.filter((one) => one.name === name);
  return roots
    .filter((root) => root.name === 'configuration')
    .flatMap(child('system.applicationHost'))
    .flatMap(child('sites'))[0];
}

type BareSite = Omit<SiteSeen, 'access'>;

function siteClaim(site: XmlElement, at: (line: number) => Locus, context: ReadContext): BareSite[] {
  const name = site.attributes.get('name');
  const id = Number(site.attributes.get('id'));
  if (name === undefined || !Number.isSafeInteger(id)) {
    context.note({ at: at(site.line), message: 'a site without name or number was left out' });
    return [];
  }
  const lists = site.children.filter((child) => child.name === 'bindings');
  const bindings = lists
    .flatMap((list) => list.children)
    .filter((child) => child.name === 'binding')
    .map(({ attributes }) => ({
      protocol: attributes.get('protocol') ?? '',
      information: attributes.get('bindingInformation') ?? '',
      sslFlags: Number.parseInt(attributes.get('sslFlags') ?? '0', 10) || 0,
    }));
  const folders = foldersOf(site);
  const where = folders.length > 0 ? { folders } : {};
  return [{ says: 'site', id, name, bindings, ...where, at: at(site.line) }];
}

/** Of its applications and their virtual directories, by path below the site. */
function foldersOf(site: XmlElement): NonNullable<SiteSeen['folders']> {
  const inside = (path = ''): string => path.replace(/^\/+|\/+$/g, '');
  return site.children
    .filter((child) => child.name === 'application')
    .flatMap((application) =>
      application.children
        .filter((child) => child.name === 'virtualDirectory')
        .flatMap(({ attributes }) => {
          const physicalPath = attributes.get('physicalPath');
          const parts = [inside(application.attributes.get('path')), inside(attributes.get('path'))];
          return physicalPath ? [{ path: parts.filter((part) => part !== '').join('/'), physicalPath }] : [];
        }),
    );
}

/**
 * The rules of a site, most general first, paths below the site. The attribute is replaced and never merged: a
 * rule of the whole server holds for the site itself only where that has none.
 */
function accessOf(
  name: string,
  rules: ReadonlyMap<string, readonly FoundRule[]>,
  at: (line: number) => Locus,
  placed: Set<FoundRule>,
): SiteSeen['access'] {
  const byPath = new Map<string, { path: string; sslFlags: readonly string[]; at: Locus; ofSite: boolean }>();
  const concerned = [...(rules.get('') ?? []), ...(rules.get(name.toLowerCase()) ?? [])];
  for (const rule of concerned) {
    const path = pathBelow(name, rule.location);
    if (path === null) continue;
    placed.add(rule);
    const ofSite = rule.location !== '';
    const key = path.toLowerCase();
    // A later rule of the same place replaces an earlier one.
    if (ofSite || !byPath.get(key)?.ofSite) {
      byPath.set(key, { path, sslFlags: rule.flags, at: at(rule.line), ofSite });
    }
  }
  const depth = (path: string): number => (path === '' ? 0 : path.split('/').length);
  return [...byPath.values()]
    .sort((a, b) => depth(a.path) - depth(b.path))
    .map(({ path, sslFlags, at: locus }) => ({ path, sslFlags, at: locus }));
}

/** Rules by each place that they are of or below, in lower case; '' those of the whole server. */
function rulesByPlace(rules: readonly FoundRule[]): ReadonlyMap<string, readonly FoundRule[]> {
  const byPlace = new Map<string, FoundRule[]>();
  const put = (place: string, rule: FoundRule): void => {
    const before = byPlace.get(place);
    if (before) before.push(rule);
    else byPlace.set(place, [rule]);
  };
  for (const rule of rules) {
    const location = rule.location.toLowerCase();
    put(location, rule);
    for (let end = location.indexOf('/'); end >= 0; end = location.indexOf('/', end + 1))
      if (end > 0) put(location.slice(0, end), rule);
  }
  return byPlace;
}

/** The path below a site; '' for the site and for the whole server; null for another site's. */
function pathBelow(site: string, location: string): string | null {
  const [own, wanted] = [site.toLowerCase(), location.toLowerCase()];
  if (wanted === '' || wanted === own) return '';
  return wanted.startsWith(`${own}/`) ? location.slice(site.length + 1) : null;
}

/** A location may name a site that is not here; a fragment tells no site at all. */
function noteLeftOver(
  rules: readonly FoundRule[],
  sites: number,
  at: (line: number) => Locus,
  context: ReadContext,
): void {
  for (const rule of rules) {
    const what = `access rule ${rule.flags.join(', ') || 'None'} for ${rule.location === '' ? 'its folder' : `"${rule.location}"`}`;
    const why =
      sites === 0
        ? 'it does not tell which site and folder it is of; give applicationHost.config as well'
        : 'no site of that name stands in this file';
    context.note({ at: at(rule.line), message: `${what} was not used: ${why}` });
  }
}
