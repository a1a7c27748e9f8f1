import { expect, test } from 'vitest';
import { watch } from '../../src/app/watch.ts';
import type { WhyReport } from '../../src/report/why.ts';
import { probe, why } from '../report/samples.ts';

const usual: WhyReport = { ...why, probes: [probe({})] };
const away: WhyReport = {
  ...usual,
  probes: [
    probe({ request: null, asks: null, sent: null, completed: false, http: null, ending: { is: 'closed' } }),
  ],
};
const empty = probe({}).request!;
const other: WhyReport = {
  ...usual,
  probes: [probe({ request: { ...empty, authorities: empty.authorities.slice(1) } })],
};

/** Runs a watch over these answers; returns what was told, in order. */
async function told(
  answers: readonly WhyReport[],
  count?: number,
  rounds = answers.length,
): Promise<string[]> {
  const said: string[] = [];
  let asked = 0;
  const last = await watch({
    ask: async () => answers[asked++]!,
    wait: async () => asked < rounds,
    ...(count === undefined ? {} : { count }),
    first: () => said.push('first'),
    changed: (_, changes) => said.push(changes.map(({ id }) => id).join(' ')),
  });
  expect(last).toBe(answers[asked - 1]);
  return said;
}

test('only changes are told', async () => {
  expect(await told([usual, usual, other, other, usual])).toEqual([
    'first',
    'change-name-removed',
    'change-name-added',
  ]);
});

test('what changed while the server was away is told when it is back', async () => {
  expect(await told([usual, away, away, other])).toEqual([
    'first',
    'change-gone',
    'change-back change-name-removed',
  ]);
});

test('a server that was never there has nothing to compare', async () => {
  expect(await told([away, away, usual, other])).toEqual(['first', 'change-back', 'change-name-removed']);
});

test('ends after so many answers, or when it is told to', async () => {
  expect(await told([usual, other, usual], 2)).toEqual(['first', 'change-name-removed']);
  expect(await told([usual, other], undefined, 1)).toEqual(['first']);
});
