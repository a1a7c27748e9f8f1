import { describe, expect, test } from 'vitest';
import { renderWhy } from '../../src/report/render/why.ts';
import { renderWhyHtml } from '../../src/report/render/why-html.ts';
import { differencesOf, listsOf } from '../../src/report/why-arrange.ts';
import { expectGolden } from './golden.ts';
import { hostileWhy, why } from './samples.ts';

describe('why', () => {
  test('why.txt', () => expectGolden('why.txt', renderWhy(why)));
  test('why.html', () => expectGolden('why.html', renderWhyHtml(why)));
  test('hostile-why.txt', () => expectGolden('hostile-why.txt', renderWhy(hostileWhy)));
  test('hostile-why.html', () => expectGolden('hostile-why.html', renderWhyHtml(hostileWhy)));
  test('without an identity there is no table of clients', () => {
    const text = renderWhy({ ...why, identity: null, clients: [] });
    expect(text).not.toContain('What each client');
    expect(text).toContain('CN=Example Root CA');
  });
});

describe('differences', () => {
  test('the same list over two versions is told once', () => {
    const [first] = why.probes;
    const same = { probes: [first!, { ...first!, version: 'TLS 1.2' }] };
    expect(listsOf(same)).toHaveLength(1);
    expect(listsOf(same)[0]!.label).toBe('TLS 1.3 and TLS 1.2, SNI www.example.com');
    expect(differencesOf(same)).toEqual([]);
  });
  test('between versions and between server names', () => {
    expect(differencesOf(why)).toEqual([
      'Asked for a certificate with TLS 1.3 and TLS 1.2, SNI www.example.com, not with TLS 1.2, no SNI.',
      'Only with TLS 1.3, SNI www.example.com: CN=Other Root.',
      'Only with TLS 1.2, SNI www.example.com: CN=Only Here.',
    ]);
  });
  test('another order of the same names', () => {
    const [first] = why.probes;
    const turned = { ...first!.request!, authorities: [...first!.request!.authorities].reverse() };
    const told = differencesOf({ probes: [first!, { ...first!, version: 'TLS 1.2', request: turned }] });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('another order');
  });
  test('a connection that failed is no difference', () => {
    const [first] = why.probes;
    const failed = { ...first!, completed: false, request: null, end: 'closed' };
    expect(differencesOf({ probes: [first!, failed] })).toEqual([]);
  });
});
