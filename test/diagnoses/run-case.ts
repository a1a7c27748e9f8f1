import crypto from 'node:crypto';
import { printLocus } from '../../src/base/locus.ts';
import type { Digest } from '../../src/base/ports.ts';
import { utf8Bytes } from '../../src/base/text.ts';
import type { Diagnosis, Outcome } from '../../src/engine/diagnosis.ts';
import { type Evaluation, evaluate } from '../../src/engine/evaluate.ts';
import { fillSentence } from '../../src/engine/sentence.ts';
import { readers } from '../../src/evidence/index.ts';
import { openReading, type Reading } from '../../src/evidence/read.ts';
import { witnesses } from '../../src/facts/witnesses.ts';
import { assemble } from '../../src/picture/assemble.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { printKey } from '../../src/windows/http-sys/key.ts';
import type { Case, Expectation } from './case-file.ts';

const digest: Digest = {
  digest: (hash, data) => new Uint8Array(crypto.createHash(hash).update(data).digest()),
};

/** The way of the data from files to the picture, as `examine` goes it. */
export function pictureOf({ file, evidence }: Case): Picture {
  const readings = evidence.map(readEvidence);
  const unread = readings.filter(({ kind }) => kind === null).map(({ source }) => source);
  if (unread.length > 0) throw new Error(`${file}: no reader knows ${unread.join(', ')}`);
  return assemble(readings);
}

export function readEvidence({ name, text }: Case['evidence'][number]): Reading {
  const reading = openReading({ name }, readers, digest);
  reading.push(utf8Bytes(text));
  return reading.end();
}

/** Differences between what a case expects of a diagnosis and what it got; empty when it holds. */
export function differences(one: Case, diagnosis: Diagnosis, evaluations: readonly Evaluation[]): string[] {
  const told = new Map(evaluations.map((evaluation) => [subjectOf(evaluation), evaluation]));
  const expected = new Set(one.expect.map(({ subject }) => subject));
  const silent = [...told.keys()].filter((subject) => !expected.has(subject));
  return [
    ...silent.map((subject) => `nothing is expected of ${subject}`),
    ...one.expect.flatMap((expectation) => {
      const evaluation = told.get(expectation.subject);
      if (!evaluation) return [`no evaluation of ${expectation.subject}`];
      return unmet(expectation, diagnosis, evaluation).map((why) => `${expectation.line}\n  but ${why}`);
    }),
  ];
}

export const check = (one: Case, diagnosis: Diagnosis): Evaluation[] =>
  evaluate([diagnosis], witnesses, pictureOf(one));

export function subjectOf({ subject, diagnosis }: Evaluation): string {
  if (diagnosis.about === 'exchange') return 'exchange';
  return subject.key ? printKey(subject.key) : 'host';
}

function unmet(expectation: Expectation, diagnosis: Diagnosis, { outcome, settled }: Evaluation): string[] {
  if (outcome.is !== expectation.outcome) return [`it is ${JSON.stringify(outcome)}`];
  const because = 'because' in outcome ? (outcome.because ?? []) : [];
  const seen = because.flatMap((at) => [printLocus(at), at.source]);
  const missing = expectation.because.filter((at) => !seen.includes(at));
  const wants = outcome.is === 'cannot-tell' ? outcome.wants.join('; ') : '';
  const words = wordsOf(outcome, diagnosis);
  const hypothesis = outcome.is === 'depends' ? outcome.hypothesis : null;
  return [
    ...(missing.length > 0 ? [`it does not rest on ${missing.join(' ')}, but on ${seen.join(' ')}`] : []),
    ...(expectation.wants && !wants.includes(expectation.wants) ? [`it wants ${wants}`] : []),
    ...(expectation.says && !words.includes(expectation.says) ? [`it says ${words}`] : []),
    ...(expectation.on !== hypothesis ? [`it depends on ${hypothesis}`] : []),
    ...(expectation.settled && !Object.values(settled).some((one) => one.startsWith(expectation.settled!))
      ? [`settled is ${JSON.stringify(settled)}`]
      : []),
  ];
}

function wordsOf(outcome: Outcome, diagnosis: Diagnosis): string {
  if (outcome.is === 'found') return fillSentence(diagnosis.sentence, outcome.facts);
  return outcome.is === 'not-applicable' ? outcome.why : '';
}
