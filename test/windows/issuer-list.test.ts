import { describe, expect, test } from 'vitest';
import { answerOf, type Known, Unanswered, unknown } from '../../src/base/known.ts';
import type { BuildId } from '../../src/windows/builds.ts';
import { emptyHost, type Host, withSchannel, withStore } from '../../src/windows/host.ts';
import type { SslBinding } from '../../src/windows/http-sys/binding.ts';
import type { HypothesisId } from '../../src/windows/hypotheses.ts';
import {
  ISSUER_LIST_LIMIT,
  type IssuerListSource,
  issuerList,
  issuerListSource,
} from '../../src/windows/schannel/issuer-list.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { issue } from '../support/pki.ts';
import { ip, reads, record, stored, under, wholeHost } from './support.ts';

const root = issue({ subject: 'Root CA', ca: true });
const otherRoot = issue({ subject: 'Other Root', ca: true });
const issuing = issue({ subject: 'Issuing CA', issuer: root, ca: true });

const KEY = ip('0.0.0.0:443');
const plain = record(KEY);
const withCtl = record(KEY, { sslctlstorename: 'ClientAuthIssuer' });
const STORES = { root: stored(root, otherRoot), clientauthissuer: stored(issuing) };

const host = (trustMode: number | undefined, stores: Parameters<typeof wholeHost>[0] = {}) =>
  wholeHost({ sendList: 1, ...(trustMode === undefined ? {} : { trustMode }), stores: STORES, ...stores });

function sourceOf(one: Host, binding: SslBinding): string {
  const source = answerOf(issuerListSource(one, binding));
  return source.is === 'off' ? 'off' : `${source.store}, ${source.why}`;
}

const namesOf = (one: Host, binding: SslBinding) => answerOf(issuerList(one, binding))?.names.map(printName);

describe('where the list comes from', () => {
  test.each<[string, Host, SslBinding, string]>([
    ['the store of the record', host(2), withCtl, 'clientauthissuer, record'],
    ['its name has no case', host(0), record(KEY, { sslctlstorename: 'ROOT' }), 'root, record'],
    ['no store: ClientAuthIssuer', host(0), plain, 'clientauthissuer, client-auth-issuer'],
    ['an absent mode is mode 0', host(undefined), plain, 'clientauthissuer, client-auth-issuer'],
    ['that empty too: Root', host(0, { stores: { ...STORES, clientauthissuer: [] } }), plain, 'root, root'],
    [
      'a store that is set but empty counts as not set',
      host(0, { stores: { ...STORES, issuers: [] } }),
      record(KEY, { sslctlstorename: 'Issuers' }),
      'clientauthissuer, client-auth-issuer',
    ],
    ['switched off', wholeHost({ sendList: 0, stores: STORES }), withCtl, 'off'],
    ['absent, on 2022: off', wholeHost({ stores: STORES }), withCtl, 'off'],
  ])('%s', (_, one, binding, expected) => {
    expect(sourceOf(one, binding)).toBe(expected);
  });
});

describe('issuer-list-without-store', () => {
  test.each([
    ['microsoft-order', 0, 'clientauthissuer, client-auth-issuer'],
    ['microsoft-order', 1, 'clientauthissuer, client-auth-issuer'],
    ['microsoft-order', 2, 'clientauthissuer, client-auth-issuer'],
    ['root-in-mode-1-or-2', 0, 'clientauthissuer, client-auth-issuer'],
    ['root-in-mode-1-or-2', 1, 'root, root'],
    ['root-in-mode-1-or-2', 2, 'root, root'],
  ])('%s, mode %i: %s', (variant, mode, expected) => {
    expect(sourceOf(under(host(mode), { 'issuer-list-without-store': variant }), plain)).toBe(expected);
  });

  test('is read only where the variants differ', () => {
    const asked = (one: Host, binding: SslBinding): HypothesisId[] =>
      reads(one, (h) => issuerListSource(h, binding));
    expect(asked(host(2), plain)).toEqual(['issuer-list-without-store']);
    expect(asked(host(2), withCtl)).toEqual([]);
    expect(asked(host(0), plain)).toEqual([]);
    expect(asked(host(2, { stores: { ...STORES, clientauthissuer: [] } }), plain)).toEqual([]);
    expect(asked(wholeHost({ sendList: 0, trustMode: 2, stores: STORES }), plain)).toEqual([]);
  });
});

describe('an absent SendTrustedIssuerList', () => {
  test.each<[BuildId, string]>([
    ['2012r2', 'off'],
    ['2016', 'off'],
    ['2025', 'off'],
  ])('%s: %s', (build, expected) => {
    expect(sourceOf(wholeHost({ build, stores: STORES }), plain)).toBe(expected);
  });

  test('2008 R2 sends, and what it sends is not in the model', () => {
    expect(() => issuerListSource(wholeHost({ build: '2008r2', stores: STORES }), plain)).toThrow(
      'the list on the wire',
    );
  });

  test('on an unknown build the lines of the record may tell', () => {
    const one: Host = { ...wholeHost({ stores: STORES }), build: unknown('ver') };
    expect(sourceOf(one, record(KEY, {}, '2016'))).toBe('off');
    expect(() => issuerListSource(one, record(KEY, {}, '2012r2'))).toThrow('ver');
  });
});

describe('the names', () => {
  test('are the subjects of the store, in its order, and the list counts its bytes', () => {
    const list = answerOf(issuerList(host(2), record(KEY, { sslctlstorename: 'Root' })))!;
    expect(list.names.map(printName)).toEqual(['CN=Root CA', 'CN=Other Root']);
    expect(list.bytes).toBe(4 + root.subject.length + otherRoot.subject.length);
    expect([list.truncated, list.onlyNonRoots]).toEqual([false, false]);
  });

  test('of a list that is off are null', () => {
    expect(answerOf(issuerList(wholeHost({ sendList: 0 }), plain))).toBeNull();
  });

  test('of a mixed Root are those that are not self-signed', () => {
    const mixed = host(0, { stores: { root: stored(root, issuing, otherRoot), clientauthissuer: [] } });
    expect(namesOf(mixed, plain)).toEqual(['CN=Issuing CA']);
    expect(answerOf(issuerList(mixed, plain))!.onlyNonRoots).toBe(true);
  });

  test('of a Root without any root are all', () => {
    const odd = host(0, { stores: { root: stored(issuing), clientauthissuer: [] } });
    expect(namesOf(odd, plain)).toEqual(['CN=Issuing CA']);
    expect(answerOf(issuerList(odd, plain))!.onlyNonRoots).toBe(false);
  });

  test('of another mixed store are all', () => {
    const mixed = host(0, { stores: { root: [], clientauthissuer: stored(root, issuing) } });
    expect(namesOf(mixed, plain)).toEqual(['CN=Root CA', 'CN=Issuing CA']);
  });
});

describe('the limit of 16 KB', () => {
  const padded = (i: number, length: number) =>
    issue({ subject: `${i} `.padEnd(length, 'x'), ca: true, key: root.keys });
  const size = 2 + padded(0, 240).subject.length;
  const fitting = Math.floor(ISSUER_LIST_LIMIT / size);
  const many = stored(...Array.from({ length: fitting + 3 }, (_, i) => padded(i, 240)));
  const full = (held: typeof many) => host(0, { stores: { root: [], clientauthissuer: held } });

  test('cuts at a whole name', () => {
    const list = answerOf(issuerList(full(many), plain))!;
    expect([list.names.length, list.cut.length, list.truncated]).toEqual([fitting, 3, true]);
    expect(list.bytes).toBe(fitting * size);
    expect(list.bytes).toBeLessThanOrEqual(ISSUER_LIST_LIMIT);
    expect(list.wantedBytes).toBe((fitting + 3) * size);
  });

  test('a list that just fits is whole', () => {
    const all = Array.from({ length: 100 }, (_, n) => n + 240);
    const rest = (n: number) => ISSUER_LIST_LIMIT - n * size;
    const [kept, length] = [fitting - 1, fitting - 2].flatMap((n) =>
      all.filter((one) => 2 + padded(9, one).subject.length === rest(n)).map((one) => [n, one]),
    )[0] ?? [0, 0];
    const exact = [...many.slice(0, kept), ...stored(padded(9, length!))];
    const list = answerOf(issuerList(full(exact), plain))!;
    expect([list.bytes, list.truncated]).toEqual([ISSUER_LIST_LIMIT, false]);
  });
});

describe('half-known hosts', () => {
  const wants = (run: () => Known<IssuerListSource>): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof Unanswered) return error.wants;
    }
    return 'answered';
  };
  const at = [{ source: 'schannel.reg', line: 4 }];
  const sending = withSchannel(emptyHost('x'), {
    sendTrustedIssuerList: { is: 'known', value: 1, because: at },
  });

  test('ask for what is missing, one thing after the other', () => {
    expect(wants(() => issuerListSource(emptyHost('x'), plain))).toContain('SCHANNEL');
    expect(wants(() => issuerListSource(sending, withCtl))).toContain('ClientAuthIssuer.p7b');
    expect(wants(() => issuerListSource(sending, plain))).toContain('SCHANNEL');
    const filled = withStore(sending, 'ClientAuthIssuer', stored(issuing));
    expect(wants(() => issuerListSource(filled, withCtl))).toBe('answered');
    expect(wants(() => issuerListSource(filled, plain))).toContain('SCHANNEL');
  });

  test('an empty ClientAuthIssuer answers without the mode', () => {
    expect(sourceOf(withStore(sending, 'ClientAuthIssuer', []), plain)).toBe('root, root');
  });

  test('a record whose text was cut does not count as one without store', () => {
    const { sslctlstorename: _, ...rest } = plain.fields;
    expect(wants(() => issuerListSource(host(2), { ...plain, fields: rest }))).toContain('netsh');
  });

  test('the answer carries the evidence of all that was read', () => {
    const answer = issuerListSource(withStore(sending, 'ClientAuthIssuer', [], [{ source: 'c.p7b' }]), plain);
    expect(answer.is === 'known' && answer.because).toEqual([...at, { source: 'c.p7b' }]);
  });
});
