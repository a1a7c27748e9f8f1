import { readFileSync } from 'node:fs';
import path from 'node:path';
import good from '../../src/diagnoses/root-store-not-self-signed/diagnosis.ts';
import type { Diagnosis } from '../../src/engine/diagnosis.ts';
import { type Entry, readEntry } from '../diagnoses/catalogue.ts';

/** A definition that the catalogue must reject, and the words that it must be rejected with. */
export interface Wrong {
  readonly entry: Entry;
  readonly rejectedFor: string;
  /** The diagnoses beside it; itself when omitted. */
  readonly all?: readonly Diagnosis[];
}

const folder = path.join(import.meta.dirname, '../../src/diagnoses/root-store-not-self-signed');
/** What it explains stands beside it in the real catalogue alone. */
const alone: Diagnosis = { ...good, explains: [] };
const base = readEntry(folder, alone);

/** A sound entry with one thing changed. */
export function spoilt(parts: Partial<Entry> & { readonly definition?: Partial<Diagnosis> }): Entry {
  const { definition, ...rest } = parts;
  return { ...base, diagnosis: { ...alone, ...definition } as Diagnosis, ...rest };
}

/** The sound entry itself: it must pass, or the rejections prove nothing. */
export const sound: Entry = base;

/** A record's diagnosis in the place of the host's, with the cases of another folder. */
export function entryOf(diagnosis: Diagnosis, cases: Entry['cases'], page = pageFor(diagnosis)): Entry {
  return { folder: diagnosis.id, diagnosis, page, cases };
}

export function pageFor({ title }: Diagnosis): string {
  return readFileSync(path.join(folder, 'page.md'), 'utf8').replace(/^# .+$/m, `# ${title}`);
}

export function casesOf(id: string, ...names: string[]): Entry['cases'] {
  const at = path.join(folder, '..', id);
  const all = readEntry(at, good).cases;
  return names.map((name) => all.find(({ file }) => file === `${name}.case`)!);
}
