import type { Note } from '../base/locus.ts';
import type { Reading } from '../evidence/read.ts';
import { UNNAMED } from './picture.ts';
import { claimsThat } from './settle.ts';

export interface HostReadings {
  readonly name: string;
  readonly readings: readonly Reading[];
}

/**
 * Which readings belong together. Evidence is of one host unless it names several: then what names none belongs
 * to none of them and is kept apart. A name that only a file bears groups files and contradicts no other.
 */
export function groupByHost(readings: readonly Reading[]): { groups: HostReadings[]; notes: Note[] } {
  if (readings.length === 0) return { groups: [], notes: [] };
  const nodes = nodesNamed(readings);
  const named = readings.map((reading) => {
    const own = nameOf(reading);
    const node = own.name === null && nodes.length > 1 ? nodeIn(reading.source, nodes) : undefined;
    return { reading, ...(node === undefined ? own : { name: node, byFileName: true }) };
  });
  const sure = distinct(named.flatMap(({ name, byFileName }) => (name && !byFileName ? [name] : [])));
  const files = distinct(named.flatMap(({ name, byFileName }) => (name && byFileName ? [name] : [])));
  if (sure.length <= 1 && files.length <= 1) {
    return { groups: [{ name: sure[0] ?? files[0] ?? UNNAMED, readings }], notes: [] };
  }
  const names = distinct([...sure, ...files]);
  const groups = names.map((name) => ({
    name,
    readings: named.filter((one) => one.name && same(one.name, name)).map((one) => one.reading),
  }));
  const rest = named.filter((one) => !one.name).map((one) => one.reading);
  if (rest.length === 0) return { groups, notes: [] };
  const message = `names no host, while other evidence is of ${names.join(', ')}: taken as another host's; examine the evidence of one host at a time, or put its name before the file's (${names[0]}_Root.p7b)`;
  return {
    groups: [...groups, { name: UNNAMED, readings: rest }],
    notes: rest.map((reading) => ({ at: { source: reading.source }, message })),
  };
}

/** Its host; null for none, or for several at once (one log of a whole farm). */
function nameOf(reading: Reading): { name: string | null; byFileName: boolean } {
  const claims = claimsThat(reading, 'host-name');
  const names = distinct(claims.map((claim) => claim.name));
  return { name: names.length === 1 ? names[0]! : null, byFileName: claims.some((one) => one.byFileName) };
}

/** Names in any case are one; the first spelling stays. */
function distinct(names: readonly string[]): string[] {
  return names.filter((name, i) => names.findIndex((other) => same(other, name)) === i);
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Listings of several nodes bear no name of their own but that of their files: `web01-netsh.txt`, `NODE2/netsh.txt`.
 * A name with a number counts where at least two listings have different ones.
 */
function nodesNamed(readings: readonly Reading[]): string[] {
  const listings = readings.filter(
    (reading) => nameOf(reading).name === null && claimsThat(reading, 'binding').length > 0,
  );
  return distinct(
    listings.flatMap(({ source }) => wordsIn(source).filter((word) => NODE.test(word))[0] ?? []),
  );
}

const nodeIn = (source: string, nodes: readonly string[]): string | undefined =>
  wordsIn(source).find((word) => nodes.some((node) => same(node, word)));

const wordsIn = (source: string): string[] =>
  source
    .split(/[/\\]/)
    .slice(-2)
    .flatMap((part) => part.replace(/\.[a-z0-9]{1,5}$/i, '').split(/[_. ]|-(?!\d)|(?<=\d)-/))
    .filter((word) => word !== '');

/** A host's name with a number at its end; no word that files have for other reasons. */
const NODE =
  /^(?!(?:netsh|sslcert|http|show|list|listing|tls|iis|ex|log|case|file|copy|test|part|step|day|v|ver|kb|win|windows|server)-?\d)[a-z][a-z-]*\d{1,3}$/i;
