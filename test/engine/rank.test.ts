import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clear, found, notApplicable, type Outcome, type Severity } from '../../src/engine/diagnosis.ts';
import type { Evaluation } from '../../src/engine/evaluate.ts';
import { Explanations, explains, rank } from '../../src/engine/rank.ts';
import { factsWanted, fillSentence } from '../../src/engine/sentence.ts';
import { fakeDiagnosis, key } from './fakes.ts';

const yes = found({ because: [] });

function evaluation(
  id: string,
  outcome: Outcome,
  parts: { severity?: Severity; explains?: string[]; at?: string | null } = {},
): Evaluation {
  const { severity = 'blocks-logon', explains: accounts = [], at = 'a:443' } = parts;
  return {
    diagnosis: fakeDiagnosis({ id, severity, explains: accounts, check: () => clear }),
    subject: { host: 'WEB01', ...(at === null ? {} : { key: key(at) }) },
    outcome,
    settled: {},
    ruledOut: {},
    touched: [],
  };
}
const ids = (evaluations: Evaluation[]) => rank(evaluations).map(({ diagnosis }) => diagnosis.id);

test('found first and by severity, then what depends, what cannot be told, what is healthy', () => {
  const cannot: Outcome = { is: 'cannot-tell', wants: [] };
  expect(
    ids([
      evaluation('e', clear),
      evaluation('d', cannot),
      evaluation('b', yes, { severity: 'notice' }),
      evaluation('f', notApplicable('')),
      evaluation('a', yes),
      evaluation('c', { is: 'broken', error: '' }),
    ]),
  ).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('a cause comes before what it explains, even when it is less severe or its name comes later', () => {
  const cause = evaluation('z-cause', yes, { severity: 'notice', explains: ['a-effect'] });
  expect(ids([evaluation('a-effect', yes), cause])).toEqual(['z-cause', 'a-effect']);
});

test('a cause accounts for its own record or the host, not for another record', () => {
  const cause = evaluation('z', yes, { explains: ['a'] });
  expect(explains(cause, evaluation('a', yes, { at: 'b:443' }))).toBe(false);
  expect(explains(cause, evaluation('a', yes, { at: null }))).toBe(true);
  expect(explains(cause, evaluation('a', clear))).toBe(false);
});

test('a finding accounts for an open point, an open point not for a finding', () => {
  const open: Outcome = { is: 'depends', hypothesis: 'h', byVariant: {}, ruledOut: {}, decidedBy: 'x' };
  expect(explains(evaluation('z', yes, { explains: ['a'] }), evaluation('a', open))).toBe(true);
  expect(explains(evaluation('z', open, { explains: ['a'] }), evaluation('a', yes))).toBe(false);
});

test('two that explain each other are both ranked, once', () => {
  const a = evaluation('a', yes, { explains: ['b'] });
  const b = evaluation('b', yes, { explains: ['a'] });
  expect(ids([a, b])).toHaveLength(2);
});

test('sentences are filled from facts; a bracketed part needs all of its own', () => {
  const sentence = 'The record names no {store}[, since {since}][, {count} logons refused].';
  expect(fillSentence(sentence, { store: 'X', count: 3 })).toBe('The record names no X, 3 logons refused.');
  expect(fillSentence('no {store}')).toBe('no {store}');
  expect(factsWanted(sentence)).toEqual(['store']);
});

test('causes and effects found by their places are those of a look at every pair', () => {
  const outcomes: Outcome[] = [
    yes,
    clear,
    { is: 'depends', hypothesis: 'x', byVariant: {}, ruledOut: {}, decidedBy: '' },
  ];
  const wanted = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    outcome: fc.constantFrom(...outcomes),
    at: fc.constantFrom(null, 'a:443', 'A:443', 'b:443'),
    host: fc.constantFrom('WEB01', 'WEB02'),
  });
  const accounts: Readonly<Record<string, string[]>> = { a: ['b', 'c'], b: ['a'], d: ['a', 'd'] };
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 12 }), (all) => {
      const evaluations = all.map(({ id, outcome, at, host }) => {
        const one = evaluation(id, outcome, { explains: accounts[id] ?? [], at });
        const about = id === 'd' ? ('exchange' as const) : one.diagnosis.about;
        return { ...one, diagnosis: { ...one.diagnosis, about }, subject: { ...one.subject, host } };
      });
      const explanations = new Explanations(evaluations);
      for (const one of evaluations) {
        expect(explanations.causesOf(one)).toEqual(evaluations.filter((other) => explains(other, one)));
        expect(explanations.effectsOf(one)).toEqual(evaluations.filter((other) => explains(one, other)));
      }
    }),
  );
});
