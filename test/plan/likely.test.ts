import path from 'node:path';
import { expect, test } from 'vitest';
import { judge } from '../../src/app/examine.ts';
import { assemble } from '../../src/picture/assemble.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { readEvidence } from '../diagnoses/run-case.ts';
import { readIncidents } from '../incidents/incident.ts';

/** A record that lost its store in mode 2, and nobody seen to be refused: sources disagree on whether that is felt. */
const incident = readIncidents(path.join(import.meta.dirname, '../incidents/unseen')).find(
  ({ id }) => id === 'acme-resets-client-issuers',
)!;

test('what is likely says so, and its repair is printed but not applied', () => {
  const tools = { digest: nodeCrypto, now: 0, version: '' };
  const { report } = judge(assemble(incident.ill.map(readEvidence)), tools);
  const [first] = report.entries;
  expect(first).toMatchObject({
    diagnosis: 'binding-lost-ctl-store',
    outcome: 'found',
    confidence: 'likely',
  });
  expect(first!.sentence).toContain('(likely, not certain: unless Schannel falls back to that store');
  expect(report.plan!.steps.flatMap(({ commands }) => commands).join()).toContain(
    'sslctlstorename=ClientAuthIssuer',
  );
  expect(report.plan!.refusals.join()).toContain('binding-lost-ctl-store is likely, not certain');
});
