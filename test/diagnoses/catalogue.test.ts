import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnoses } from '../../src/diagnoses/index.ts';
import { type Exempt, faultsOf, readEntry } from './catalogue.ts';

const root = path.join(import.meta.dirname, '../../src/diagnoses');

const exempt: Exempt = {
  'root-store-not-self-signed':
    'a certificate is moved by hand: it cannot be put back without its file, and a policy may bring it again',
};

describe.each(diagnoses.map((diagnosis) => [diagnosis.id, diagnosis] as const))('%s', (id, diagnosis) => {
  test('is fit for the catalogue', () => {
    expect(faultsOf(readEntry(path.join(root, id), diagnosis), diagnoses, exempt)).toEqual([]);
  });
});

test('every exemption is of a diagnosis that there is', () => {
  expect(diagnoses.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(exempt)));
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
