import { describe, expect, test } from 'vitest';
import { answerOf, known, Unanswered, unknown } from '../../src/base/known.ts';
import { BUILDS, type BuildId } from '../../src/windows/builds.ts';
import { commands } from '../../src/windows/commands/index.ts';
import { bindingByKey, emptyHost, type Host } from '../../src/windows/host.ts';
import type { SslBinding } from '../../src/windows/http-sys/binding.ts';
import { showBindings } from '../../src/windows/http-sys/show.ts';
import { freshRegistry } from '../../src/windows/registry/registry.ts';
import { issue } from '../support/pki.ts';
import { HASH, ip, OTHER_HASH, reads, record, sni, stored, under, valuesOf, wholeHost } from './support.ts';

const APPID = '{4dc3e181-e14b-4a21-b022-59fc669b0914}';
const ANY = ip('0.0.0.0:443');
const WWW = sni('www.example.com:443');

const netsh = (host: Host, line: string) => commands.netsh!(line.split(' '), host);
const host = (
  build: BuildId = '2022',
  bindings: SslBinding[] = [record(ANY, {}, build), record(WWW, {}, build)],
) => wholeHost({ build, bindings });

/** The text without its frame of empty lines. */
const said = (host: Host, line: string): string[] =>
  netsh(host, line)
    .output.split('\r\n')
    .filter((one) => one !== '');

const SYNTAX = [
  'One or more essential parameters were not entered.',
  'Verify the required parameters, and reenter them.',
  'The syntax supplied for this command is not valid. Check help for the correct syntax.',
];
const INCORRECT = ['The parameter is incorrect.'];

describe('show', () => {
  test('prints every record', () => {
    const one = host();
    expect(netsh(one, 'http show sslcert')).toEqual({
      host: one,
      output: showBindings(answerOf(one.bindings), '2022'),
      exitCode: 0,
    });
  });

  test('prints the one that is asked for, whatever the case of names', () => {
    const text = netsh(host(), 'HTTP Show SslCert HostnamePort=WWW.example.com:443').output;
    expect(text).toContain('Hostname:port                : www.example.com:443');
    expect(text).not.toContain('IP:port');
  });

  test('says that there is no such key below its header', () => {
    const { output, exitCode } = netsh(host(), 'http show sslcert ipport=1.2.3.4:443');
    expect(output).toBe(
      '\r\nSSL Certificate bindings:\r\n-------------------------\r\n\r\n' +
        'The system cannot find the file specified.\r\n\r\n',
    );
    expect(exitCode).toBe(1);
  });

  test('takes no other parameter', () => {
    expect(said(host(), 'http show sslcert json=enable').slice(0, 3)).toEqual(SYNTAX);
    expect(said(host(), 'http show sslcert ipport=443')).toEqual(INCORRECT);
  });

  test('a host that was never listed cannot be shown', () => {
    expect(() => netsh(emptyHost('x'), 'http show sslcert')).toThrow(Unanswered);
  });
});

describe('add', () => {
  const line = (rest = '') =>
    `http add sslcert ipport=10.0.0.1:443 certhash=${HASH.toUpperCase()} appid=${APPID.toUpperCase()}${rest}`;

  test('makes a record with defaults', () => {
    const after = netsh(host(), line());
    expect(after.output).toBe('\r\nSSL Certificate successfully added\r\n\r\n');
    expect(valuesOf(after.host, ip('10.0.0.1:443'))).toEqual(
      valuesOf(host('2022', [record(ip('10.0.0.1:443'), { certstorename: undefined })]), ip('10.0.0.1:443')),
    );
  });

  test('writes what is given', () => {
    const after = netsh(
      host(),
      line(
        ' certstorename=WebHosting verifyclientcertrevocation=disable usagecheck=DISABLE revocationfreshnesstime=60' +
          ' urlretrievaltimeout=5000 sslctlidentifier=x sslctlstorename=ClientAuthIssuer dsmapperusage=enable' +
          ' clientcertnegotiation=enable disabletls13=enable',
      ),
    );
    expect(valuesOf(after.host, ip('10.0.0.1:443'))).toMatchObject({
      certhash: HASH,
      appid: APPID,
      certstorename: 'WebHosting',
      verifyclientcertrevocation: false,
      usagecheck: false,
      revocationfreshnesstime: 60,
      urlretrievaltimeout: 5000,
      sslctlidentifier: 'x',
      sslctlstorename: 'ClientAuthIssuer',
      dsmapperusage: true,
      clientcertnegotiation: true,
      disabletls13: true,
      disabletls12: false,
    });
  });

  test('never overwrites', () => {
    const one = host();
    const after = netsh(one, line().replace('10.0.0.1', '0.0.0.0'));
    expect(after.output).toBe(
      '\r\nSSL Certificate add failed, Error: 183\r\nCannot create a file when that file already exists.\r\n\r\n',
    );
    expect(after).toMatchObject({ host: one, exitCode: 1 });
  });

  test('takes a central store without certificate', () => {
    const after = netsh(host(), `http add sslcert ccs=443 appid=${APPID}`);
    expect(valuesOf(after.host, { kind: 'ccs', value: '443' })).toMatchObject({ certhash: undefined });
    expect(said(host(), `http add sslcert ccs=443 appid=${APPID} certhash=${HASH}`)).toEqual(INCORRECT);
  });

  test.each([
    ['no appid', `http add sslcert ipport=1.2.3.4:443 certhash=${HASH}`],
    ['no key', `http add sslcert certhash=${HASH} appid=${APPID}`],
    ['two keys', `${'http add sslcert'} ipport=1.2.3.4:443 ccs=443 certhash=${HASH} appid=${APPID}`],
    ['a host name without store', `http add sslcert hostnameport=a.b:443 certhash=${HASH} appid=${APPID}`],
    ['an unknown parameter', line(' sslctlstore=Root')],
    ['one given twice', line(' usagecheck=enable UsageCheck=enable')],
    ['a bare word', line(' enable')],
    ['a field that has no parameter', line(' enablecachingclienthello=enable')],
  ])('%s is a fault of syntax', (_, text) => {
    expect(said(host(), text).slice(0, 3)).toEqual(SYNTAX);
    expect(said(host(), text)[3]).toBe(
      'Usage: add sslcert hostnameport=<name:port> | ipport=<ipaddr:port> | ccs=<port> | scopedccs=<name:port> appid=<GUID>',
    );
    expect(netsh(host(), text)).toMatchObject({ exitCode: 1 });
  });

  test('Server 2019 returns 0 for it all the same', () => {
    const one = host('2019');
    expect(netsh(one, line(' foo=bar'))).toMatchObject({ host: one, exitCode: 0 });
  });

  test.each([
    ['a short hash', line().replace(HASH.toUpperCase(), HASH.slice(2))],
    ['no hash', `http add sslcert ipport=1.2.3.4:443 appid=${APPID}`],
    ['appid without braces', line().replace(/[{}]/g, '')],
    ['another word than enable and disable', line(' usagecheck=yes')],
    ['a number that is none', line(' urlretrievaltimeout=5s')],
    ['a number above 32 bits', line(' urlretrievaltimeout=4294967296')],
    ['an empty text', line(' sslctlstorename=')],
    ['a key without port', line().replace(':443', '')],
  ])('%s is error 87', (_, text) => {
    expect(said(host(), text)).toEqual(INCORRECT);
  });

  test('a thumbprint pasted with an invisible mark is error 1312', () => {
    expect(said(host(), line().replace('certhash=', 'certhash=\u200e'))[0]).toBe(
      'SSL Certificate add failed, Error: 1312',
    );
  });

  test('the certificate must lie in the store, where that is known', () => {
    const ca = issue({ subject: 'x' });
    const [held] = stored(ca);
    const one = wholeHost({ stores: { my: [held!] } });
    const to = (hash: string, store = 'MY') =>
      said(one, `http add sslcert ipport=0.0.0.0:443 certhash=${hash} appid=${APPID} certstorename=${store}`);
    expect(to(held!.thumbprint)).toEqual(['SSL Certificate successfully added']);
    expect(to(HASH)).toEqual([
      'SSL Certificate add failed, Error: 1312',
      'A specified logon session does not exist. It may already have been terminated.',
    ]);
    expect(to(HASH, 'NeverRead')).toEqual(['SSL Certificate successfully added']);
  });
});

describe('what a build takes', () => {
  const ok = (build: BuildId, rest: string, verb = 'add') =>
    said(host(build, []), `http ${verb} sslcert ${rest} appid=${APPID}`)[0]?.startsWith('SSL Certificate');
  const at = `ipport=0.0.0.0:443 certhash=${HASH}`;

  test.each<[BuildId, string, boolean]>([
    ['2008r2', at, true],
    ['2008r2', `hostnameport=a.b:443 certhash=${HASH} certstorename=MY`, false],
    ['2008r2', 'ccs=443', false],
    ['2012r2', `hostnameport=a.b:443 certhash=${HASH} certstorename=MY`, true],
    ['2012r2', `${at} reject=enable`, false],
    ['2016', `${at} reject=enable disablehttp2=enable`, true],
    ['2016', `${at} disabletls13=enable`, false],
    ['2019', `${at} disabletls13=enable disablelegacytls=enable`, true],
    ['2019', `${at} enablesessionticket=enable`, false],
    ['2019', 'scopedccs=a.b:443', false],
    ['2022', `${at} enablesessionticket=enable`, true],
    ['2022', 'scopedccs=a.b:443', true],
    ['2022', `${at} disablesessionid=enable`, false],
    ['2025', `${at} disablesessionid=enable disableaia=enable`, true],
    ['2022', `${at} revocationfreshnesstime=0`, true],
    ['2025', `${at} revocationfreshnesstime=0`, false],
    ['2025', `${at} urlretrievaltimeout=0`, false],
    ['2025', `${at} urlretrievaltimeout=1`, true],
  ])('%s: add %s: %s', (build, rest, expected) => {
    expect(ok(build, rest)).toBe(expected);
  });

  test.each(Object.values(BUILDS).map(({ id, netshUpdate }) => [id, netshUpdate] as const))(
    '%s knows update: %s',
    (build, knows) => {
      const text = `http update sslcert ipport=0.0.0.0:443 appid=${APPID}`;
      expect(said(host(build), text)).toEqual([
        knows ? 'SSL Certificate successfully updated' : `The following command was not found: ${text}.`,
      ]);
    },
  );
});

describe('update', () => {
  const before = record(WWW, {
    sslctlstorename: 'ClientAuthIssuer',
    clientcertnegotiation: true,
    reject: true,
  });
  const one = host('2022', [before]);
  /** The form of the incident. */
  const line = `http update sslcert hostnameport=www.example.com:443 certstorename=MY certhash=${OTHER_HASH} appid=${APPID}`;

  test('writes the fields that are given', () => {
    const after = netsh(one, `${line} sslctlstorename=Root`);
    expect(after).toMatchObject({ exitCode: 0, output: '\r\nSSL Certificate successfully updated\r\n\r\n' });
    expect(valuesOf(after.host, WWW)).toMatchObject({
      certhash: OTHER_HASH,
      certstorename: 'MY',
      sslctlstorename: 'Root',
    });
  });

  test('a key that is not there is error 2', () => {
    expect(said(host('2022', []), line)).toEqual([
      'SSL Certificate update failed, Error: 2',
      'The system cannot find the file specified.',
    ]);
  });

  describe('update-omitted-fields', () => {
    test.each([
      ['keeps', { sslctlstorename: 'ClientAuthIssuer', clientcertnegotiation: true, reject: true }],
      ['resets', { sslctlstorename: undefined, clientcertnegotiation: false, reject: false }],
    ])('%s', (variant, expected) => {
      const after = netsh(under(one, { 'update-omitted-fields': variant }), line);
      expect(valuesOf(after.host, WWW)).toMatchObject(expected);
    });

    test.each(['keeps', 'resets'])('%s: an update without a hash leaves the certificate', (variant) => {
      const ipHost = host('2022', [record(ANY, { certstorename: 'WebHosting' })]);
      const text = `http update sslcert ipport=0.0.0.0:443 appid=${APPID} usagecheck=disable`;
      const after = netsh(under(ipHost, { 'update-omitted-fields': variant }), text);
      expect(valuesOf(after.host, ANY)).toMatchObject({
        certhash: HASH,
        certstorename: 'WebHosting',
        usagecheck: false,
      });
    });

    test('is read only where an omitted field is not at its default', () => {
      const rest = 'sslctlstorename=Root clientcertnegotiation=enable reject=disable';
      expect(reads(one, (h) => netsh(h, line))).toEqual(['update-omitted-fields']);
      expect(reads(one, (h) => netsh(h, `${line} ${rest}`))).toEqual([]);
    });
  });

  test('on a half-known record writes what is given and leaves the rest unknown', () => {
    const half: SslBinding = {
      ...before,
      fields: { ...before.fields, usagecheck: unknown('netsh'), dsmapperusage: unknown('netsh') },
    };
    const cut: Host = { ...emptyHost('x'), bindings: known([half]) };
    const after = netsh(cut, `${line} usagecheck=enable`).host;
    const { fields } = answerOf(bindingByKey(after, WWW))!;
    expect(fields.dsmapperusage).toEqual(unknown('netsh'));
    expect(fields.usagecheck).toEqual(known(true, [{ source: `foreseen: netsh ${line} usagecheck=enable` }]));
    const reset = under(cut, { 'update-omitted-fields': 'resets' });
    expect(valuesOf(netsh(reset, line).host, WWW)).toMatchObject({ dsmapperusage: false });
  });

  test('works on a record of a listing that was cut', () => {
    const cut: Host = { ...emptyHost('x'), partialBindings: [before] };
    const after = netsh(cut, `${line} sslctlstorename=Root`).host;
    expect(after.bindings.is).toBe('unknown');
    expect(valuesOf(after, WWW)).toMatchObject({ sslctlstorename: 'Root' });
    expect(() => netsh(cut, line.replace('www', 'other'))).toThrow(Unanswered);
  });

  test('the certificate must lie in the store that the record ends up with', () => {
    const held = stored(issue({ subject: 'x' }));
    const webHosting = record(ANY, { certstorename: 'WebHosting' });
    const stores = { webhosting: held, my: [] };
    const whole = wholeHost({ bindings: [webHosting], stores });
    const text = `http update sslcert ipport=0.0.0.0:443 certhash=${held[0]!.thumbprint} appid=${APPID}`;
    const variant = (id: string) => said(under(whole, { 'update-omitted-fields': id }), text)[0];
    expect(variant('keeps')).toBe('SSL Certificate successfully updated');
    expect(variant('resets')).toBe('SSL Certificate update failed, Error: 1312');
  });
});

describe('delete', () => {
  test('takes the record away', () => {
    const after = netsh(host(), 'http delete sslcert ipport=0.0.0.0:443');
    expect(after).toMatchObject({ exitCode: 0, output: '\r\nSSL Certificate successfully deleted\r\n\r\n' });
    expect(answerOf(after.host.bindings).map(({ key }) => key)).toEqual([WWW]);
  });
  test('says error 2 of one that is not there', () => {
    expect(said(host(), 'http delete sslcert ipport=1.2.3.4:443')).toEqual([
      'SSL Certificate deletion failed, Error: 2',
      'The system cannot find the file specified.',
    ]);
  });
  test('wants a key and nothing else', () => {
    expect(said(host(), 'http delete sslcert').slice(0, 3)).toEqual(SYNTAX);
    expect(said(host(), 'http delete sslcert ipport=0.0.0.0:443 usagecheck=enable').slice(0, 3)).toEqual(
      SYNTAX,
    );
  });
});

test.each(['', 'interface show', 'http constructor sslcert', 'http show nonsense'])(
  '«netsh %s» is not modelled and says so',
  (line) => {
    expect(said(host(), line)).toEqual([`The following command was not found: ${line}.`]);
  },
);

test.each(['http show urlacl', 'http show servicestate', 'http dump sslcert', 'winhttp set proxy x'])(
  '«netsh %s» exists, and the lab says that it does not know it',
  (line) => {
    expect(() => netsh(host(), line)).toThrow(Unanswered);
  },
);

test('words may be cut short', () => {
  const one = host();
  expect(netsh(one, 'ht sh ssl')).toEqual(netsh(one, 'http show sslcert'));
  expect(netsh(one, 'http del sslc ipport=0.0.0.0:443').exitCode).toBe(0);
});

test.each(['http', 'http ?', 'http show', 'http add /?', '?'])('«netsh %s» lists what comes next', (line) => {
  expect(said(host(), line)[0]).toMatch(/^The following commands are available/);
});

test('the help of a command names its parameters, with an example that the command takes', () => {
  const help = said(host(), 'http add sslcert /?');
  expect(help[0]).toMatch(/^Usage: add sslcert/);
  expect(help).toContainEqual(expect.stringMatching(/^ {12}sslctlstorename: /));
  const example = help
    .find((line) => line.includes('add sslcert ipport='))!
    .replace('Examples: ', '')
    .trim();
  const hash = /certhash=(\w+)/.exec(example)![1]!.toLowerCase();
  const one = { ...host(), stores: new Map() };
  expect(valuesOf(netsh(one, `http ${example}`).host, ip('10.0.0.1:443'))).toMatchObject({ certhash: hash });
});

test('the proxy of a lab is none, that of a host is not told', () => {
  expect(() => netsh(host(), 'winhttp show proxy')).toThrow(Unanswered);
  const lab = { ...host(), registry: freshRegistry() };
  expect(said(lab, 'winhttp show proxy')).toEqual([
    'Current WinHTTP proxy settings:',
    '    Direct access (no proxy server).',
  ]);
});

test('a certificate without its key is not bound', () => {
  const issued = issue({ subject: 'www.example.com' });
  const [one] = stored(issued);
  const before = { ...host('2022', []), stores: new Map([['my', known([one!])]]) };
  const argv = `http add sslcert ipport=1.2.3.4:443 certhash=${one!.thumbprint} appid=${APPID}`.split(' ');
  expect(commands.netsh!(argv, before, { hasKey: () => true }).exitCode).toBe(0);
  expect(commands.netsh!(argv, before, { hasKey: () => false }).output).toContain('Error: 1312');
});

test('a German Windows says in German what is known of it', () => {
  const { output } = commands.netsh!(['http', 'show', 'sslcert'], host(), { language: 'de' });
  expect(output).toMatch(
    /^\r\nSSL-Zertifikatbindungen:\r\n-{25}\r\n\r\n {4}IP:Port {22}: 0.0.0.0:443\r\n {4}Zertifikathash /,
  );
  expect(output).toContain('Usage Check                  : Aktiviert');
});

test('the usage of a wrong update names every parameter of the build', () => {
  const all = said(host('2012r2', []), 'http add sslcert').slice(3);
  const usage = all.slice(0, all.indexOf('Parameters: Tag: Value'));
  expect(usage[0]).toBe(
    'Usage: add sslcert hostnameport=<name:port> | ipport=<ipaddr:port> | ccs=<port> appid=<GUID>',
  );
  expect(usage.join(' ')).toContain('[clientcertnegotiation=enable|disable]');
  expect(usage.join(' ')).not.toContain('reject');
  expect(Math.max(...usage.slice(1).map(({ length }) => length))).toBeLessThanOrEqual(120);
});
