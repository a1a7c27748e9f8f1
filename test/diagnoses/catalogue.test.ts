import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnoses } from '../../src/diagnoses/index.ts';
import { faultsOf, readEntry } from './catalogue.ts';

const root = path.join(import.meta.dirname, '../../src/diagnoses');

/** Diagnoses whose changes are advice and therefore not in the forecast, each with why. */
const onlyAdvice: Readonly<Record<string, string>> = {
  'root-store-not-self-signed':
    'a certificate is moved by hand: it cannot be put back without its file, and a policy may bring it again',
};

describe.each(diagnoses.map((diagnosis) => [diagnosis.id, diagnosis] as const))('%s', (id, diagnosis) => {
  test('is fit for the catalogue', () => {
    expect(faultsOf(readEntry(path.join(root, id), diagnosis), diagnoses)).toEqual([]);
  });
});

test('whoever proposes nothing that the forecast can judge says why', () => {
  expect(Object.keys(onlyAdvice).every((id) => diagnoses.some((one) => one.id === id))).toBe(true);
});

/** cause_class of the real incidents that these diagnoses are for. */
test('ids are those of the incidents', () => {
  const ids = diagnoses.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining([
      'binding-lost-ctl-store',
      'binding-divergence-sni-vs-ip',
      'issuer-list-truncated-16k',
    ]),
  );
});
