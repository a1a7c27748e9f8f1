import { describe, expect, test } from 'vitest';
import { diagnoses } from '../../src/diagnoses/index.ts';
import { hasShared, sharedBytes } from './corpus.ts';

/** Ids equal the cause_class of the real incidents where there is one. */
const withoutIncident: Readonly<Record<string, string>> = {
  'root-store-not-self-signed': 'KB2802568; no public thread of the collection shows it alone',
  'trust-mode-without-store': 'follows from a lost store, which the incidents name instead',
};

describe.skipIf(!hasShared)('the incidents in ../shared/cases', () => {
  test('name every diagnosis, or it says why none does', () => {
    const lines = sharedBytes('cases/dev.jsonl').toString('utf8').trim().split('\n');
    const classes = new Set(lines.map((line) => JSON.parse(line).cause_class as string));
    const unnamed = diagnoses.map(({ id }) => id).filter((id) => !classes.has(id));
    expect(unnamed.sort()).toEqual(Object.keys(withoutIncident).sort());
  });
});
