import type { Locus, Note } from '../base/locus.ts';
import type { Reading } from '../evidence/read.ts';

/** The readings of one host, and what assembling them has to tell. */
export class HostParts {
  readonly readings: readonly Reading[];
  readonly notes: Note[] = [];
  /** Readings that the newest evidence contradicts, with what they say otherwise. */
  readonly superseded = new Map<Reading, Set<string>>();

  constructor(readings: readonly Reading[]) {
    this.readings = readings;
  }

  note(at: Locus, message: string): void {
    this.notes.push({ at, message });
  }

  supersede(reading: Reading, what: string): void {
    const said = this.superseded.get(reading) ?? new Set();
    this.superseded.set(reading, said.add(what));
  }
}
