import { expect, test } from 'vitest';
import type { AnsweredProbe, Asking, PlannedProbe } from '../../src/app/why/asking.ts';
import { askAll, type Course, inParallel } from '../../src/app/why/run.ts';
import type { ProbeResult } from '../../src/net/probe-types.ts';

const asking = (path: string): Asking => ({
  versions: [0x0304],
  serverName: null,
  address: '192.0.2.1',
  certificate: 'none',
  path,
  method: 'GET',
  http2: false,
  postHandshakeAuth: false,
  resumed: false,
});

const planned = (...paths: string[]): PlannedProbe[] =>
  paths.map((path) => ({ asking: asking(path), about: 'paths' }));

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const course = (changes: Partial<Course> = {}): Course => ({
  port: 443,
  probe: async (target) => ({ target, end: { is: 'completed' } }) as ProbeResult,
  identities: [],
  timeout: 1000,
  within: 5000,
  byteLimit: 2 ** 20,
  parallel: 2,
  ...changes,
});

/** The first plan once, then the second, then nothing. */
const inStages =
  (...stages: readonly PlannedProbe[][]) =>
  (answers: readonly AnsweredProbe[]): readonly PlannedProbe[] => {
    let asked = 0;
    for (const stage of stages) {
      if (answers.length === asked) return stage;
      asked += stage.length;
    }
    return [];
  };

const paths = (answers: readonly AnsweredProbe[]): string[] => answers.map((one) => one.asking.path);

test('stages one after the other, answers in the order of the plan, few at once', async () => {
  let open = 0;
  let most = 0;
  const probe: Course['probe'] = async (target) => {
    most = Math.max(most, ++open);
    await sleep(target.path === '/1' ? 30 : 1);
    open--;
    return { target, end: { is: 'completed' } } as ProbeResult;
  };
  const told: string[] = [];
  const onProgress = (done: number, known: number) => void told.push(`${done}/${known}`);
  const plan = inStages(planned('/1', '/2', '/3'), planned('/4'));
  const { answers, cut } = await askAll(plan, course({ probe, onProgress }));
  expect(paths(answers)).toEqual(['/1', '/2', '/3', '/4']);
  expect(cut).toBeNull();
  expect(most).toBe(2);
  expect(told).toEqual(['0/3', '1/3', '2/3', '3/3', '3/4', '4/4']);
});

test('the time for all bounds the time for each, and ends the plan', async () => {
  const timeouts: number[] = [];
  const probe: Course['probe'] = async (target, options) => {
    timeouts.push(options!.timeout!);
    await sleep(60);
    return { target, end: { is: 'completed' } } as ProbeResult;
  };
  const plan = (answers: readonly AnsweredProbe[]) => planned(`/${answers.length}`, `/${answers.length}b`);
  const { answers, cut } = await askAll(plan, course({ probe, within: 200, parallel: 1 }));
  expect(cut).toBe('time');
  expect(answers.length).toBeGreaterThanOrEqual(2);
  expect(answers.length).toBeLessThanOrEqual(4);
  expect(timeouts[0]).toBeLessThanOrEqual(200);
  expect(timeouts.at(-1)).toBeLessThan(timeouts[0]!);
});

test('the bytes for all end the plan, and the first ones are kept', async () => {
  const probe: Course['probe'] = async (target, options) => {
    options!.onBytes!('sent', new Uint8Array(1000));
    options!.onBytes!('received', new Uint8Array(60).fill(7));
    return { target, end: { is: 'completed' } } as ProbeResult;
  };
  const { answers, cut } = await askAll(
    inStages(planned('/1', '/2', '/3')),
    course({ probe, byteLimit: 100, parallel: 1 }),
  );
  expect(paths(answers)).toEqual(['/1', '/2']);
  expect(cut).toBe('bytes');
  expect(answers[0]!.received).toHaveLength(60);
});

test('a signal ends the plan', async () => {
  const stop = new AbortController();
  const probe: Course['probe'] = async (target) => {
    stop.abort();
    return { target, end: { is: 'completed' } } as ProbeResult;
  };
  const plan = inStages(planned('/1', '/2'), planned('/3'));
  const { answers, cut } = await askAll(plan, course({ probe, parallel: 1, signal: stop.signal }));
  expect(paths(answers)).toEqual(['/1']);
  expect(cut).toBe('stopped');
});

test('the identity asked for is the one that is shown', async () => {
  const shown: unknown[] = [];
  const own = { chain: [Uint8Array.of(1)], key: {} as never };
  const probe: Course['probe'] = async (target, options) => {
    shown.push(options!.choose!({} as never));
    return { target, end: { is: 'completed' } } as ProbeResult;
  };
  const wanted = (['none', 0, 1] as const).map((certificate) => ({
    asking: { ...asking('/'), certificate },
    about: 'certificate' as const,
  }));
  await askAll(inStages(wanted), course({ probe, identities: [null, own] }));
  expect(shown).toEqual([null, null, own]);
});

test('work in parallel keeps the order of its items', async () => {
  expect(
    await inParallel([30, 1, 10], 3, async (ms) => {
      await sleep(ms);
      return ms;
    }),
  ).toEqual([30, 1, 10]);
});
