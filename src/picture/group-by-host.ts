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
  const named = readings.map((reading) => ({ reading, ...nameOf(reading) }));
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
