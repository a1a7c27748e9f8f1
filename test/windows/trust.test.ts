import { describe, expect, test } from 'vitest';
import { answerOf, unknown } from '../../src/base/known.ts';
import { emptyHost, type Host, withSchannel } from '../../src/windows/host.ts';
import type { SslBinding } from '../../src/windows/http-sys/binding.ts';
import { judgeClient } from '../../src/windows/schannel/trust.ts';
import { type Issued, issue } from '../support/pki.ts';
import { certificate, ip, type Parts, reads, record, stored, under, wholeHost } from './support.ts';

const root = issue({ subject: 'Root CA', ca: true });
const otherRoot = issue({ subject: 'Other Root', ca: true });
const issuing = issue({ subject: 'Issuing CA', issuer: root, ca: true });
const user = issue({ subject: 'User', issuer: issuing, extendedKeyUsage: ['clientAuth'] });
const bare = issue({ subject: 'No usage', issuer: issuing });
const web = issue({ subject: 'www', issuer: issuing, extendedKeyUsage: ['serverAuth'] });
const old = issue({ subject: 'Old', issuer: issuing, notAfter: Date.UTC(2026) });
const stranger = issue({ subject: 'Stranger', issuer: otherRoot });
const orphan = issue({ subject: 'Orphan', issuer: issue({ subject: 'Gone CA', issuer: root, ca: true }) });

const NOW = Date.UTC(2026, 10);
const KEY = ip('0.0.0.0:443');
const plain = record(KEY);
const withCtl = record(KEY, { sslctlstorename: 'Trusted' });
const STORES = { root: stored(root), ca: stored(issuing), clientauthissuer: [], trusted: stored(issuing) };

const host = (parts: Parts = {}) => wholeHost({ ...parts, stores: { ...STORES, ...parts.stores } });

function verdict(
  one: Host,
  binding: SslBinding,
  chain: readonly Issued[],
  at = NOW,
  signatures: 'good' | 'bad' = 'good',
): string {
  const judged = answerOf(judgeClient(one, binding, chain.map(certificate), signatures, at));
  return judged.is === 'trusted' ? 'trusted' : `403 ${judged.substatus} ${judged.win32}`;
}

const UNTRUSTED = '403 16 2148204809';
const CHAINING = '403 16 2148204810';

describe('mode 0: what the machine trusts', () => {
  test.each<[string, Issued[], string]>([
    ['the leaf alone, its issuer in CA', [user], 'trusted'],
    ['a certificate without usage extension', [bare], 'trusted'],
    ['the wrong usage', [web], '403 16 2148204816'],
    ['expired', [old], '403 17 2148204801'],
    ['root not in Root', [stranger, otherRoot], UNTRUSTED],
    ['issuer nowhere', [orphan], CHAINING],
    ['nothing sent', [], '403 7 5'],
  ])('%s: %s', (_, chain, expected) => {
    expect(verdict(host(), plain, chain)).toBe(expected);
  });

  test('an intermediate that the client sends need not be in CA', () => {
    const empty = host({ stores: { ca: [] } });
    expect(verdict(empty, plain, [user])).toBe(CHAINING);
    expect(verdict(empty, plain, [user, issuing])).toBe('trusted');
  });

  test('not yet valid is 403.17 too', () => {
    expect(verdict(host(), plain, [user], Date.UTC(2020))).toBe('403 17 2148204801');
  });

  test('a bad signature refuses', () => {
    expect(verdict(host(), plain, [user], NOW, 'bad')).toBe('403 16 2148098052');
  });

  test('without usage check any usage will do', () => {
    expect(verdict(host(), record(KEY, { usagecheck: false }), [web])).toBe('trusted');
  });

  test('a certificate in Disallowed is refused, the CA in it too', () => {
    expect(verdict(host({ stores: { disallowed: stored(user) } }), plain, [user])).toBe('403 16 2148204817');
    expect(verdict(host({ stores: { disallowed: stored(issuing) } }), plain, [user])).toBe(
      '403 16 2148204817',
    );
  });

  test('a renewed CA of the same name does not confuse the chain', () => {
    const renewed = issue({ subject: 'Issuing CA', issuer: root, ca: true });
    expect(verdict(host({ stores: { ca: stored(renewed, issuing) } }), plain, [user])).toBe('trusted');
  });

  test('a CA of the same name with another key is not the issuer', () => {
    const impostor = issue({ subject: 'Issuing CA', issuer: root, ca: true });
    expect(verdict(host({ stores: { ca: stored(impostor) } }), plain, [user])).toBe(CHAINING);
  });

  test('a self-signed client certificate is trusted from Root alone', () => {
    expect(verdict(host(), plain, [otherRoot])).toBe(UNTRUSTED);
    expect(verdict(host({ stores: { root: stored(root, otherRoot) } }), plain, [otherRoot])).toBe('trusted');
  });

  test('an issued certificate in Root is no anchor', () => {
    const sending = host({ sendList: 1, stores: { root: stored(issuing), ca: [] } });
    expect(verdict(sending, plain, [user])).toBe(CHAINING);
  });
});

describe('a certificate in Root that is not self-signed (KB2802568)', () => {
  const stores = { root: stored(root, issuing) };
  test('breaks everybody while no list is sent', () => {
    expect(verdict(host({ stores }), plain, [user])).toBe(UNTRUSTED);
  });
  test('breaks nobody while one is sent', () => {
    expect(verdict(host({ sendList: 1, stores }), plain, [user])).toBe('trusted');
  });
});

describe('machine-trust-outside-list, mode 0 with a list that names others', () => {
  const one = host({ sendList: 1, stores: { clientauthissuer: stored(otherRoot) } });
  test.each([
    ['accepted', 'trusted'],
    ['refused', UNTRUSTED],
  ])('%s: %s', (variant, expected) => {
    expect(verdict(under(one, { 'machine-trust-outside-list': variant }), plain, [user])).toBe(expected);
  });
  test('is read only when the list names no CA of the chain', () => {
    const read = (chosen: Host) => reads(chosen, (h) => verdict(h, plain, [user]));
    expect(read(one)).toEqual(['machine-trust-outside-list']);
    expect(read(host({ sendList: 1 }))).toEqual([]);
    expect(read(host({ sendList: 1, stores: { clientauthissuer: stored(issuing) } }))).toEqual([]);
    expect(read(host())).toEqual([]);
  });
});

describe('modes 1 and 2: what the store of the record holds', () => {
  test.each<[number, string, Issued[], string]>([
    [1, 'the root', [root], 'trusted'],
    [1, 'only the intermediate', [issuing], UNTRUSTED],
    [1, 'another root', [otherRoot], UNTRUSTED],
    [2, 'the issuing CA', [issuing], 'trusted'],
    [2, 'the root', [root], 'trusted'],
    [2, 'another root', [otherRoot], UNTRUSTED],
    [2, 'the leaf alone', [user], UNTRUSTED],
  ])('mode %i, %s', (trustMode, _, held, expected) => {
    const one = host({ trustMode, sendList: 1, stores: { trusted: stored(...held) } });
    expect(verdict(one, withCtl, [user])).toBe(expected);
  });

  test('mode 2 takes a chain that ends in its CA, whatever Root and CA hold', () => {
    const one = host({ trustMode: 2, sendList: 1, stores: { root: [], ca: [] } });
    expect(verdict(one, withCtl, [user])).toBe('trusted');
  });

  test('time and usage count as ever', () => {
    const one = host({ trustMode: 2, sendList: 1 });
    expect(verdict(one, withCtl, [old])).toBe('403 17 2148204801');
    expect(verdict(one, withCtl, [web])).toBe('403 16 2148204816');
  });

  test('a mode that nobody documents cannot be judged', () => {
    expect(() => verdict(host({ trustMode: 7 }), withCtl, [user])).toThrow('ClientAuthTrustMode 7');
  });
});

describe('trust-without-store', () => {
  const one = (trustMode: number) =>
    host({ trustMode, sendList: 1, stores: { clientauthissuer: stored(issuing) } });
  test.each([
    ['nothing', 'microsoft-order', 2, UNTRUSTED],
    ['nothing', 'root-in-mode-1-or-2', 2, UNTRUSTED],
    ['fallback-store', 'microsoft-order', 2, 'trusted'],
    ['fallback-store', 'microsoft-order', 1, UNTRUSTED],
    ['fallback-store', 'root-in-mode-1-or-2', 1, 'trusted'],
    ['fallback-store', 'root-in-mode-1-or-2', 2, 'trusted'],
  ])('%s with %s, mode %i: %s', (trust, list, mode, expected) => {
    const chosen = under(one(mode), { 'trust-without-store': trust, 'issuer-list-without-store': list });
    expect(verdict(chosen, plain, [user])).toBe(expected);
  });
  test('is not read while the record has a store', () => {
    expect(reads(one(2), (h) => verdict(h, withCtl, [user]))).toEqual([]);
    expect(reads(one(2), (h) => verdict(h, plain, [user]))).toContain('trust-without-store');
  });
});

describe('half-known hosts', () => {
  const { ca: _, ...withoutCa } = STORES;
  const noCa = wholeHost({ stores: withoutCa });

  test('the CA store is asked for only when the chain needs it', () => {
    expect(verdict(noCa, plain, [user, issuing])).toBe('trusted');
    expect(() => verdict(noCa, plain, [user])).toThrow('CA.p7b');
    expect(() => verdict(noCa, plain, [orphan])).toThrow('CA.p7b');
  });

  test('nothing known, everything asked for', () => {
    expect(() => verdict(emptyHost('x'), plain, [user])).toThrow('SCHANNEL');
    const mode = withSchannel(noCa, { clientAuthTrustMode: unknown('the mode') });
    expect(() => verdict(mode, plain, [user])).toThrow('the mode');
  });

  test('an issuer that the host might download cannot be judged', () => {
    const gone = issue({ subject: 'Gone CA', issuer: root, ca: true });
    const aia = issue({ subject: 'A', issuer: gone, issuerUrls: ['http://pki.example.com/gone.cer'] });
    expect(() => verdict(host(), plain, [aia])).toThrow('http://pki.example.com/gone.cer');
    expect(verdict(host(), record(KEY, { disableaia: true }), [aia])).toBe(CHAINING);
  });
});
