import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnoses } from '../../src/diagnoses/index.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { rank } from '../../src/engine/rank.ts';
import { witnesses } from '../../src/facts/witnesses.ts';
import { assemble } from '../../src/picture/assemble.ts';
import { readEvidence } from '../diagnoses/run-case.ts';
import { type EvidenceFile, readIncidents } from './incident.ts';
import { faultsOf, scoreOf, type Told } from './score.ts';

/** Real incidents, retold as evidence: the right cause comes first, and the repaired host is healthy. */
const incidents = readIncidents(path.join(import.meta.dirname, 'dev'));

const told = (evidence: readonly EvidenceFile[]): Told[] =>
  rank(evaluate(diagnoses, witnesses, assemble(evidence.map(readEvidence)))).map(
    ({ diagnosis, outcome }) => ({ diagnosis: diagnosis.id, outcome: outcome.is }),
  );

describe.each(incidents.map((one) => [one.id, one] as const))('%s', (_, incident) => {
  test(`is told as ${incident.cause}, and its healthy twin is clear`, () => {
    const score = scoreOf(incident, told(incident.ill), told(incident.healthy));
    expect(faultsOf(score)).toEqual([]);
  });
});
