import { describe, expect, test } from 'vitest';
import { answerOf, unknown } from '../../src/base/known.ts';
import type { BuildId } from '../../src/windows/builds.ts';
import { emptyHost, type Site } from '../../src/windows/host.ts';
import { printKey } from '../../src/windows/http-sys/key.ts';
import { accessAt, siteFor } from '../../src/windows/iis/access.ts';
import { keyOfSiteBinding } from '../../src/windows/iis/ssl-flags.ts';
import { requestOutcome, whenAsked } from '../../src/windows/iis/status.ts';
import { issue } from '../support/pki.ts';
import { certificate, ip, record, stored, wholeHost } from './support.ts';

const REQUIRE = ['Ssl', 'SslNegotiateCert', 'SslRequireCert'];
const ACCEPT = ['Ssl', 'SslNegotiateCert'];

function site(information: string[], rules: Readonly<Record<string, string[]>> = {}, sslFlags = 0): Site {
  return {
    id: 1,
    name: information.join(),
    bindings: information.map((one) => ({ protocol: 'https', information: one, sslFlags })),
    access: Object.entries(rules).map(([path, flags]) => ({ path, sslFlags: flags, because: [] })),
    because: [],
  };
}

describe('which site answers', () => {
  const named = site(['*:443:www.example.com']);
  const star = site(['*:443:*.example.com']);
  const byIp = site(['10.0.0.1:443:']);
  const any = site(['*:443:']);
  const plain: Site = { ...any, bindings: [{ protocol: 'http', information: '*:443:', sslFlags: 0 }] };
  const all = [any, byIp, star, named];

  test.each<[string, Site[], string | null, string, Site | undefined]>([
    ['the host name goes first', all, 'www.example.com', '10.0.0.1', named],
    ['its port in the header is ignored', all, 'WWW.example.com:443', '10.0.0.2', named],
    ['then the wildcard name', all, 'a.example.com', '10.0.0.1', star],
    ['then the address', all, 'other.org', '10.0.0.1', byIp],
    ['then any', all, 'other.org', '10.0.0.2', any],
    ['no header at all', all, null, '10.0.0.2', any],
    ['no site', [named], 'other.org', '10.0.0.2', undefined],
    ['http is not https', [plain], null, '10.0.0.2', undefined],
  ])('%s', (_, sites, hostHeader, address, expected) => {
    expect(answerOf(siteFor(wholeHost({ sites }), { address, port: 443, hostHeader }))).toBe(expected);
  });

  test('IPv6 addresses compare by value', () => {
    const v6 = site(['[2001:db8::1]:443:']);
    const request = { address: '2001:DB8:0::1', port: 443, hostHeader: null };
    expect(answerOf(siteFor(wholeHost({ sites: [v6] }), request))).toBe(v6);
  });

  test('without the configuration nobody can tell', () => {
    const request = { address: '::1', port: 443, hostHeader: null };
    expect(() => siteFor(emptyHost('x'), request)).toThrow('applicationHost.config');
  });
});

describe('which access rule a path has', () => {
  const one = site(['*:443:'], { '': ['Ssl'], app: ACCEPT, 'app/login': REQUIRE });
  test.each([
    ['/', ''],
    ['/other', ''],
    ['/app', 'app'],
    ['/APP/x', 'app'],
    ['/application', ''],
    ['/app/login', 'app/login'],
    ['/app/login/more?x=/other', 'app/login'],
    ['/app/%6Cogin', 'app/login'],
    ['/other/../app/login', 'app/login'],
    ['/app/login/..', 'app'],
    ['/%zz', ''],
  ])('%s has that of «%s»', (path, rule) => {
    expect(accessAt(one, path).path).toBe(rule);
  });

  test('without rules nothing is asked for', () => {
    expect(accessAt(site(['*:443:']), '/').sslFlags).toEqual([]);
  });
});

describe('when the certificate is asked for', () => {
  const one = site(['*:443:'], {
    '': ['Ssl'],
    login: REQUIRE,
    accept: ACCEPT,
    only: ['Ssl', 'SslRequireCert'],
  });
  const early = record(ip('0.0.0.0:443'), { clientcertnegotiation: true });
  const late = record(ip('0.0.0.0:443'));
  test.each<[string, typeof late, string, BuildId, number, string]>([
    ['the record asks everybody', early, '/', '2022', 0x0303, 'handshake'],
    ['under TLS 1.3 too', early, '/login', '2022', 0x0304, 'handshake'],
    ['the path asks later', late, '/login', '2022', 0x0303, 'after-request'],
    ['for acceptance too', late, '/accept', '2019', 0x0303, 'after-request'],
    ['another path does not', late, '/', '2022', 0x0303, 'never'],
    ['require alone does not ask', late, '/only', '2022', 0x0303, 'never'],
    ['too late for TLS 1.3 on 2022', late, '/login', '2022', 0x0304, 'reset'],
    ['too late for TLS 1.3 on 2025', late, '/login', '2025', 0x0304, '500.0'],
  ])('%s', (_, binding, path, build, version, expected) => {
    expect(answerOf(whenAsked(wholeHost({ build }), binding, one, path, version))).toBe(expected);
  });

  test('a build without TLS 1.3 contradicts a TLS 1.3 connection', () => {
    expect(() => whenAsked(wholeHost({ build: '2019' }), late, one, '/login', 0x0304)).toThrow('no TLS 1.3');
  });

  test('an unread negotiation cannot be told', () => {
    const unread = { ...late, fields: { ...late.fields, clientcertnegotiation: unknown<boolean>('netsh') } };
    expect(() => whenAsked(wholeHost(), unread, one, '/', 0x0303)).toThrow('netsh');
  });
});

describe('which status follows', () => {
  const root = issue({ subject: 'Root CA', ca: true });
  const user = certificate(issue({ subject: 'User', issuer: root }));
  const stranger = certificate(issue({ subject: 'Stranger' }));
  const one = site(['*:443:'], { '': ['Ssl'], login: REQUIRE, accept: ACCEPT });
  const host = wholeHost({ stores: { root: stored(root), ca: [] } });
  const binding = record(ip('0.0.0.0:443'));

  test.each([
    ['not asked, not required', '/', null, '200 0 0'],
    ['not asked, required', '/login', null, '403 7 5'],
    ['asked, none sent, required', '/login', [], '403 7 5'],
    ['asked, none sent, accepted', '/accept', [], '200 0 0'],
    ['a good one', '/login', [user], '200 0 0'],
    ['a bad one', '/login', [stranger], '403 16 2148204809'],
    ['a bad one where one is accepted', '/accept', [stranger], '403 16 2148204809'],
    ['a bad one where none is looked at', '/', [stranger], '200 0 0'],
  ])('%s: %s', (_, path, chain, expected) => {
    const at = Date.UTC(2026, 10);
    const outcome = answerOf(
      requestOutcome(host, { binding, site: one, path, chain, signatures: 'good', at }),
    );
    expect(`${outcome.status} ${outcome.substatus} ${outcome.win32}`).toBe(expected);
  });
});

test.each([
  ['*:443:', 0, 'ipport=0.0.0.0:443'],
  ['10.0.0.1:443:www.example.com', 0, 'ipport=10.0.0.1:443'],
  ['[::1]:443:', 0, 'ipport=[0:0:0:0:0:0:0:1]:443'],
  ['*:443:www.example.com', 1, 'hostnameport=www.example.com:443'],
  ['*:443:www.example.com', 3, 'ccs=443'],
])('the binding %s with sslFlags %i uses %s', (information, sslFlags, expected) => {
  expect(printKey(keyOfSiteBinding({ protocol: 'https', information, sslFlags })!)).toBe(expected);
});

test('an http binding uses no record', () => {
  expect(keyOfSiteBinding({ protocol: 'http', information: '*:80:', sslFlags: 0 })).toBeNull();
});
