import { afterAll, beforeAll, expect, test } from 'vitest';
import { pictureOf } from '../../src/app/look-at.ts';
import { prove } from '../../src/app/prove.ts';
import { labDoor } from '../../src/lab/door.ts';
import { probe } from '../../src/net/probe.ts';
import type { Picture } from '../../src/picture/picture.ts';
import type { ListForecast } from '../../src/plan/forecast.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { makeLab, type TestLab } from '../lab/support.ts';

// A forecast against what a real server sends, and against its silence.

let lab: TestLab;
let answering: Picture;
let silent: Picture;

beforeAll(async () => {
  lab = await makeLab();
  const tools = { digest: nodeCrypto, now: Date.now(), version: '0', probe };
  answering = await pictureOf(labDoor(lab.folder), tools);
  await lab.lab.close();
  silent = await pictureOf(labDoor(lab.folder), tools);
});
afterAll(() => lab.close());

const SENT = { is: 'sent', store: 'ClientAuthIssuer', bytes: 0, truncated: false } as const;
const ISSUING = 'CN=Handclasp Lab Issuing CA, O=Handclasp Lab';

function plan(...lists: ListForecast[]): Plan {
  const host = answering.hosts[0]!;
  const key = { kind: 'hostnameport', value: `www.handclasp.localhost:${lab.port}` } as const;
  const under = lists.map((list) => ({ variants: {}, list }));
  const foreseen = { clears: [], remains: [], appears: [], lists: [{ host: host.name, key, under }] };
  return { steps: [], advice: [], conflicts: [], refusals: [], foreseen };
}

test('the list that was foretold is sent', () => {
  expect(prove(plan({ ...SENT, names: [ISSUING] }), silent, answering)).toEqual({ is: 'proven' });
});

test('one of several variants foretold it', () => {
  const lists = [{ is: 'off' } as const, { ...SENT, names: [ISSUING] }];
  expect(prove(plan(...lists), silent, answering).is).toBe('proven');
});

test.each([
  ['another name', { ...SENT, names: ['CN=Other'] }],
  ['a name more', { ...SENT, names: [ISSUING, 'CN=Other'] }],
  ['none at all', { is: 'off' as const }],
])('another list than the one sent: %s', (_, list) => {
  expect(prove(plan(list), answering, answering)).toMatchObject({
    is: 'contradicted',
    why: expect.stringContaining('Handclasp Lab Issuing CA'),
  });
});

test('silence proves nothing where nothing was heard before', () => {
  expect(prove(plan({ ...SENT, names: [ISSUING] }), silent, silent).is).toBe('unproven');
});

test('silence after an answer speaks against it', () => {
  expect(prove(plan({ ...SENT, names: [ISSUING] }), answering, silent).is).toBe('contradicted');
});

test('what nobody could foretell is not proven', () => {
  expect(prove(plan({ is: 'unknown', wants: 'Root' }), silent, answering).is).toBe('unproven');
});
