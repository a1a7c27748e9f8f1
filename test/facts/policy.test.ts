import { expect, test } from 'vitest';
import { known, unknown } from '../../src/base/known.ts';
import { sendsList, trustMode } from '../../src/facts/policy.ts';
import { ask, openSubject } from '../../src/facts/question.ts';
import { fakeHost, fakePicture, key } from '../engine/fakes.ts';

const policy = (parts: { send?: number; mode?: number; build?: '2022' | '2008r2' }) =>
  fakeHost({
    build: parts.build ? known(parts.build) : unknown('the Windows version'),
    schannel: {
      sendTrustedIssuerList: known(parts.send),
      clientAuthTrustMode: known(parts.mode),
      eventLogging: known(undefined),
    },
  });

test.each([
  ['the value', { send: 1 }, true],
  ['zero', { send: 0, build: '2008r2' }, false],
  ['absent since 2012', { build: '2022' }, false],
  ['absent on 2008 R2', { build: '2008r2' }, true],
] as const)('whether the list is sent: %s', (_, parts, sent) => {
  const host = policy(parts);
  for (const at of [undefined, key('www.example.com:443')])
    expect(ask(openSubject(fakePicture(host), host, at, {}), sendsList)).toMatchObject({ value: sent });
});

test('absent on an unknown build tells nothing', () => {
  const host = policy({});
  expect(ask(openSubject(fakePicture(host), host, undefined, {}), sendsList)).toMatchObject({
    is: 'unknown',
  });
});

test('an absent trust mode is 0', () => {
  const host = policy({});
  expect(ask(openSubject(fakePicture(host), host, undefined, {}), trustMode)).toMatchObject({ value: 0 });
});
