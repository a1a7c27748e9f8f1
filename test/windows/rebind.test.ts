import { describe, expect, test } from 'vitest';
import { answerOf, unknown } from '../../src/base/known.ts';
import { BUILDS, type BuildId } from '../../src/windows/builds.ts';
import { bindingByKey, type Host, type Site } from '../../src/windows/host.ts';
import { BINDING_FIELDS, type BindingField, type BindingValues } from '../../src/windows/http-sys/binding.ts';
import { FIELD_DEFAULTS, fieldsOfColumn } from '../../src/windows/http-sys/fields.ts';
import { IIS_APPID, NO_OWNER } from '../../src/windows/http-sys/owners.ts';
import { FLAG_FIELDS } from '../../src/windows/iis/ssl-flags.ts';
import { rebinders } from '../../src/windows/rebinders/index.ts';
import { rebind } from '../../src/windows/rebinders/rebind.ts';
import { HASH, OTHER_HASH, record, sni, under, valuesOf, wholeHost } from './support.ts';

const KEY = sni('www.example.com:443');
const RENEWED = { certhash: OTHER_HASH, certstorename: 'WebHosting' };
const tool = (id: string) => rebinders.find((one) => one.id === id)!;

/** Every field away from its default. */
const TUNED: Partial<BindingValues> = Object.fromEntries(
  BINDING_FIELDS.map(({ name, shape }) => [name, tuned(name, shape)]),
);
function tuned(name: BindingField, shape: string): BindingValues[BindingField] {
  if (shape === 'hash') return HASH;
  if (shape === 'guid') return '{11111111-1111-1111-1111-111111111111}';
  if (shape === 'text') return 'Tuned';
  return shape === 'number' ? 60 : !FIELD_DEFAULTS[name as 'reject'];
}

const site = (sslFlags: number): Site => ({
  id: 1,
  name: 'www',
  bindings: [{ protocol: 'https', information: '*:443:www.example.com', sslFlags }],
  access: [],
  because: [],
});

function tunedHost(build: BuildId, sslFlags: number): Host {
  const own = fieldsOfColumn(BUILDS[build].netshColumn).map(({ name }) => [name, TUNED[name]]);
  return wholeHost({
    build,
    bindings: [record(KEY, Object.fromEntries(own), build)],
    sites: [site(sslFlags)],
  });
}

const renewed = (id: string, host: Host) => valuesOf(rebind(host, tool(id), KEY, RENEWED), KEY)!;
const keptBy = (id: string, host: Host): string[] => {
  const before = valuesOf(host, KEY)!;
  const now = renewed(id, host);
  return Object.keys(before).filter((name) => now[name] === before[name]);
};

describe('the catalogue', () => {
  test.each(rebinders.map((one) => [one.id, one] as const))('%s is whole', (id, one) => {
    expect(one.source.length).toBeGreaterThan(10);
    expect(one.title).not.toBe('');
    expect(one.writes).toContain('certhash');
    expect(one.writes.includes('appid')).toBe(one.appid !== undefined);
    expect(one.loses.filter((name) => one.writes.includes(name))).toEqual([]);
    expect(rebinders.filter((other) => other.id === id)).toHaveLength(1);
  });

  test('they are those that the sources name', () => {
    expect(rebinders.map(({ id }) => id)).toEqual([
      'adfs',
      'certify',
      'iis-manager',
      'jexus',
      'microsoft-web-administration',
      'netsh-delete-add',
      'simple-acme',
      'webadministration-powershell',
      'win-acme',
      'wmi',
    ]);
  });
});

describe('what is left of a record in which everything was set', () => {
  const IIS_FLAGS = [
    'disablehttp2',
    'disablequic',
    'disabletls13',
    'disableocspstapling',
    'disablelegacytls',
  ];
  const CARRIERS = [
    'iis-manager',
    'microsoft-web-administration',
    'webadministration-powershell',
    'win-acme',
    'simple-acme',
    'certify',
  ];

  test.each(CARRIERS)('%s: the flags that sslFlags carry', (id) => {
    expect(keptBy(id, tunedHost('2022', 1 | 4 | 8 | 16 | 32 | 64)).sort()).toEqual(IIS_FLAGS.sort());
    expect(renewed(id, tunedHost('2022', 125))).toMatchObject({
      ...RENEWED,
      appid: IIS_APPID,
      sslctlstorename: undefined,
    });
  });

  test('iis-manager: Negotiate Client Certificate survives on 2025 alone, by bit 128', () => {
    const flags = 1 | 128;
    expect(renewed('iis-manager', tunedHost('2025', flags)).clientcertnegotiation).toBe(true);
    expect(renewed('iis-manager', tunedHost('2025', 1)).clientcertnegotiation).toBe(false);
    expect(renewed('iis-manager', tunedHost('2022', flags)).clientcertnegotiation).toBe(false);
  });

  test.each([
    ['switched-off', false],
    ['kept', true],
  ])('rebinding-and-negotiation, %s: %s', (variant, expected) => {
    const host = under(tunedHost('2022', 1), { 'rebinding-and-negotiation': variant });
    expect(renewed('iis-manager', host).clientcertnegotiation).toBe(expected);
    expect(renewed('wmi', host).clientcertnegotiation).toBe(false);
  });

  test('iis-manager: what the IIS binding says wins over what netsh had set', () => {
    expect(renewed('iis-manager', tunedHost('2022', 1))).toMatchObject({
      disablehttp2: false,
      disabletls13: false,
    });
    const plain = wholeHost({ bindings: [record(KEY)], sites: [site(1 | 32)] });
    expect(renewed('iis-manager', plain).disabletls13).toBe(true);
  });

  test('iis-manager: without the configuration the flags are unknown, the rest is not', () => {
    const host: Host = { ...tunedHost('2022', 1), sites: unknown('applicationHost.config') };
    expect(renewed('iis-manager', host)).toMatchObject({
      disabletls13: '<unknown>',
      sslctlstorename: undefined,
    });
  });

  test.each(['wmi', 'jexus'])('%s: nothing', (id) => {
    expect(keptBy(id, tunedHost('2022', 125))).toEqual([]);
  });

  test('netsh-delete-add: owner and CTL store', () => {
    expect(keptBy('netsh-delete-add', tunedHost('2022', 125))).toEqual(['appid', 'sslctlstorename']);
  });

  test('adfs: everything but the certificate', () => {
    const lost = Object.keys(valuesOf(tunedHost('2022', 1), KEY)!).filter(
      (name) => !keptBy('adfs', tunedHost('2022', 1)).includes(name),
    );
    expect(lost).toEqual(['certhash', 'certstorename']);
  });
});

test.each(Object.keys(BUILDS) as BuildId[])(
  '%s: no tool gives a record a field that the build lacks',
  (build) => {
    for (const one of rebinders) {
      const host = rebind(tunedHost(build, 125), one, KEY, RENEWED);
      expect(Object.keys(answerOf(bindingByKey(host, KEY))!.fields)).toEqual(
        fieldsOfColumn(BUILDS[build].netshColumn).map(({ name }) => name),
      );
    }
  },
);

test('a record that does not exist yet is made', () => {
  expect(valuesOf(rebind(wholeHost(), tool('iis-manager'), KEY, RENEWED), KEY)).toMatchObject({
    ...RENEWED,
    appid: IIS_APPID,
  });
  expect(valuesOf(rebind(wholeHost(), tool('netsh-delete-add'), KEY, RENEWED), KEY)).toMatchObject({
    appid: NO_OWNER,
  });
});

test('every bit of sslFlags belongs to a field of its own', () => {
  expect(new Set(FLAG_FIELDS.map(({ bit }) => bit)).size).toBe(FLAG_FIELDS.length);
  expect(new Set(FLAG_FIELDS.map(({ field }) => field)).size).toBe(FLAG_FIELDS.length);
});
