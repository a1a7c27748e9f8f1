import type { XmlElement } from '../xml.ts';

/** An <access> element and the location that it stands for. */
export interface FoundRule {
  /** '' for the whole server, else as in <location path="…">. */
  readonly location: string;
  readonly flags: readonly string[];
  /** Words in sslFlags that are none of the enumeration. */
  readonly unknown: readonly string[];
  readonly line: number;
}

/** Names of the enumeration and their numbers in the old metabase (domain 5.3). */
const FLAGS: readonly (readonly [string, number])[] = [
  ['Ssl', 8],
  ['SslNegotiateCert', 32],
  ['SslRequireCert', 64],
  ['SslMapCert', 128],
  ['Ssl128', 256],
];

/** Every <access> below <security>, with the paths of the <location>s around it joined. */
export function accessRules(roots: readonly XmlElement[]): FoundRule[] {
  const rules: FoundRule[] = [];
  const left = roots.map((element) => ({ element, location: '' })).reverse();
  for (let next = left.pop(); next; next = left.pop()) {
    const { element, location } = next;
    const inside = element.name === 'location' ? joined(location, element.attributes.get('path')) : location;
    if (element.name === 'security') {
      for (const access of element.children)
        if (access.name === 'access') rules.push(...ruleOf(access, inside));
    }
    for (const child of element.children.toReversed()) left.push({ element: child, location: inside });
  }
  return rules;
}

/** '.' and an absent path mean the place itself. */
export function joined(outer: string, path = ''): string {
  const own = path === '.' ? '' : path.replace(/^\/+|\/+$/g, '');
  return [outer, own].filter((part) => part !== '').join('/');
}

/** Without sslFlags an element changes nothing here. */
function ruleOf(access: XmlElement, location: string): FoundRule[] {
  const text = access.attributes.get('sslFlags');
  if (text === undefined) return [];
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const read = words.map((word) => ({ word, flags: flagsOf(word) }));
  return [
    {
      location,
      flags: [...new Set(read.flatMap(({ flags }) => flags ?? []))],
      unknown: read.filter(({ flags }) => flags === null).map(({ word }) => word),
      line: access.line,
    },
  ];
}

/** The flags of a word or a number; null for what is none. */
function flagsOf(word: string): string[] | null {
  if (/^\d+$/.test(word)) return FLAGS.filter(([, bit]) => (Number(word) & bit) !== 0).map(([name]) => name);
  if (/^none$/i.test(word)) return [];
  const found = FLAGS.find(([name]) => name.toLowerCase() === word.toLowerCase());
  return found ? [found[0]] : null;
}
