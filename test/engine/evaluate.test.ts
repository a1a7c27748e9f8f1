import { describe, expect, test } from 'vitest';
import { known, unknown } from '../../src/base/known.ts';
import { clear, defineDiagnosis, found, notApplicable, type Outcome } from '../../src/engine/diagnosis.ts';
import { type Evaluation, evaluate } from '../../src/engine/evaluate.ts';
import type { Question } from '../../src/facts/question.ts';
import type { Witness } from '../../src/facts/witness.ts';
import { fakeDiagnosis, fakeHost, fakePicture, key, record } from './fakes.ts';

const one = (evaluations: Evaluation[]): Evaluation => {
  expect(evaluations).toHaveLength(1);
  return evaluations[0]!;
};
const outcomeOf = (evaluations: Evaluation[]): Outcome => one(evaluations).outcome;

describe('needs', () => {
  const asks: Question<string> = () => unknown('the configuration');
  const tls13: Question<boolean> = () => known(true, [{ source: 'netsh.txt', line: 3 }]);
  const diagnosis = (check: (given: { asks: { value: string }; tls13: { value: boolean } }) => Outcome) =>
    defineDiagnosis({
      ...fakeDiagnosis({ check: () => clear }),
      needs: { asks, tls13 },
      check,
    });

  test('reading what is unknown ends in cannot-tell with what would tell', () => {
    const unread = diagnosis(({ asks: a }) => (a.value === 'never' ? clear : clear));
    expect(outcomeOf(evaluate([unread], [], fakePicture(fakeHost())))).toEqual({
      is: 'cannot-tell',
      wants: ['the configuration'],
    });
  });

  test('a check that decides from one answer need not know the other', () => {
    const decided = diagnosis(({ tls13: t, asks: a }) => (t.value ? clear : notApplicable(a.value)));
    const evaluation = one(evaluate([decided], [], fakePicture(fakeHost())));
    expect(evaluation.outcome).toEqual(clear);
    expect(evaluation.touched).toEqual(['tls13']);
  });

  test('a throw is our bug and stays with its rule', () => {
    const broken = fakeDiagnosis({
      check: () => {
        throw new TypeError('oops');
      },
    });
    const fine = fakeDiagnosis({ id: 'fine', check: () => clear });
    const outcomes = evaluate([broken, fine], [], fakePicture(fakeHost())).map((each) => each.outcome);
    expect(outcomes).toEqual([{ is: 'broken', error: 'oops' }, clear]);
  });

  test('a question is asked once for each subject and choice of variants', () => {
    let times = 0;
    const counted: Question<number> = () => known(++times);
    const first = defineDiagnosis({
      ...fakeDiagnosis({ check: () => clear }),
      needs: { counted },
      check: ({ counted: c }) => (c.value + c.value > 0 ? clear : clear),
    });
    evaluate([first, { ...first, id: 'second' }], [], fakePicture(fakeHost()));
    expect(times).toBe(1);
  });
});

describe('subjects', () => {
  const healthy = fakeDiagnosis({ check: () => clear });

  test('no host at all is never healthy', () => {
    expect(one(evaluate([healthy], [], fakePicture()))).toMatchObject({
      subject: { host: '' },
      outcome: { is: 'cannot-tell', wants: [expect.stringContaining('netsh http show sslcert')] },
    });
  });

  test('no listing, and an empty one, are never healthy', () => {
    const unlisted = fakeHost({ bindings: unknown('output of netsh http show sslcert') });
    const empty = fakeHost({ bindings: known([]) });
    for (const host of [unlisted, empty])
      expect(outcomeOf(evaluate([healthy], [], fakePicture(host)))).toMatchObject({ is: 'cannot-tell' });
  });

  test('one evaluation for each record, or for the host', () => {
    const host = fakeHost({ bindings: known([record('a:443'), record('b:443')]) });
    const keys = evaluate([healthy], [], fakePicture(host)).map((each) => each.subject.key);
    expect(keys).toEqual([key('a:443'), key('b:443')]);
    expect(one(evaluate([{ ...healthy, about: 'host' }], [], fakePicture(host))).subject).toEqual({
      host: 'WEB01',
    });
  });

  test('records of both sides of a conflict are subjects', () => {
    const host = fakeHost({
      bindings: {
        is: 'conflict',
        sides: [
          { value: [record('a:443')], because: [] },
          { value: [record('A:443'), record('b:443')], because: [] },
        ],
      },
    });
    expect(evaluate([healthy], [], fakePicture(host))).toHaveLength(2);
  });
});

describe('hypotheses', () => {
  const source: Question<string> = ({ host }) => known(host.assume.variant('issuer-list-without-store'));
  const lost = defineDiagnosis({
    ...fakeDiagnosis({ check: () => clear }),
    needs: { source },
    check: ({ source: s }) => (s.value === 'root-in-mode-1-or-2' ? found({ because: [] }) : clear),
  });
  const against = (variant: string, why = `not ${variant}`): Witness => ({
    hypothesis: 'issuer-list-without-store',
    title: 'the wire',
    contradicts: ({ host }) =>
      host.assume.variant('issuer-list-without-store') === variant
        ? { why, because: [{ source: 'wire', line: 1 }] }
        : null,
  });
  const run = (...witnesses: Witness[]) => one(evaluate([lost], witnesses, fakePicture(fakeHost())));

  test('variants that differ make it depend, and say what decides', () => {
    expect(run().outcome).toMatchObject({
      is: 'depends',
      hypothesis: 'issuer-list-without-store',
      byVariant: { 'microsoft-order': clear, 'root-in-mode-1-or-2': { is: 'found' } },
      ruledOut: {},
      decidedBy: expect.stringContaining('handclasp why'),
    });
  });

  test('a variant that what was seen contradicts is ruled out', () => {
    const { outcome, settled } = run(against('microsoft-order', 'the wire shows roots'));
    expect(outcome).toMatchObject({ is: 'found' });
    expect(settled['issuer-list-without-store']).toBe(
      'root-in-mode-1-or-2; microsoft-order is ruled out: the wire shows roots',
    );
    expect(run(against('root-in-mode-1-or-2')).outcome).toEqual(clear);
  });

  test('when every variant is contradicted the model does not explain what was seen', () => {
    const { outcome } = run(against('microsoft-order', 'A'), against('root-in-mode-1-or-2', 'B'));
    expect(outcome).toEqual({
      is: 'cannot-tell',
      wants: [expect.stringContaining('does not explain what was seen (A; B)')],
      because: [{ source: 'wire', line: 1 }],
    });
  });

  test('a check that reads no hypothesis runs once and listens to no witness', () => {
    const { outcome } = one(
      evaluate(
        [fakeDiagnosis({ check: () => clear })],
        [against('microsoft-order')],
        fakePicture(fakeHost()),
      ),
    );
    expect(outcome).toEqual(clear);
  });

  test('a need that was not touched does not make it depend', () => {
    const careless = defineDiagnosis({ ...lost, needs: { source }, check: () => clear });
    expect(one(evaluate([careless], [], fakePicture(fakeHost()))).outcome).toEqual(clear);
  });

  test('an answer remembered for one diagnosis makes the next depend too', () => {
    const outcomes = evaluate([lost, { ...lost, id: 'again' }], [], fakePicture(fakeHost()));
    expect(outcomes.map((each) => each.outcome.is)).toEqual(['depends', 'depends']);
  });

  test('all agree: certain, with the wants of both sides when neither can tell', () => {
    const both = defineDiagnosis({
      ...lost,
      needs: { each: ({ host }) => unknown<string>(host.assume.variant('issuer-list-without-store')) },
      check: ({ each }) => (each.value ? clear : clear),
    });
    expect(one(evaluate([both], [], fakePicture(fakeHost()))).outcome).toEqual({
      is: 'cannot-tell',
      wants: ['microsoft-order', 'root-in-mode-1-or-2'],
    });
  });

  test('no variant finds anything: what one of them lacks is wanted, and what would rule it out', () => {
    const unsure = defineDiagnosis({
      ...lost,
      needs: { source, root: () => unknown<string>('Root.p7b') },
      check: ({ source: s, root }) => (s.value === 'microsoft-order' || root.value ? clear : clear),
    });
    expect(one(evaluate([unsure], [], fakePicture(fakeHost()))).outcome).toEqual({
      is: 'cannot-tell',
      wants: ['Root.p7b', expect.stringContaining('handclasp why')],
    });
  });

  test('healthy either way, if for different reasons, is healthy', () => {
    const well = defineDiagnosis({
      ...lost,
      needs: { source },
      check: ({ source: s }) => (s.value === 'microsoft-order' ? notApplicable('no') : clear),
    });
    expect(one(evaluate([well], [], fakePicture(fakeHost()))).outcome).toEqual(clear);
  });

  test('two hypotheses are combined; one that only one side leads to splits there alone', () => {
    const seen: string[] = [];
    const nested = defineDiagnosis({
      ...lost,
      needs: {
        source,
        trust: ({ host }) => known(host.assume.variant('trust-without-store')),
      },
      check: ({ source: s, trust }) => {
        if (s.value === 'microsoft-order') return clear;
        seen.push(trust.value);
        return trust.value === 'nothing' ? found({ because: [] }) : clear;
      },
    });
    const { outcome } = one(evaluate([nested], [], fakePicture(fakeHost())));
    expect(outcome).toMatchObject({
      is: 'depends',
      hypothesis: 'issuer-list-without-store',
      byVariant: {
        'microsoft-order': clear,
        'root-in-mode-1-or-2': { is: 'depends', hypothesis: 'trust-without-store' },
      },
    });
    expect(new Set(seen)).toEqual(new Set(['fallback-store', 'nothing']));
  });

  test('a witness that must assume more contradicts only when it does so either way', () => {
    const unsure = (also: (trust: string) => boolean): Witness => ({
      hypothesis: 'issuer-list-without-store',
      title: 'unsure',
      contradicts: ({ host }) =>
        host.assume.variant('issuer-list-without-store') === 'microsoft-order' &&
        also(host.assume.variant('trust-without-store'))
          ? { why: 'seen', because: [] }
          : null,
    });
    expect(run(unsure((trust) => trust === 'nothing')).outcome.is).toBe('depends');
    expect(run(unsure(() => true)).outcome.is).toBe('found');
  });

  test('found under every variant but with other facts is told by variant', () => {
    const named = defineDiagnosis({
      ...lost,
      needs: { source },
      check: ({ source: s }) => found({ because: [], facts: { source: s.value } }),
    });
    expect(one(evaluate([named], [], fakePicture(fakeHost()))).outcome.is).toBe('depends');
  });
});

describe('testimony', () => {
  const source: Question<string> = ({ host }) => known(host.assume.variant('issuer-list-without-store'));
  const lost = defineDiagnosis({
    ...fakeDiagnosis({ check: () => clear }),
    needs: { source },
    check: ({ source: s }) => (s.value === 'root-in-mode-1-or-2' ? found({ because: [] }) : clear),
  });
  /** Speaks at the records named: each contradicts one variant there. */
  const at = (spoken: Record<string, string>): Witness => ({
    hypothesis: 'issuer-list-without-store',
    title: 'the wire',
    contradicts: ({ host, key: asked }) =>
      spoken[asked?.value ?? ''] === host.assume.variant('issuer-list-without-store')
        ? { why: 'seen', because: [] }
        : null,
  });
  const host = fakeHost({ bindings: known([record('a:443'), record('b:443')]) });
  const outcomes = (spoken: Record<string, string>) =>
    evaluate([lost], [at(spoken)], fakePicture(host)).map((each) => each.outcome.is);

  test('what was seen at one record tells how the machine behaves at the others', () => {
    expect(outcomes({ 'a:443': 'microsoft-order' })).toEqual(['found', 'found']);
    const [, other] = evaluate([lost], [at({ 'a:443': 'microsoft-order' })], fakePicture(host));
    expect(other?.ruledOut).toEqual({
      'issuer-list-without-store': { 'microsoft-order': 'seen (at hostnameport=a:443)' },
    });
  });

  test("a record's own evidence goes before that of the others", () => {
    expect(outcomes({ 'a:443': 'microsoft-order', 'b:443': 'root-in-mode-1-or-2' })).toEqual([
      'found',
      'clear',
    ]);
  });
});
