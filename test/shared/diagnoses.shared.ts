import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnoses } from '../../src/diagnoses/index.ts';
import { readIncidents } from '../incidents/incident.ts';
import { hasShared, sharedBytes } from './corpus.ts';

/** Ids equal the cause_class of the real incidents where there is one. */
const withoutIncident: Readonly<Record<string, string>> = {
  'root-store-not-self-signed': 'KB2802568; no public thread of the collection shows it alone',
  'trust-mode-without-store': 'follows from a lost store, which the incidents name instead',
  'client-certificate-expired': 'domain 7, cause 10',
  'client-certificate-revoked': 'domain 7, cause 11',
  'client-issuer-disallowed': 'domain 7, cause 21',
  'client-issuer-not-in-ntauth': 'domain 7, cause 20',
  'client-key-missing': 'domain 7, cause 13',
  'client-root-not-trusted': 'domain 7, cause 7',
  'client-selection-suppressed': 'domain 7, cause 18',
  'farm-drift': 'domain 7, cause 24',
  'http2-late-request': 'domain 7, cause 17',
  'iis-not-asking': 'domain 7, cause 19',
  'policy-restores-store': 'domain 7, cause 25',
  'server-certificate-broken': 'domain 7, cause 30',
  'session-resumption-hides-change': 'domain 7, cause 29',
  'strong-mapping-required': 'domain 7, cause 20 (KB5014754)',
  'tls-inspection': 'domain 7, cause 23',
  'tls-terminated-before-server': 'domain 7, cause 22',
};

describe.skipIf(!hasShared)('the incidents in ../shared/cases', () => {
  const lines = () => sharedBytes('cases/dev.jsonl').toString('utf8').trim().split('\n');

  test('are each retold in test/incidents, under the same cause', () => {
    const told = readIncidents(path.join(import.meta.dirname, '../incidents/dev'));
    const wanted = lines().map((line) => JSON.parse(line) as { id: string; cause_class: string });
    expect(told.map(({ id, cause }) => `${id} ${cause}`).sort()).toEqual(
      wanted.map((one) => `${one.id} ${one.cause_class}`).sort(),
    );
  });

  test('name every diagnosis, or it says why none does', () => {
    const classes = new Set(lines().map((line) => JSON.parse(line).cause_class as string));
    const unnamed = diagnoses.map(({ id }) => id).filter((id) => !classes.has(id));
    expect(unnamed.sort()).toEqual(Object.keys(withoutIncident).sort());
  });
});
