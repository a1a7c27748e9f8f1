import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnoses } from '../../src/diagnoses/index.ts';
import type { Evaluation } from '../../src/engine/evaluate.ts';
import type { Case } from './case-file.ts';
import { readEntry } from './catalogue.ts';
import { check, subjectOf } from './run-case.ts';

/**
 * Evidence that is missing makes nobody healthy or ill: whatever is left out of a case, what it finds is never
 * told clear (or not applicable), and what it tells clear is never found.
 */
const root = path.join(import.meta.dirname, '../../src/diagnoses');

/** Cases in which the wire overrules what the model says without it, each with why that is right. */
const overruled: Readonly<Record<string, string>> = {
  'binding-lost-ctl-store/mode-0-wire-shows-roots':
    'in mode 0 Microsoft states the order of stores and nobody contradicts it; only the wire does',
  'binding-divergence-sni-vs-ip/same-list-seen':
    'records that differ in mode 2 are told as different until the wire shows that clients meet the same',
  'eku-client-auth-missing/renewed-without-the-usage':
    'the certificate from before the renewal is in order by itself',
  'sigalg-no-overlap/works-where-sha1-is-listed':
    'the trace of the older server shows a client that signs: only the two together tell what the newer one lacks',
  'binding-lost-revocation-setting/older-listing':
    'the listing from before the renewal is of a record in order',
  'binding-lost-ctl-store/older-listing-and-events':
    'the listing from before the renewal is of a record in order',
  'binding-lost-ds-mapper/older-listing': 'the listing from before the renewal is of a record in order',
  'server-certificate-broken/logons-since': 'requests after the event show that the trouble is over',
  'farm-drift/one-node-lost-its-store': 'one node alone is nothing to compare',
  'farm-drift/probes-of-the-nodes': 'one node alone is nothing to compare',
  'client-certificate-expired/another-client-works':
    'the access log alone is of a server that refuses nobody; whom it refused stands in the error log',
  'client-certificate-expired/renewed-since':
    'answers to the same client after the refusal show that it is over',
  'issuer-list-wrong-source/kestrel-on-linux':
    'two servers were asked: the trace of the one that names nobody is of a server in order',
};

const healthy = (outcome: string): boolean => outcome === 'clear' || outcome === 'not-applicable';

function* thinned(one: Case): Generator<Case> {
  const count = one.evidence.length;
  for (let mask = 0; mask < 2 ** count - 1; mask++)
    yield { ...one, evidence: one.evidence.filter((_, i) => (mask >> i) & 1) };
}

function flips(whole: Evaluation, one: Case, all: readonly Evaluation[]): string[] {
  const now = all.find((other) => subjectOf(other) === subjectOf(whole))?.outcome.is;
  const was = whole.outcome.is;
  const isFlip = (was === 'found' && now && healthy(now)) || (was === 'clear' && now === 'found');
  const left = one.evidence.map(({ name }) => name).join(' ');
  return isFlip ? [`${was} becomes ${now} when only ${left} is there`] : [];
}

describe.each(diagnoses.map((diagnosis) => [diagnosis.id, diagnosis] as const))('%s', (id, diagnosis) => {
  const { cases } = readEntry(path.join(root, id), diagnosis);

  test.each(cases.map((one) => [one.file, one] as const))('%s', (file, one) => {
    const whole = check(one, diagnosis);
    const flipped = [...thinned(one)].flatMap((less) => {
      const now = check(less, diagnosis);
      return whole.flatMap((evaluation) => flips(evaluation, less, now));
    });
    if (overruled[`${id}/${file.replace('.case', '')}`]) expect(flipped).not.toEqual([]);
    else expect(flipped).toEqual([]);
  });
});
