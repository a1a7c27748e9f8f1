import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Logons } from '../../src/evidence/claims.ts';
import { read } from './readings.ts';

const FIELDS =
  '#Fields: date time s-ip cs-method cs-uri-stem s-port cs-host sc-status sc-substatus sc-win32-status time-taken';

interface Row {
  readonly second: number;
  readonly path: string;
  readonly port: number;
  readonly host: string;
  readonly status: readonly [number, number, number];
}

const at = (second: number): string =>
  new Date(Date.UTC(2026, 10, 24) + second * 1000).toISOString().slice(0, 19).replace('T', ' ');
const line = ({ second, path, port, host, status }: Row): string =>
  `${at(second)} 192.0.2.1 GET ${path} ${port} ${host} ${status.join(' ')} 3`;
const logonsIn = (text: string): Logons[] =>
  read('u_ex.log', text).claims.filter((claim): claim is Logons => claim.says === 'logons');

const row = fc.record({
  second: fc.integer({ min: 0, max: 500_000 }),
  path: fc.constantFrom('/', '/login', '/Login', '/lösch', '/a%20b', '/login/'),
  port: fc.constantFrom(80, 443, 8443),
  host: fc.constantFrom('-', 'www.example.com', 'WWW.example.com'),
  status: fc.constantFrom(
    [200, 0, 0],
    [403, 7, 5],
    [403, 7, 64],
    [403, 16, 2148204809],
    [304, 0, 0],
  ) as fc.Arbitrary<[number, number, number]>,
});

test('counts, first and last are those of a plain reading line by line', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (unsorted) => {
      const rows = unsorted.toSorted((a, b) => a.second - b.second);
      const expected = new Map<
        string,
        { count: number; first: number; last: number; line: number; lastLine: number }
      >();
      for (const [i, one] of rows.entries()) {
        const key = [one.port, one.host, one.path, ...one.status].join(' ');
        const time = Date.UTC(2026, 10, 24) + one.second * 1000;
        const seen = expected.get(key) ?? { count: 0, first: time, last: time, line: i + 2, lastLine: 0 };
        expected.set(key, { ...seen, count: seen.count + 1, last: time, lastLine: i + 2 });
      }
      const text = [FIELDS, ...rows.map(line), ''].join('\r\n');
      const found = logonsIn(text).map((one) => [
        [one.serverPort, one.hostHeader ?? '-', one.path, one.status, one.substatus, one.win32].join(' '),
        { count: one.count, first: one.first, last: one.last, line: one.at.line, lastLine: one.lastAt.line },
      ]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    }),
  );
});

test('the last success before a failure is that of the same place, with its own line', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (unsorted) => {
      const rows = unsorted.toSorted((a, b) => a.second - b.second);
      const text = [FIELDS, ...rows.map(line), ''].join('\n');
      for (const claim of logonsIn(text)) {
        if (claim.status < 400) continue;
        const before = rows
          .slice(0, claim.at.line! - 2)
          .findLast(
            (one) =>
              one.status[0] < 400 &&
              one.port === claim.serverPort &&
              one.path === claim.path &&
              one.host === (claim.hostHeader ?? '-'),
          );
        expect(claim.successBefore?.at.text).toBe(before && line(before));
      }
    }),
  );
});

test('more paths than there is room for are counted without their path, failures and successes apart', () => {
  const many = (status: string) =>
    Array.from({ length: 5000 }, (_, i) => `${at(i)} 192.0.2.1 GET /${i} 443 - ${status} 3`);
  const reading = read('u_ex.log', [FIELDS, ...many('200 0 0'), ...many('403 7 5'), ''].join('\n'));
  const logons = reading.claims.filter((claim): claim is Logons => claim.says === 'logons');
  expect(logons.length).toBe(2 * 4097);
  expect(logons.reduce((sum, one) => sum + one.count, 0)).toBe(10_000);
  expect(logons.filter((one) => one.path === undefined).map((one) => one.count)).toEqual([904, 904]);
  expect(reading.notes.map(({ message }) => message).join()).toContain('1808 lines counted without path');
});

test('a hostile path is counted without it and shown only in part', () => {
  const [one] = logonsIn(
    [FIELDS, `${at(0)} 192.0.2.1 GET /${'x'.repeat(60_000)} 443 - 200 0 0 3`, ''].join('\n'),
  );
  expect(one?.path).toBeUndefined();
  expect(one?.at.text?.length).toBeLessThan(1500);
});

test('a line beyond every bound is left out, whatever the chunks', () => {
  const { claims, notes } = read(
    'u_ex.log',
    [
      FIELDS,
      `${at(0)} ${'y'.repeat(1 << 21)}`,
      line({ second: 1, path: '/', port: 443, host: '-', status: [200, 0, 0] }),
      '',
    ].join('\n'),
  );
  expect(claims.filter((claim) => claim.says === 'logons')).toHaveLength(1);
  expect(notes[0]?.at.line).toBe(2);
});
