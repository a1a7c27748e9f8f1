import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unknown } from '../../src/base/known.ts';
import { type PlannedChange, planChange } from '../../src/changes/index.ts';
import { BUILDS, type BuildId } from '../../src/windows/builds.ts';
import { commands } from '../../src/windows/commands/index.ts';
import { emptyHost, type Host } from '../../src/windows/host.ts';
import type { BindingKey, BindingValues, SslBinding } from '../../src/windows/http-sys/binding.ts';
import { fieldRow, fieldsOfColumn } from '../../src/windows/http-sys/fields.ts';
import { showBindings } from '../../src/windows/http-sys/show.ts';
import { HYPOTHESES } from '../../src/windows/hypotheses.ts';
import { key as anyKey, fieldValues } from '../windows/generated.ts';
import { HASH, ip, record, sni, under, valuesOf, wholeHost } from '../windows/support.ts';
import { conflictOf } from '../windows/support-leaves.ts';

const WWW = sni('www.example.com:443');
const ids = Object.keys(BUILDS) as BuildId[];

const plan = (host: Host, set: Partial<BindingValues>, key: BindingKey = WWW) =>
  planChange({ kind: 'http-sys/set-binding', key, set }, host);

/** Runs the lines on the model; every one must be taken. */
function run(host: Host, lines: PlannedChange['commands']): Host {
  return lines.reduce((before, [program, ...argv]) => {
    const { host: after, output, exitCode } = commands[program!]!(argv, before);
    expect(output).toContain('SSL Certificate successfully');
    expect(exitCode).toBe(0);
    return after;
  }, host);
}

describe('the printed update', () => {
  const host = wholeHost({ bindings: [record(WWW, { clientcertnegotiation: true })] });

  test('writes every field out', () => {
    const { title, commands: lines, refusals } = plan(host, { sslctlstorename: 'ClientAuthIssuer' });
    expect(title).toBe('Set Ctl Store Name to ClientAuthIssuer on hostnameport=www.example.com:443');
    expect(refusals).toEqual([]);
    expect(lines).toEqual([
      [
        'netsh',
        'http',
        'update',
        'sslcert',
        'hostnameport=www.example.com:443',
        `certhash=${HASH}`,
        'appid={4dc3e181-e14b-4a21-b022-59fc669b0914}',
        'certstorename=My',
        'verifyclientcertrevocation=enable',
        'verifyrevocationwithcachedclientcertonly=disable',
        'usagecheck=enable',
        'sslctlstorename=ClientAuthIssuer',
        'dsmapperusage=disable',
        'clientcertnegotiation=enable',
        'reject=disable',
        'disablehttp2=disable',
        'disablequic=disable',
        'disabletls12=disable',
        'disabletls13=disable',
        'disableocspstapling=disable',
        'enabletokenbinding=disable',
        'logextendedevents=disable',
        'disablelegacytls=disable',
        'enablesessionticket=disable',
      ],
    ]);
  });

  test('leaves zero times out and writes others', () => {
    const timed = wholeHost({ bindings: [record(WWW, { urlretrievaltimeout: 5000 })] });
    const [line] = plan(timed, { usagecheck: false }).commands;
    expect(line).toContain('urlretrievaltimeout=5000');
    expect(line!.join(' ')).not.toContain('revocationfreshnesstime');
  });

  test('of what is so already has no lines', () => {
    expect(plan(host, { clientcertnegotiation: true })).toMatchObject({
      commands: [],
      undo: [],
      refusals: [],
    });
  });

  test.each(ids)('%s: has no field that the build lacks', (build) => {
    const one = wholeHost({ build, bindings: [record(WWW, {}, build)] });
    const names = plan(one, { dsmapperusage: true })
      .commands.at(-1)!
      .slice(5)
      .map((word) => word.split('=')[0]);
    const has = fieldsOfColumn(BUILDS[build].netshColumn).map(({ name }) => name);
    expect(names.filter((name) => !has.includes(name as 'reject'))).toEqual([]);
  });
});

describe('update, or delete and add', () => {
  const verbs = (lines: PlannedChange['commands']) => lines.map((line) => line[2]);
  const gap = 'between delete and add there is no record, and connections to it fail';

  test.each<[BuildId | 'unknown', BuildId, string[]]>([
    ['2012r2', '2012r2', ['delete', 'add']],
    ['2016', '2016', ['delete', 'add']],
    ['2019', '2019', ['update']],
    ['2022', '2022', ['update']],
    ['2025', '2025', ['update']],
    ['unknown', '2016', ['delete', 'add']],
    ['unknown', '2019', ['update']],
    ['unknown', '2025', ['update']],
  ])('build %s, a record as of %s: %s', (build, shape, expected) => {
    const whole = wholeHost({ bindings: [record(WWW, {}, shape)] });
    const host: Host =
      build === 'unknown'
        ? { ...whole, build: unknown('ver') }
        : wholeHost({ build, bindings: [record(WWW, {}, shape)] });
    const planned = plan(host, { clientcertnegotiation: true });
    expect(verbs(planned.commands)).toEqual(expected);
    expect(planned.notes.some((note) => note.includes(gap))).toBe(expected[0] === 'delete');
    run(host, planned.commands);
  });

  test('emptying a text takes delete and add, and so does the undo of filling one', () => {
    const filled = wholeHost({ bindings: [record(WWW, { sslctlstorename: 'Root' })] });
    expect(verbs(plan(filled, { sslctlstorename: undefined }).commands)).toEqual(['delete', 'add']);
    expect(verbs(plan(filled, { sslctlstorename: undefined }).undo)).toEqual(['update']);
    const empty = wholeHost({ bindings: [record(WWW)] });
    const planned = plan(empty, { sslctlstorename: 'Root' });
    expect([verbs(planned.commands), verbs(planned.undo)]).toEqual([['update'], ['delete', 'add']]);
    expect(planned.notes.join()).toContain('the undo empties a field');
    expect(verbs(plan(filled, { sslctlstorename: 'CA' }).undo)).toEqual(['update']);
  });

  test('a time goes back to zero by update, except on 2025, which refuses the zero', () => {
    const timed = (build: BuildId) =>
      plan(wholeHost({ build, bindings: [record(WWW, { urlretrievaltimeout: 9 }, build)] }), {
        urlretrievaltimeout: 0,
      });
    expect(timed('2022').commands[0]).toContain('urlretrievaltimeout=0');
    expect(verbs(timed('2025').commands)).toEqual(['delete', 'add']);
  });
});

describe('any change of any record', () => {
  const story = fc
    .record({ build: fc.constantFrom(...ids.filter((id) => id !== '2008r2')), key: anyKey })
    .chain(({ build, key }) =>
      fc.record({
        build: fc.constant(build),
        key: fc.constant(key),
        before: fieldValues(build, key),
        wanted: fieldValues(build, key),
        chosen: fc.subarray(fieldsOfColumn(BUILDS[build].netshColumn).map(({ name }) => name)),
        variant: fc.constantFrom(...HYPOTHESES['update-omitted-fields'].variants.map(({ id }) => id)),
      }),
    );

  test('is taken by netsh, does what it says under every variant, and is undone exactly', () => {
    fc.assert(
      fc.property(story, ({ build, key, before, wanted, chosen, variant }) => {
        const set = Object.fromEntries(chosen.map((name) => [name, wanted[name]]));
        const other = record(ip('192.0.2.1:1'), {}, build);
        const whole = wholeHost({ build, bindings: [record(key, before, build), other] });
        const host = under(whole, { 'update-omitted-fields': variant });
        const planned = plan(host, set, key);
        const unwritable = chosen.some((name) => !fieldRow(name).writable);
        const isSo = Object.entries(set).every(([name, value]) => before[name as 'reject'] === value);
        expect(planned.refusals.length > 0).toBe(unwritable);
        if (unwritable) return;
        expect(planned.commands.length > 0).toBe(!isSo);
        const after = run(host, planned.commands);
        expect(valuesOf(after, key)).toEqual({ ...valuesOf(host, key), ...set });
        expect(valuesOf(after, other.key)).toEqual(valuesOf(host, other.key));
        const back = run(after, planned.undo);
        expect(valuesOf(back, key)).toEqual(valuesOf(host, key));
        const text = (one: Host) =>
          one.bindings.is === 'known' ? showBindings(one.bindings.value, build) : '';
        expect(text(back)).toBe(text(host));
      }),
      { numRuns: 400 },
    );
  });
});

describe('refusals: nothing is written', () => {
  const whole = record(WWW);
  const with_ = (fields: Partial<SslBinding['fields']>, key = WWW): Host =>
    wholeHost({ bindings: [{ ...whole, key, fields: { ...whole.fields, ...fields } }] });
  const set = { clientcertnegotiation: true };

  test.each<[string, Host, string]>([
    ['nothing was listed', emptyHost('x'), 'netsh http show sslcert'],
    ['no such record', wholeHost(), 'no such record'],
    ['an unread field', with_({ usagecheck: unknown('netsh') }), 'Usage Check could not be read'],
    ['a disputed field', with_({ usagecheck: conflictOf(true, false) }), 'Usage Check is disputed'],
    [
      'a text that was cut',
      wholeHost({ bindings: [record(WWW, {}, '2019')] }),
      'Enable Session Ticket is missing',
    ],
  ])('%s', (_, host, reason) => {
    const planned = plan(host, set);
    expect(planned).toMatchObject({ commands: [], undo: [] });
    expect(planned.refusals.join()).toContain(reason);
  });

  test('a record that fits no generation whole was cut, also on an unknown build', () => {
    const { enablesessionticket: _, disablelegacytls: __, ...cut } = whole.fields;
    const host: Host = { ...wholeHost({ bindings: [{ ...whole, fields: cut }] }), build: unknown('ver') };
    expect(plan(host, set).refusals).toEqual([
      'Disable Legacy TLS Versions is missing from what was read',
      'Enable Session Ticket is missing from what was read',
    ]);
  });

  test.each<[string, Partial<BindingValues>, string]>([
    ['a redacted hash', { certhash: 'XXXXXXXX' }, 'Certificate Hash is no thumbprint'],
    ['a redacted owner', { appid: '{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}' }, 'Application ID is no GUID'],
    ['a hidden direction mark', { certstorename: 'My\u202e' }, 'Certificate Store Name holds characters'],
    ['a quotation mark', { sslctlstorename: 'a"b' }, 'Ctl Store Name holds characters'],
    ['a line break', { sslctlstorename: 'a\nb' }, 'Ctl Store Name holds characters'],
  ])('%s', (_, values, reason) => {
    const planned = plan(wholeHost({ bindings: [record(WWW, values)] }), set);
    expect(planned.refusals.join()).toContain(reason);
    expect([planned.commands, planned.undo]).toEqual([[], []]);
  });

  test('an old value that the undo could not write', () => {
    const host = wholeHost({ bindings: [record(WWW, { sslctlstorename: 'a"b' })] });
    expect(plan(host, { sslctlstorename: 'Root' }).refusals.join()).toContain('Ctl Store Name holds');
  });

  test('a hostile key', () => {
    const key = sni('a"&calc&":443');
    expect(plan(wholeHost({ bindings: [record(key)] }), set, key).refusals.join()).toContain('the key');
  });

  test('a field that no parameter can keep', () => {
    const host = wholeHost({
      build: '2025',
      bindings: [record(WWW, { enablecachingclienthello: true }, '2025')],
    });
    expect(plan(host, set).refusals).toEqual([
      'Enable Caching Client Hello is set, and no netsh parameter can keep it',
    ]);
    expect(plan(host, set).commands).toHaveLength(1);
    const clear = wholeHost({ build: '2025', bindings: [record(WWW, {}, '2025')] });
    expect(plan(clear, { enablecachingclienthello: true }).refusals.join()).toContain(
      'no netsh parameter sets',
    );
    expect(plan(clear, set).refusals).toEqual([]);
  });

  test('a field that the host does not have', () => {
    expect(
      plan(wholeHost({ bindings: [record(WWW)] }), { disablesessionid: true }).refusals.join(),
    ).toContain('does not have disablesessionid');
  });

  test('AD FS is told its own cmdlet', () => {
    const adfs = record(WWW, { appid: '{5D89A20C-beab-4389-9447-324788eb944a}' });
    const planned = plan(wholeHost({ bindings: [adfs] }), set);
    expect(planned.commands).toEqual([]);
    expect(planned.refusals.join()).toContain('Set-AdfsSslCertificate');
  });

  test('before 2012 the CTL store name is something else', () => {
    const old = wholeHost({ build: '2008r2', bindings: [record(ip('0.0.0.0:443'), {}, '2008r2')] });
    expect(plan(old, { sslctlstorename: 'Root' }, ip('0.0.0.0:443')).refusals.join()).toContain('CTL object');
    expect(plan(old, set, ip('0.0.0.0:443')).refusals).toEqual([]);
  });
});
