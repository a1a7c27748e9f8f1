import type { Locus } from '../base/locus.ts';
import type { FolderAccess, SiteSeen } from '../evidence/claims.ts';
import type { AccessRule, Site } from '../windows/host.ts';
import type { HostParts } from './host-parts.ts';
import { claimsThat } from './settle.ts';

/**
 * Gives the access rules of web.config files to the sites in whose folders they lie. They take the place of what
 * applicationHost.config says for the same path: the nearer file counts (domain 5.3).
 */
export function placeFolderAccess(sites: readonly Site[], parts: HostParts): readonly Site[] {
  const rules = parts.readings.flatMap((reading) => claimsThat(reading, 'folder-access'));
  if (rules.length === 0) return sites;
  const folders = parts.readings.flatMap((reading) => claimsThat(reading, 'site')).flatMap(foldersOf);
  const placed = new Map<number, AccessRule[]>();
  for (const rule of rules) {
    const place = placeOf(rule, folders);
    if (!place) parts.note(rule.at, notPlaced(rule));
    else {
      const { sslFlags, at } = rule;
      const path = [place.path, rule.path].filter((part) => part !== '').join('/');
      placed.set(place.site, [...(placed.get(place.site) ?? []), { path, sslFlags, because: [at] }]);
    }
  }
  return sites.map((site) => ({ ...site, access: withRules(site.access, placed.get(site.id) ?? []) }));
}

export function notPlaced({
  file,
  sslFlags,
  path,
}: {
  file: string;
  sslFlags: readonly string[];
  path: string;
}): string {
  const where = path === '' ? 'its folder' : `"${path}"`;
  return `access rule ${sslFlags.join(', ') || 'None'} for ${where} was not used: the path of ${file} does not tell in which site's folder it lies; give applicationHost.config and the folders with it`;
}

interface Folder {
  readonly site: number;
  readonly path: string;
  readonly parts: readonly string[];
  readonly at: Locus;
}

function foldersOf({ id, folders, at }: SiteSeen): Folder[] {
  return (folders ?? []).map(({ path, physicalPath }) => ({
    site: id,
    path,
    parts: partsOf(physicalPath),
    at,
  }));
}

/** Names of a path without its drive, compared without case. */
function partsOf(path: string): string[] {
  const names = path.toLowerCase().split(/[/\\]+/);
  return names.filter((name) => name !== '' && name !== '.' && !/^(?:[a-z]:|%[^%]+%)$/.test(name));
}

/**
 * The folder whose names the file's own path holds: all of them anywhere, or the last few at its begin (the folder
 * was collected from inside). Null when none is, or when two different ones are as good.
 */
function placeOf({ file }: FolderAccess, folders: readonly Folder[]): { site: number; path: string } | null {
  const given = partsOf(file).slice(0, -1);
  const names = file
    .split(/[/\\]+/)
    .filter((name) => name !== '' && name !== '.')
    .slice(0, -1);
  const fits = folders.flatMap((folder) => {
    const fit = overlap(given, folder.parts);
    return fit ? [{ ...folder, ...fit }] : [];
  });
  const longest = Math.max(...fits.map((fit) => fit.length));
  const best = fits.filter((fit) => fit.length === longest);
  const below = ({ end, path }: { end: number; path: string }): string =>
    [path, ...names.slice(names.length - given.length + end)].filter((part) => part !== '').join('/');
  const places = new Map(
    best.map((fit) => [`${fit.site} ${below(fit)}`, { site: fit.site, path: below(fit) }]),
  );
  return places.size === 1 ? [...places.values()][0]! : null;
}

function overlap(
  given: readonly string[],
  folder: readonly string[],
): { length: number; end: number } | null {
  for (let length = Math.min(given.length, folder.length); length > 0; length--) {
    const tail = folder.slice(-length).join('/');
    const last = length === folder.length ? given.length - length : 0;
    for (let from = 0; from <= last; from++)
      if (given.slice(from, from + length).join('/') === tail) return { length, end: from + length };
  }
  return null;
}

function withRules(access: readonly AccessRule[], more: readonly AccessRule[]): readonly AccessRule[] {
  if (more.length === 0) return access;
  const byPath = new Map(access.map((rule) => [rule.path.toLowerCase(), rule]));
  for (const rule of more) byPath.set(rule.path.toLowerCase(), rule);
  const depth = ({ path }: AccessRule): number => (path === '' ? 0 : path.split('/').length);
  return [...byPath.values()].sort((a, b) => depth(a) - depth(b));
}
