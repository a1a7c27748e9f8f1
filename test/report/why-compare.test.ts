import { describe, expect, test } from 'vitest';
import { languages } from '../../src/report/lang/language.ts';
import type { AskedWith, ListRecord, ProbeRecord } from '../../src/report/why.ts';
import { compareProbes } from '../../src/report/why-compare.ts';
import { sayDifferences } from '../../src/report/why-differences.ts';
import { labelAmong, labelOf } from '../../src/report/why-label.ts';
import { probe, why } from './samples.ts';

const { en } = languages;

/** One connection: what it was asked with beside the usual, and what came of it. */
const row = (asked: Partial<AskedWith>, outcome: Partial<ProbeRecord> = {}): ProbeRecord => {
  const usual = probe(outcome);
  return { ...usual, askedWith: { ...usual.askedWith, ...asked } as AskedWith };
};

const silent = { request: null, asks: null, sent: null } as const;
const refused = {
  ...silent,
  completed: false,
  http: null,
  ending: { is: 'reset', after: 'client-hello' },
} as const;

const told = (probes: readonly ProbeRecord[], lists: readonly ListRecord[] = []): string[] =>
  sayDifferences({ probes, lists, differences: compareProbes(probes, lists) }, en);

describe('which parameter changes the answer', () => {
  test('none, when all answers are equal', () => {
    expect(compareProbes([row({}), row({ version: 'TLS 1.2' })], [])).toEqual([]);
  });
  test('one that was changed alone', () => {
    const probes = [row({}), row({ version: 'TLS 1.2' }), row({ serverName: null }, silent)];
    expect(compareProbes(probes, [])).toEqual([
      {
        what: ['serverName'],
        of: 'asking',
        sides: [
          { values: [['www.example.com']], answer: 'handshake', probes: [0] },
          { values: [[null]], answer: 'no', probes: [2] },
        ],
      },
    ]);
  });
  test('several, when no two connections differ in one alone', () => {
    const [difference] = compareProbes([row({}), row({ version: 'TLS 1.2', serverName: null }, silent)], []);
    expect(difference!.what).toEqual(['version', 'serverName']);
  });
  test('a parameter whose value alone does not decide is told with what else varied', () => {
    const probes = [
      row({ version: 'TLS 1.2', path: '/a' }),
      row({ version: 'TLS 1.2', path: '/b' }, silent),
      row({ version: 'TLS 1.3', path: '/a' }, silent),
      row({ version: 'TLS 1.3', path: '/b' }, silent),
    ];
    const [difference] = compareProbes(probes, []);
    const [asking, not] = difference!.sides;
    const keys = (side: typeof asking) => side!.values.map((value) => JSON.stringify(value));
    expect(keys(asking).some((key) => keys(not).includes(key))).toBe(false);
  });
  test('parameters that only newer answers know count as absent in others', () => {
    const probes = [row({}), row({ resumed: true }, silent)];
    expect(compareProbes(probes, [])[0]!.what).toEqual(['resumed']);
  });
  test('who cannot be reached is no difference', () => {
    const away: Partial<ProbeRecord> = {
      ...silent,
      completed: false,
      http: null,
      ending: { is: 'unreachable', detail: 'x' },
    };
    expect(compareProbes([row({}), row({ address: '192.0.2.11' }, away)], [])).toEqual([]);
  });
  test('a refusal is: it is the answer', () => {
    expect(told([row({}), row({ serverName: 'other.invalid' }, refused)])).toEqual([
      'The server answers 403.7 with SNI www.example.com; by resetting the connection with SNI other.invalid.',
    ]);
  });
});

describe('in words', () => {
  test('of the sample', () => {
    expect(sayDifferences(why, en)).toEqual([
      'A certificate is asked for with SNI www.example.com, not asked for with no SNI.',
      'Only with TLS 1.3: CN=Other Root.',
      'Only with TLS 1.2: CN=Only Here.',
      'The server answers 403.7 with no certificate; 200 with the certificate.',
    ]);
  });
  test('late requests', () => {
    const probes = [row({ path: '/' }, silent), row({ path: '/secure' }, { asks: 'renegotiation' })];
    expect(told(probes)).toEqual([
      'A certificate is asked for after the request with path /secure, not asked for with path /.',
    ]);
  });
  test('another order of the same names', () => {
    const [list] = why.lists;
    const lists = [
      { ...list!, probes: [0] },
      { ...list!, probes: [1], names: list!.names.toReversed() },
    ];
    expect(told([row({}), row({ version: 'TLS 1.2' })], lists)).toEqual([
      'With TLS 1.2 the list has the same names as with TLS 1.3, in another order.',
    ]);
  });
  test('a parameter without words is named as it is', () => {
    expect(told([row({ future: 1 }), row({ future: 2 }, silent)])[0]).toContain(
      'future 1, not asked for with future 2',
    );
  });
});

describe('labels', () => {
  const probes = [row({}), row({ version: 'TLS 1.2' }), row({ serverName: null })];
  test('tell some from the others in as few parameters as do', () => {
    expect(labelOf([probes[1]!], probes, en)).toBe('TLS 1.2');
    expect(labelOf([probes[2]!], probes, en)).toBe('no SNI');
    expect(labelOf([probes[0]!], probes, en)).toBe('TLS 1.3, SNI www.example.com');
    expect(labelOf(probes, probes, en)).toBe('');
  });
  test('of one connection: its version and what sets it apart from the first', () => {
    expect(probes.map((one) => labelAmong(one, probes, en))).toEqual([
      'TLS 1.3',
      'TLS 1.2',
      'TLS 1.3, no SNI',
    ]);
  });
});
