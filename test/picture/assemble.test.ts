import { describe, expect, test } from 'vitest';
import { answerOf } from '../../src/base/known.ts';
import type { Reading } from '../../src/evidence/read.ts';
import { assemble } from '../../src/picture/assemble.ts';
import { UNNAMED } from '../../src/picture/picture.ts';
import { store } from '../../src/windows/host.ts';
import { encodePkcs7 } from '../../src/wire/identity/pkcs7.ts';
import { read } from '../evidence/readings.ts';
import { issue } from '../support/pki.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 24, 12);

/** `netsh http show sslcert` of 2012 R2; records as [key, Ctl Store Name, Negotiate]. */
function listing(...records: [key: string, ctl: string, negotiate?: string][]): string {
  const lines = records.flatMap(([key, ctl, negotiate = 'Enabled']) => [
    `    ${/^\d/.test(key) ? 'IP:port' : 'Hostname:port'} : ${key}`,
    '    Certificate Hash             : 5a31c7f9b2e84d60a7134f0e9c8d2b6a417f03de',
    '    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}',
    '    Certificate Store Name       : My',
    '    Verify Client Certificate Revocation : Enabled',
    '    Verify Revocation Using Cached Client Certificate Only : Disabled',
    '    Usage Check                  : Enabled',
    '    Revocation Freshness Time    : 0',
    '    URL Retrieval Timeout        : 0',
    '    Ctl Identifier               : (null)',
    `    Ctl Store Name               : ${ctl}`,
    '    DS Mapper Usage              : Disabled',
    `    Negotiate Client Certificate : ${negotiate}`,
    '',
  ]);
  return ['SSL Certificate bindings:', '-'.repeat(25), '', ...lines, ''].join('\r\n');
}

const SCHANNEL = '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL]';
const reg = (...values: string[]): string =>
  `Windows Registry Editor Version 5.00\n\n${SCHANNEL}\n${values.join('\n')}\n\n`;
const certificate = (subject: string) => issue({ subject, ca: true });
const [one, two] = [certificate('One'), certificate('Two')];
const p7b = (...all: { der: Uint8Array }[]): Uint8Array => encodePkcs7(all.map(({ der }) => der));

function onlyHost(...readings: Reading[]) {
  const picture = assemble(readings);
  expect(picture.hosts).toHaveLength(1);
  return { picture, host: picture.hosts[0]!, notes: picture.notes.map(({ message }) => message).join('\n') };
}

describe('records', () => {
  test('of a whole listing are all there are, each field with its line', () => {
    const { host } = onlyHost(
      read('netsh.txt', listing(['0.0.0.0:443', '(null)'], ['www.example.com:443', 'ClientAuthIssuer'])),
    );
    const records = answerOf(host.bindings);
    expect(records.map(({ key }) => key.value)).toEqual(['0.0.0.0:443', 'www.example.com:443']);
    expect(records[1]?.fields.sslctlstorename).toMatchObject({
      is: 'known',
      value: 'ClientAuthIssuer',
      because: [{ source: 'netsh.txt', line: 28 }],
    });
    expect(host.partialBindings).toBeUndefined();
  });

  test('of a cut listing are kept beside the unknown whole', () => {
    const { host } = onlyHost(
      read('netsh.txt', listing(['0.0.0.0:443', 'X'], ['0.0.0.0:444', 'Y']).slice(0, 1000)),
    );
    expect(host.bindings).toMatchObject({
      is: 'unknown',
      wants: expect.stringContaining('netsh.txt shows some records'),
    });
    expect(host.partialBindings?.map(({ key }) => key.value)).toEqual(['0.0.0.0:443', '0.0.0.0:444']);
    expect(host.partialBindings?.[1]?.fields.sslctlstorename?.is).toBe('unknown');
  });

  test('that two sources of one snapshot tell differently are a conflict in that field alone', () => {
    const { host } = onlyHost(
      read('a.txt', listing(['0.0.0.0:443', 'ClientAuthIssuer']), NOON),
      read('b.txt', listing(['0.0.0.0:443', 'clientauthissuer', 'Disabled']), NOON + HOUR / 2),
    );
    const [record] = answerOf(host.bindings);
    expect(record?.fields.clientcertnegotiation).toMatchObject({
      is: 'conflict',
      sides: [{ value: true, because: [{ source: 'a.txt' }] }, { value: false }],
    });
    // Store names compare without case.
    expect(record?.fields.sslctlstorename?.is).toBe('known');
  });

  test('that only one of two whole listings of one snapshot has are a conflict of the listings', () => {
    const { host } = onlyHost(
      read('a.txt', listing(['0.0.0.0:443', 'X']), NOON),
      read('b.txt', listing(['0.0.0.0:443', 'X'], ['0.0.0.0:444', 'X']), NOON),
    );
    expect(host.bindings.is).toBe('conflict');
  });

  test('of an older listing become history where they differ', () => {
    const before = read(
      'before.txt',
      listing(['0.0.0.0:443', 'ClientAuthIssuer'], ['0.0.0.0:444', 'X']),
      NOON - 48 * HOUR,
    );
    const after = read('after.txt', listing(['0.0.0.0:443', '(null)']), NOON);
    for (const readings of [
      [before, after],
      [after, before],
    ]) {
      const { host, picture, notes } = onlyHost(...readings);
      const records = answerOf(host.bindings);
      expect(records).toHaveLength(1);
      expect(records[0]?.fields.sslctlstorename).toMatchObject({
        is: 'known',
        value: undefined,
        because: [{ source: 'after.txt' }],
      });
      const [past] = picture.history!;
      expect(past?.takenAt).toBe(NOON - 48 * HOUR);
      expect(answerOf(past!.host.bindings)[0]?.fields.sslctlstorename).toMatchObject({
        value: 'ClientAuthIssuer',
      });
      expect(notes).toContain('the records that exist, Ctl Store Name of ipport=0.0.0.0:443');
    }
  });

  test('that agree with an older listing leave no history', () => {
    const text = listing(['0.0.0.0:443', 'X']);
    const { picture } = onlyHost(read('a.txt', text, NOON - 48 * HOUR), read('b.txt', text, NOON));
    expect(picture.history).toBeUndefined();
  });

  test('in the registry fill what netsh could not tell, and do not stand for a whole listing', () => {
    const http = `Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslBindingInfo\\0.0.0.0:443]\n"SslCertStoreName"="MY"\n"DefaultFlags"=dword:00000002\n\n`;
    const redacted = listing(['0.0.0.0:443', 'X']).replace(
      'Negotiate Client Certificate : Enabled',
      'Negotiate Client Certificate : Aktiviert',
    );
    const { host } = onlyHost(read('netsh.txt', redacted, NOON), read('http.reg', http, NOON));
    const [record] = answerOf(host.bindings);
    expect(record?.fields.clientcertnegotiation).toMatchObject({
      is: 'known',
      value: true,
      because: [{ source: 'http.reg' }],
    });
    expect(record?.fields.sslctlstorename).toMatchObject({ is: 'known', value: 'X' });
    const { host: half } = onlyHost(read('http.reg', http));
    expect(half.bindings.is).toBe('unknown');
    expect(half.partialBindings?.[0]?.fields.sslctlstorename).toBeUndefined();
  });

  test('that a whole listing lacks are left out of the same snapshot and added when newer', () => {
    const other = `Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslBindingInfo\\0.0.0.0:444]\n"DefaultFlags"=dword:00000002\n\n`;
    const whole = read('netsh.txt', listing(['0.0.0.0:443', 'X']), NOON);
    const same = onlyHost(whole, read('http.reg', other, NOON));
    expect(answerOf(same.host.bindings)).toHaveLength(1);
    expect(same.notes).toContain(
      'ipport=0.0.0.0:444 is not in the whole listing in netsh.txt: it was left out',
    );
    const later = onlyHost(whole, read('http.reg', other, NOON + 2 * HOUR));
    expect(answerOf(later.host.bindings)).toHaveLength(2);
  });
});

describe('Schannel', () => {
  test('values, and absence only where the key is whole', () => {
    const { host } = onlyHost(read('schannel.reg', reg('"SendTrustedIssuerList"=dword:00000001')));
    expect(host.schannel.sendTrustedIssuerList).toMatchObject({ is: 'known', value: 1 });
    expect(host.schannel.clientAuthTrustMode).toMatchObject({
      is: 'known',
      value: undefined,
      because: [{ line: 3 }],
    });
    const { host: cut } = onlyHost(
      read('schannel.reg', reg('"SendTrustedIssuerList"=dword:00000001').trimEnd()),
    );
    expect(cut.schannel.sendTrustedIssuerList).toMatchObject({ is: 'known', value: 1 });
    expect(cut.schannel.clientAuthTrustMode.is).toBe('unknown');
  });

  test('absent in one export and set in another of the same hour is a conflict', () => {
    const { host } = onlyHost(
      read('a.reg', reg(), NOON),
      read('b.reg', reg('"ClientAuthTrustMode"=dword:00000002'), NOON),
    );
    expect(host.schannel.clientAuthTrustMode.is).toBe('conflict');
    expect(host.schannel.eventLogging.is).toBe('known');
  });
});

describe('stores', () => {
  test('whole, empty, in part, unseen', () => {
    const { host } = onlyHost(
      read('ClientAuthIssuer.p7b', p7b(one, two)),
      read('Trust.p7b', p7b()),
      read('TrustedPeople.cer', one.der),
    );
    expect(answerOf(store(host, 'clientauthissuer')).map((each) => each.because[0]?.source)).toEqual([
      'ClientAuthIssuer.p7b',
      'ClientAuthIssuer.p7b',
    ]);
    expect(answerOf(store(host, 'Trust'))).toEqual([]);
    expect(store(host, 'TrustedPeople')).toMatchObject({
      is: 'unknown',
      wants: expect.stringContaining('1 of its certificates were seen in TrustedPeople.cer'),
    });
    expect(store(host, 'Root').is).toBe('unknown');
  });

  test('exports of one hour that differ are a conflict, older ones history', () => {
    const same = onlyHost(read('Root.p7b', p7b(one), NOON), read('again/Root.p7b', p7b(one, two), NOON));
    expect(store(same.host, 'Root').is).toBe('conflict');
    const later = onlyHost(
      read('Root.p7b', p7b(one), NOON),
      read('again/Root.p7b', p7b(two), NOON + 5 * HOUR),
    );
    expect(answerOf(store(later.host, 'Root')).map(({ certificate: { subject } }) => subject)).toEqual([
      issuedSubject(two),
    ]);
    expect(answerOf(store(later.picture.history![0]!.host, 'Root'))).toHaveLength(1);
  });

  test('a certificate seen later than the whole export makes it stale', () => {
    const { host } = onlyHost(
      read('TrustedPeople.p7b', p7b(one), NOON),
      read('TrustedPeople.cer', two.der, NOON + 5 * HOUR),
    );
    expect(store(host, 'TrustedPeople')).toMatchObject({
      is: 'unknown',
      wants: expect.stringContaining('again'),
    });
  });
});

const issuedSubject = ({ subject }: { subject: Uint8Array }) =>
  expect.objectContaining({ der: expect.toSatisfy((der: Uint8Array) => Buffer.from(der).equals(subject)) });

describe('hosts', () => {
  const log = (computer: string): string =>
    `#Fields: date time s-computername s-port sc-status sc-substatus\n2026-11-24 10:00:00 ${computer} 443 200 0\n`;

  test('no evidence of Windows, no host; what anybody may hold is kept', () => {
    const picture = assemble([read('ada.pem', one.pem), read('noise', 'noise')]);
    expect(picture.hosts).toEqual([]);
    expect(picture.certificates).toHaveLength(1);
    expect(picture.sources).toEqual([
      { name: 'ada.pem', kind: 'certificates', claims: 1 },
      { name: 'noise', kind: 'not recognised', claims: 0 },
    ]);
    expect(picture.notes).toHaveLength(1);
    expect(assemble([]).hosts).toEqual([]);
  });

  test('one host, called by what the evidence tells', () => {
    const netsh = read('netsh.txt', listing(['0.0.0.0:443', 'X']));
    expect(onlyHost(netsh).host.name).toBe(UNNAMED);
    expect(onlyHost(netsh, read('WEB01_ClientAuthIssuer.p7b', p7b(one))).host.name).toBe('WEB01');
    // The log is sure of its name; a prefix may be anything.
    expect(
      onlyHost(netsh, read('Fresh1_ClientAuthIssuer.p7b', p7b(one)), read('u_ex.log', log('web02'))).host
        .name,
    ).toBe('web02');
  });

  test('several hosts are kept apart, and what names none of them too', () => {
    const picture = assemble([
      read('WEB01_Root.p7b', p7b(one)),
      read('WEB02_Root.p7b', p7b(two)),
      read('u_ex.log', log('web01')),
      read('netsh.txt', listing(['0.0.0.0:443', 'X'])),
    ]);
    expect(picture.hosts.map(({ name }) => name)).toEqual(['web01', 'WEB02', UNNAMED]);
    expect(picture.hosts.map((host) => store(host, 'Root').is)).toEqual(['known', 'known', 'unknown']);
    expect(picture.notes.map(({ message }) => message).join()).toContain('names no host');
  });

  test('a log of a whole farm names no single host', () => {
    const farm = read('u_ex.log', `${log('web01')}2026-11-24 10:00:01 web02 443 200 0\n`);
    expect(onlyHost(read('netsh.txt', listing(['0.0.0.0:443', 'X'])), farm).host.name).toBe(UNNAMED);
  });
});

test('logons and handshakes stand in order of time', () => {
  const lines = (date: string) =>
    `#Fields: date time s-port sc-status sc-substatus\n${date} 10:00:00 443 200 0\n`;
  const picture = assemble([read('b.log', lines('2026-11-24')), read('a.log', lines('2026-11-23'))]);
  expect(picture.logons.map(({ at }) => at.source)).toEqual(['a.log', 'b.log']);
});

test('sites are known from the whole configuration only', () => {
  const site =
    '<site name="A" id="1"><bindings><binding protocol="https" bindingInformation="*:443:"/></bindings></site>';
  const whole = `<configuration><system.applicationHost><sites>${site}</sites></system.applicationHost></configuration>`;
  expect(answerOf(onlyHost(read('applicationHost.config', whole)).host.sites)).toHaveLength(1);
  const { host } = onlyHost(read('applicationHost.config', whole.slice(0, -10)));
  expect(host.sites).toMatchObject({ is: 'unknown', wants: expect.stringContaining('shows some sites') });
});
