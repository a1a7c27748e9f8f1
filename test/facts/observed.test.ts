import { describe, expect, test } from 'vitest';
import { type Known, known, unknown } from '../../src/base/known.ts';
import type { HandshakeSeen, Logons } from '../../src/evidence/claims.ts';
import { asksForCertificate } from '../../src/facts/asking.ts';
import { requestSeen } from '../../src/facts/handshakes.ts';
import { logonsOf, refusalsOf } from '../../src/facts/logons.ts';
import { ask, openSubject, type Question } from '../../src/facts/question.ts';
import { sitesOf } from '../../src/facts/site.ts';
import type { Picture } from '../../src/picture/picture.ts';
import type { Host, Site } from '../../src/windows/host.ts';
import type { BindingKey, SslBinding } from '../../src/windows/http-sys/binding.ts';
import { parseName } from '../../src/wire/x509/name.ts';
import { fakeHost, fakePicture, key, record } from '../engine/fakes.ts';
import { nameDer } from '../support/pki.ts';

const SNI = key('www.example.com:443');
const WILDCARD = key('0.0.0.0:443', 'ipport');
const EXACT = key('192.0.2.10:443', 'ipport');

const hostWith = (...keys: BindingKey[]): Host =>
  fakeHost({ bindings: known(keys.map((one) => record(one.value, one.kind))) });

function asked<T>(question: Question<T>, host: Host, at: BindingKey, seen: Partial<Picture>): Known<T> {
  return ask(openSubject({ ...fakePicture(host), ...seen }, host, at, {}), question);
}

describe('logons belong to a record', () => {
  const line = (parts: Partial<Logons>): Logons => ({
    says: 'logons',
    status: 200,
    substatus: 0,
    win32: 0,
    count: 1,
    first: 0,
    last: 0,
    at: { source: 'u_ex.log' },
    lastAt: { source: 'u_ex.log' },
    serverPort: 443,
    ...parts,
  });
  const isMine = (host: Host, at: BindingKey, parts: Partial<Logons>, more: Partial<Picture> = {}): boolean =>
    asked(logonsOf, host, at, { logons: [line(parts)], ...more }).is === 'known';

  test('by their host header', () => {
    const host = hostWith(SNI, WILDCARD);
    expect(isMine(host, SNI, { hostHeader: 'WWW.example.com:443' })).toBe(true);
    expect(isMine(host, SNI, { hostHeader: 'other.example.com' })).toBe(false);
    expect(
      isMine(hostWith(key('*.example.com:443')), key('*.example.com:443'), { hostHeader: 'a.example.com' }),
    ).toBe(true);
  });

  test('by an address that has a record of its own', () => {
    const host = hostWith(EXACT, WILDCARD);
    expect(isMine(host, EXACT, { serverIp: '192.0.2.10' })).toBe(true);
    expect(isMine(host, EXACT, { serverIp: '192.0.2.11' })).toBe(false);
  });

  test('by the port where no other record is on it', () => {
    expect(isMine(hostWith(SNI), SNI, {})).toBe(true);
    expect(isMine(hostWith(SNI), SNI, { serverPort: 8443 })).toBe(false);
  });

  test('to none where they could be those of another record or host', () => {
    expect(isMine(hostWith(SNI, WILDCARD), SNI, {})).toBe(false);
    const host = hostWith(SNI);
    expect(isMine(host, SNI, {}, { hosts: [host, { ...host, name: 'WEB02' }] })).toBe(false);
  });

  describe('refusals', () => {
    const refused = (parts: Partial<Logons>): Logons =>
      line({ status: 403, substatus: 7, win32: 5, ...parts });
    const refusals = (...logons: Logons[]) => asked(refusalsOf, hostWith(SNI), SNI, { logons });

    test('none in a log of this endpoint is an answer, no log is not', () => {
      expect(refusals(line({}))).toMatchObject({ is: 'known', value: null });
      expect(refusals()).toMatchObject({ is: 'unknown', wants: expect.stringContaining('W3C log') });
    });

    test('after a success they are a change', () => {
      const leaf = refusals(
        line({ path: '/a', first: 100, last: 200, lastAt: { source: 'u_ex.log', line: 2 } }),
        refused({ path: '/a', first: 300, last: 400, count: 5, at: { source: 'u_ex.log', line: 3 } }),
        refused({ path: '/b', first: 50, last: 60, count: 9 }),
      );
      expect(leaf).toEqual({
        is: 'known',
        value: { count: 5, since: 300, lastSuccess: 200 },
        because: [
          { source: 'u_ex.log', line: 3 },
          { source: 'u_ex.log', line: 2 },
        ],
      });
    });

    test('a later success of a client that ignores the list does not hide the change', () => {
      const before = { time: 200, at: { source: 'u_ex.log', line: 2 } };
      const leaf = refusals(
        line({ path: '/a', first: 100, last: 900 }),
        refused({ path: '/a', first: 300, last: 400, successBefore: before }),
      );
      expect(leaf).toMatchObject({ value: { since: 300, lastSuccess: 200 } });
    });

    test('without any success before them they count from the first', () => {
      const leaf = refusals(refused({ first: 300, count: 2 }), refused({ first: 100, count: 1, path: '/x' }));
      expect(leaf).toMatchObject({ value: { since: 100, count: 3 } });
    });
  });
});

describe('handshakes belong to a record', () => {
  const request = {
    version: 0x0303,
    context: new Uint8Array(),
    authorities: [parseName(nameDer('A CA'))],
    authoritiesPresent: true,
    authoritiesLength: 20,
    extensions: [],
  };
  const seen = (parts: Partial<HandshakeSeen>): HandshakeSeen => ({
    says: 'certificate-request',
    port: 443,
    request,
    at: { source: 'probe.json' },
    ...parts,
  });
  const isSeen = (host: Host, at: BindingKey, parts: Partial<HandshakeSeen>, more: Partial<Picture> = {}) =>
    asked(requestSeen, host, at, { handshakes: [seen(parts)], ...more }).is === 'known';

  test('by the name that the client sent', () => {
    const host = hostWith(SNI, WILDCARD);
    expect(isSeen(hostWith(SNI), SNI, { serverName: 'www.example.com' })).toBe(true);
    expect(isSeen(host, SNI, {})).toBe(false);
    expect(isSeen(host, WILDCARD, {})).toBe(true);
    expect(isSeen(host, WILDCARD, { port: 8443 })).toBe(false);
  });

  test('an address that may be a translated one decides nothing where a record for one address exists', () => {
    const host = hostWith(EXACT, SNI);
    expect(isSeen(host, EXACT, { address: '192.0.2.10', serverName: 'www.example.com' })).toBe(true);
    expect(isSeen(host, SNI, { address: '203.0.113.1', serverName: 'www.example.com' })).toBe(false);
    expect(isSeen(host, SNI, { serverName: 'www.example.com' })).toBe(false);
  });

  describe('by the certificate that the server showed', () => {
    const MINE = 'aa'.repeat(20);
    const withCertificate = (at: BindingKey, hash: string | undefined): SslBinding => ({
      ...record(at.value, at.kind),
      fields: hash === undefined ? {} : { certhash: known(hash) },
    });
    const host = (...records: SslBinding[]): Host => fakeHost({ bindings: known(records) });
    const wildcard = host(withCertificate(WILDCARD, MINE));

    test('the same certificate is the same server, wherever it was reached', () => {
      expect(isSeen(wildcard, WILDCARD, { address: '203.0.113.1', serverCertificate: MINE })).toBe(true);
      const exact = host(withCertificate(EXACT, MINE));
      expect(isSeen(exact, EXACT, { address: '203.0.113.1', serverCertificate: MINE })).toBe(true);
    });

    test('another certificate is another server', () => {
      const parts = { address: '192.0.2.10', serverCertificate: 'bb'.repeat(20) };
      expect(isSeen(wildcard, WILDCARD, parts)).toBe(false);
      expect(isSeen(host(withCertificate(EXACT, MINE)), EXACT, parts)).toBe(false);
      // Of this record nobody knows which certificate it has.
      expect(isSeen(host(withCertificate(WILDCARD, undefined)), WILDCARD, parts)).toBe(true);
    });

    test('of two records with one certificate the lookup decides, else none is taken', () => {
      const both = host(withCertificate(WILDCARD, MINE), withCertificate(SNI, MINE));
      const named = { serverName: 'www.example.com', serverCertificate: MINE };
      expect(isSeen(both, SNI, named)).toBe(true);
      const foreign = host(
        withCertificate(WILDCARD, 'cc'.repeat(20)),
        withCertificate(SNI, MINE),
        withCertificate(EXACT, MINE),
      );
      expect(isSeen(foreign, SNI, { ...named, serverName: 'other.example.com' })).toBe(false);
    });
  });

  describe('in a capture that shows servers from all over the world', () => {
    const others = [seen({ address: '198.51.100.1', count: 3 }), seen({ address: '198.51.100.2', count: 1 })];
    const isMine = (parts: Partial<HandshakeSeen>, more: Partial<Picture> = {}) =>
      asked(requestSeen, hostWith(WILDCARD), WILDCARD, {
        handshakes: [seen({ count: 1, ...parts }), ...others.map((one) => ({ ...one, request: null }))],
        ...more,
      }).is === 'known';

    test('a record for every address does not answer for all of them', () => {
      expect(isMine({ address: '203.0.113.1' })).toBe(false);
    });

    test('but for an address that a log of the host names', () => {
      const line: Logons = {
        says: 'logons',
        serverIp: '192.0.2.77',
        serverPort: 443,
        status: 200,
        substatus: 0,
        win32: 0,
        count: 1,
        first: 0,
        last: 0,
        at: { source: 'u_ex.log' },
        lastAt: { source: 'u_ex.log' },
      };
      expect(isMine({ address: '192.0.2.77' }, { logons: [line] })).toBe(true);
      expect(isMine({ address: '192.0.2.78' }, { logons: [line] })).toBe(false);
    });

    test('and for what a probe was sent to', () => {
      const handshakes = [seen({ address: '203.0.113.1' }), ...others];
      expect(asked(requestSeen, hostWith(WILDCARD), WILDCARD, { handshakes }).is).toBe('known');
    });

    test('where it shows one server alone, that is the one', () => {
      const handshakes = [seen({ address: '203.0.113.1', count: 2 })];
      expect(asked(requestSeen, hostWith(WILDCARD), WILDCARD, { handshakes }).is).toBe('known');
    });
  });

  test('of a farm no node is taken', () => {
    const host = hostWith(SNI);
    const farm = { hosts: [host, { ...host, name: 'WEB02' }] };
    expect(isSeen(host, SNI, { serverName: 'www.example.com' }, farm)).toBe(false);
  });

  test('the latest counts, and none that asked for nothing', () => {
    const later = { ...request, authoritiesLength: 40 };
    const handshakes = [
      seen({ serverName: 'www.example.com', time: 2000, request: later }),
      seen({ serverName: 'www.example.com', time: 1000 }),
      seen({ serverName: 'www.example.com', time: 3000, request: null }),
    ];
    expect(asked(requestSeen, hostWith(SNI), SNI, { handshakes })).toMatchObject({
      value: { authoritiesLength: 40 },
    });
  });
});

describe('whether an endpoint asks', () => {
  const IIS = '{4dc3e181-e14b-4a21-b022-59fc669b0914}';
  const bound = (negotiates: boolean | undefined, appid = IIS): SslBinding => ({
    ...record(SNI.value),
    fields: {
      appid: known(appid),
      ...(negotiates === undefined ? {} : { clientcertnegotiation: known(negotiates) }),
    },
  });
  const site = (information: string, sslFlags: number, access: string[]): Site => ({
    id: 1,
    name: 'Portal',
    bindings: [{ protocol: 'https', information, sslFlags }],
    access: [{ path: 'logon', sslFlags: access, because: [{ source: 'applicationHost.config', line: 9 }] }],
    because: [],
  });
  const asks = (binding: SslBinding, sites: Known<readonly Site[]>, seen: Partial<Picture> = {}) =>
    asked(asksForCertificate, fakeHost({ bindings: known([binding]), sites }), SNI, seen);
  const noSites = unknown<readonly Site[]>('applicationHost.config');

  test('in the handshake, by the record', () => {
    expect(asks(bound(true), noSites)).toMatchObject({ value: 'first-handshake' });
  });

  test('later, by the rule of a path', () => {
    const rule = site('*:443:www.example.com', 1, ['Ssl', 'sslnegotiatecert']);
    expect(asks(bound(false), known([rule]))).toMatchObject({
      value: 'later',
      because: [{ source: 'applicationHost.config', line: 9 }],
    });
  });

  test('never, only where everything is known', () => {
    const quiet = site('*:443:www.example.com', 1, ['Ssl']);
    expect(asks(bound(false), known([quiet]))).toMatchObject({ value: 'never' });
    expect(asks(bound(undefined), known([quiet]))).toMatchObject({ is: 'unknown' });
    expect(asks(bound(false), noSites)).toMatchObject({ is: 'unknown', wants: 'applicationHost.config' });
  });

  test('a record of another program may ask as it likes', () => {
    expect(asks(bound(false), known([]))).toMatchObject({ value: 'never' });
    const other = '{5d89a20c-beab-4389-9447-324788eb944a}';
    expect(asks(bound(false, other), known([]))).toMatchObject({
      is: 'unknown',
      wants: expect.stringContaining('handclasp why'),
    });
  });

  test('a refusal in the log tells that it asked', () => {
    const refusal: Logons = {
      says: 'logons',
      status: 403,
      substatus: 16,
      win32: 2148204809,
      count: 1,
      first: 0,
      last: 0,
      at: { source: 'u_ex.log', line: 7 },
      lastAt: { source: 'u_ex.log', line: 7 },
    };
    expect(asks(bound(false), noSites, { logons: [refusal] })).toMatchObject({
      value: 'later',
      because: [{ source: 'u_ex.log', line: 7 }],
    });
  });

  test.each([
    ['*:443:www.example.com', 1, SNI],
    ['*:443:', 0, WILDCARD],
    ['*:443:www.example.com', 0, WILDCARD],
    ['*:443:', 0, key('[::]:443', 'ipport')],
    ['192.0.2.10:443:', 0, EXACT],
    ['[2001:db8::1]:443:', 0, key('[2001:DB8:0::1]:443', 'ipport')],
    ['*:443:www.example.com', 3, key('443', 'ccs')],
  ] as const)('the binding %s with sslFlags %i leads to its record', (information, flags, at) => {
    const host = fakeHost({ sites: known([site(information, flags, [])]) });
    expect(asked(sitesOf, host, at, {})).toMatchObject({ value: [{ name: 'Portal' }] });
    expect(asked(sitesOf, host, key('other.example.com:443'), {})).toMatchObject({ value: [] });
  });
});
