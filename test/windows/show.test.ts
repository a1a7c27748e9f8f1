import { expect, test } from 'vitest';
import { unknown } from '../../src/base/known.ts';
import type { BuildId } from '../../src/windows/builds.ts';
import type { SslBinding } from '../../src/windows/http-sys/binding.ts';
import { showBindings } from '../../src/windows/http-sys/show.ts';
import { HASH, ip, record, sni } from './support.ts';
import { conflictOf } from './support-leaves.ts';

const linesOf = (all: readonly SslBinding[], build: BuildId) => showBindings(all, build).split('\r\n');
const labels = (build: BuildId) =>
  linesOf([record(ip('0.0.0.0:443'), {}, build)], build)
    .filter((line) => line.startsWith('    '))
    .map((line) => line.trim().split(/ +: /)[0]);

test('the frame of domain 2.1, to the blank', () => {
  const text = showBindings(
    [record(ip('0.0.0.0:443'), { sslctlstorename: 'ClientAuthIssuer' }, '2012r2')],
    '2012r2',
  );
  expect(text).toBe(
    [
      '',
      'SSL Certificate bindings:',
      '-------------------------',
      '',
      '    IP:port                      : 0.0.0.0:443',
      `    Certificate Hash             : ${HASH}`,
      '    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}',
      '    Certificate Store Name       : My',
      '    Verify Client Certificate Revocation : Enabled',
      '    Verify Revocation Using Cached Client Certificate Only : Disabled',
      '    Usage Check                  : Enabled',
      '    Revocation Freshness Time    : 0',
      '    URL Retrieval Timeout        : 0',
      '    Ctl Identifier               : (null)',
      '    Ctl Store Name               : ClientAuthIssuer',
      '    DS Mapper Usage              : Disabled',
      '    Negotiate Client Certificate : Disabled',
      '',
      '',
    ].join('\r\n'),
  );
});

test('no records: the header alone', () => {
  expect(showBindings([], '2022')).toBe('\r\nSSL Certificate bindings:\r\n-------------------------\r\n\r\n');
});

test.each<[BuildId, number, string]>([
  ['2008r2', 13, 'Negotiate Client Certificate'],
  ['2012r2', 13, 'Negotiate Client Certificate'],
  ['2016', 14, 'Reject Connections'],
  ['2019', 20, 'Disable Legacy TLS Versions'],
])('Windows Server %s prints %i lines, the last is %s', (build, count, last) => {
  expect(labels(build)).toHaveLength(count);
  expect(labels(build).at(-1)).toBe(last);
});

test('2022 and 2025 print more, and the extended properties behind', () => {
  const own = (build: BuildId) => labels(build).slice(0, labels(build).indexOf('PropertyId'));
  expect(own('2022')).toHaveLength(23);
  expect(own('2022').at(-1)).toBe('Enable Session Ticket');
  expect(own('2025')).toHaveLength(25);
  expect(own('2025').slice(-2)).toEqual(['Disable Session ID', 'Enable Caching Client Hello']);
  expect(linesOf([record(ip('0.0.0.0:443'))], '2022')).toContain(' Extended Properties:');
});

test('older switches read Enabled and Disabled, newer ones Set and Not Set', () => {
  const text = showBindings([record(ip('0.0.0.0:443'), { reject: true, disabletls13: true })], '2022');
  expect(text).toContain('    Reject Connections           : Enabled\r\n');
  expect(text).toContain('    Disable TLS1.3               : Set\r\n');
  expect(text).toContain('    Disable TLS1.2               : Not Set\r\n');
});

test('a freshness time brings its own line before the usage check', () => {
  const all = linesOf([record(ip('0.0.0.0:443'), { revocationfreshnesstime: 60 })], '2022');
  const at = all.indexOf('    Use Revocation Freshness Time : Enabled');
  expect(all[at + 1]).toBe('    Usage Check                  : Enabled');
  expect(all).toContain('    Revocation Freshness Time    : 60');
});

test('each kind of key has its label; host names keep their case', () => {
  const text = showBindings(
    [
      record(
        { kind: 'scopedccs', value: 'www.example.com:443' },
        { certhash: undefined, certstorename: undefined },
      ),
      record({ kind: 'ccs', value: '443' }, { certhash: undefined, certstorename: undefined }),
      record(sni('WWW.Example.com:443')),
      record(ip('[::]:443')),
    ],
    '2022',
  );
  const keys = [
    ...text.matchAll(/^ {4}(IP:port|Hostname:port|Central Certificate Store|Scoped CCS:port) +: (.*)\r$/gm),
  ];
  expect(keys.map(([, label, value]) => [label, value])).toEqual([
    ['IP:port', '[::]:443'],
    ['Hostname:port', 'WWW.Example.com:443'],
    ['Central Certificate Store', '443'],
    ['Scoped CCS:port', 'www.example.com:443'],
  ]);
  expect(text).toContain('    Certificate Hash             : (null)');
});

test('what is not known is printed as no value at all', () => {
  const whole = record(ip('0.0.0.0:443'));
  const half: SslBinding = {
    ...whole,
    fields: {
      ...whole.fields,
      sslctlstorename: unknown('netsh'),
      usagecheck: conflictOf(true, false),
    },
  };
  const text = showBindings([half], '2022');
  expect(text).toContain('    Ctl Store Name               : <unknown>');
  expect(text).toContain('    Usage Check                  : <unknown>');
});
