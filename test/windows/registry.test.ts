import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/base/bytes.ts';
import { known, Unanswered } from '../../src/base/known.ts';
import { utf8Bytes } from '../../src/base/text.ts';
import { readers } from '../../src/evidence/index.ts';
import { openReading } from '../../src/evidence/read.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import type { CommandContext } from '../../src/windows/commands/command.ts';
import { commands } from '../../src/windows/commands/index.ts';
import type { Host } from '../../src/windows/host.ts';
import { HTTP_PARAMETERS } from '../../src/windows/registry/records.ts';
import { freshRegistry } from '../../src/windows/registry/registry.ts';
import { SCHANNEL, SYSTEM_CERTIFICATES } from '../../src/windows/registry/view.ts';
import { issue } from '../support/pki.ts';
import { HASH, ip, record, sni, stored, wholeHost } from './support.ts';

const host = (parts: Parameters<typeof wholeHost>[0] = {}): Host => ({
  ...wholeHost(parts),
  registry: freshRegistry(),
});
const reg = (one: Host, argv: string[], context: CommandContext = {}) => commands.reg!(argv, one, context);
const APP = 'HKLM\\SOFTWARE\\Example\\App';

describe('reg on keys that the model does not read', () => {
  test('keeps what was written, in its form', () => {
    let one = reg(host(), ['add', APP, '/v', 'Text', '/d', 'a b']).host;
    one = reg(one, ['add', APP, '/v', 'Number', '/t', 'REG_DWORD', '/d', '0x10']).host;
    one = reg(one, ['add', APP, '/v', 'Long', '/t', 'reg_qword', '/d', '258']).host;
    one = reg(one, ['add', APP, '/v', 'Bytes', '/t', 'REG_BINARY', '/d', 'c0ffee']).host;
    one = reg(one, ['add', APP, '/v', 'List', '/t', 'REG_MULTI_SZ', '/d', 'x\\0y']).host;
    one = reg(one, ['add', APP, '/ve', '/d', 'default']).host;
    expect(reg(one, ['query', APP]).output.split('\r\n')).toEqual([
      '',
      APP.replace('HKLM', 'HKEY_LOCAL_MACHINE'),
      '    Text    REG_SZ    a b',
      '    Number    REG_DWORD    0x10',
      '    Long    REG_QWORD    0x102',
      '    Bytes    REG_BINARY    C0FFEE',
      '    List    REG_MULTI_SZ    x\\0y',
      '    (Default)    REG_SZ    default',
      '',
      '',
    ]);
  });

  test('asks before it overwrites or deletes', () => {
    const one = reg(host(), ['add', APP, '/v', 'A', '/d', '1']).host;
    expect(reg(one, ['add', APP, '/v', 'a', '/d', '2'])).toMatchObject({ host: one, exitCode: 1 });
    expect(reg(one, ['delete', APP, '/v', 'a'])).toMatchObject({ host: one, exitCode: 1 });
    expect(reg(one, ['delete', APP])).toMatchObject({ host: one, exitCode: 1 });
    const gone = reg(one, ['delete', APP, '/f']).host;
    expect(() => reg(gone, ['query', APP])).toThrow(Unanswered);
  });

  test('protocol keys of Schannel come with those above them', () => {
    const path = `${SCHANNEL}\\Protocols\\TLS 1.2\\Server`;
    const { host: one } = reg(host(), ['add', path, '/v', 'Enabled', '/t', 'REG_DWORD', '/d', '0', '/f']);
    expect(reg(one, ['query', `${SCHANNEL}\\Protocols`]).output.split('\r\n')).toEqual([
      '',
      `${SCHANNEL}\\Protocols\\SSL 2.0`,
      `${SCHANNEL}\\Protocols\\TLS 1.2`,
      '',
    ]);
    expect(reg(one, ['query', path, '/v', 'enabled']).output).toContain(
      '    Enabled    REG_DWORD    0x0\r\n',
    );
    expect(reg(one, ['query', `${SCHANNEL}\\Protocols\\TLS 1.3`])).toMatchObject({ exitCode: 1 });
    const tree = reg(one, ['query', SCHANNEL, '/s']).output;
    expect(tree.indexOf('TLS 1.2\\Server')).toBeGreaterThan(tree.indexOf('Protocols\\TLS 1.2\r\n'));
    expect(reg(one, ['query', SCHANNEL, '/s', '/v', 'Enabled']).output).toMatch(/: 1 match\(es\) found\./);
  });
});

describe('what the registry shows of records and stores', () => {
  const full = () =>
    host({
      trustMode: 2,
      bindings: [
        record(ip('0.0.0.0:443'), { clientcertnegotiation: true, verifyclientcertrevocation: false }),
        record(sni('www.example.com:443'), { sslctlstorename: 'ClientAuthIssuer', disabletls13: true }),
        record({ kind: 'ccs', value: '444' }, { certhash: undefined, certstorename: undefined }),
      ],
      stores: { Root: stored(issue({ subject: 'root', ca: true })) },
    });

  test('is exported as a host exports it, and the readers understand it', () => {
    const { written, exitCode } = reg(full(), ['export', HTTP_PARAMETERS, 'http.reg', '/y']);
    expect(exitCode).toBe(0);
    const reading = openReading({ name: 'http.reg' }, readers, nodeCrypto);
    reading.push(written![0]!.bytes);
    const { claims, notes, kind } = reading.end();
    expect([kind, notes]).toEqual(['registry', []]);
    const keys = claims.flatMap((one) => (one.says === 'binding' ? [one.key] : []));
    expect(keys).toHaveLength(3);
    const fields = claims.flatMap((one) =>
      one.says === 'binding-field' && one.value.is === 'known'
        ? [[one.key.value, one.field, one.value.value]]
        : [],
    );
    expect(fields).toContainEqual(['0.0.0.0:443', 'certhash', HASH]);
    expect(fields).toContainEqual(['0.0.0.0:443', 'clientcertnegotiation', true]);
    expect(fields).toContainEqual(['0.0.0.0:443', 'verifyclientcertrevocation', false]);
    expect(fields).toContainEqual(['0.0.0.0:443', 'appid', '{4dc3e181-e14b-4a21-b022-59fc669b0914}']);
    expect(fields).toContainEqual(['www.example.com:443', 'sslctlstorename', 'ClientAuthIssuer']);
    expect(fields).toContainEqual(['www.example.com:443', 'disabletls13', true]);
  });

  test('a store shows its certificates by their thumbprints', () => {
    const one = full();
    const { written } = reg(one, ['export', SYSTEM_CERTIFICATES, 'stores.reg', '/y']);
    const reading = openReading({ name: 'stores.reg' }, readers, nodeCrypto);
    reading.push(written![0]!.bytes);
    const { claims } = reading.end();
    const root = one.stores.get('root');
    const thumbprint = root?.is === 'known' ? root.value[0]!.thumbprint : '';
    expect(claims).toContainEqual(
      expect.objectContaining({ says: 'store-certificate', store: expect.stringMatching(/^root$/i) }),
    );
    expect(reg(one, ['query', `${SYSTEM_CERTIFICATES}\\ROOT\\Certificates`]).output).toContain(
      `\\${thumbprint.toUpperCase()}\r\n`,
    );
  });

  test('is not written by hand', () => {
    const path = `${HTTP_PARAMETERS}\\SslBindingInfo\\0.0.0.0:443`;
    expect(() =>
      reg(full(), ['add', path, '/v', 'DefaultFlags', '/t', 'REG_DWORD', '/d', '0', '/f']),
    ).toThrow(/netsh/);
  });
});

describe('reg import', () => {
  const file = (text: string): CommandContext => ({
    read: (name) => (name === 'a.reg' ? utf8Bytes(text) : null),
  });
  const HEAD = 'Windows Registry Editor Version 5.00\r\n\r\n';

  test('takes what the file sets, where the model reads it too', () => {
    const text = `${HEAD}[${SCHANNEL}]\r\n"SendTrustedIssuerList"=dword:00000001\r\n"Mine"=hex:01,02\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\r\n@="d"\r\n\r\n`;
    const { host: one, exitCode } = reg(host(), ['import', 'a.reg'], file(text));
    expect(exitCode).toBe(0);
    const because = [{ source: 'foreseen: reg import a.reg' }];
    expect(one.schannel.sendTrustedIssuerList).toEqual(known(1, because));
    expect(one.registry!.get(SCHANNEL.toLowerCase())!.values).toEqual([
      { name: 'Mine', data: { is: 'bytes', type: 3, value: fromHex('0102') } },
    ]);
  });

  test('an export comes back as it was', () => {
    const before = host({ sendList: 1, trustMode: 2 });
    const { written } = reg(before, ['export', SCHANNEL, 'x.reg', '/y']);
    const { host: after } = reg(host(), ['import', 'x.reg'], { read: () => written![0]!.bytes });
    const again = reg(after, ['export', SCHANNEL, 'x.reg', '/y']);
    expect(again.written).toEqual(written);
  });

  test('takes away what the file deletes', () => {
    const one = reg(host({ sendList: 1 }), ['add', APP, '/v', 'A', '/d', '1']).host;
    const text = `${HEAD}[${SCHANNEL}]\r\n"SendTrustedIssuerList"=-\r\n\r\n[-HKEY_LOCAL_MACHINE\\SOFTWARE\\Example]\r\n\r\n`;
    const after = reg(one, ['import', 'a.reg'], file(text)).host;
    expect(after.schannel.sendTrustedIssuerList).toMatchObject({ value: undefined });
    expect(after.registry!.has(APP.replace('HKLM', 'hkey_local_machine').toLowerCase())).toBe(false);
  });

  test.each([
    ['no such file', 'b.reg', ''],
    ['no registry file', 'a.reg', 'hello\r\n'],
    ['a broken line', 'a.reg', `${HEAD}[${SCHANNEL}]\r\n"SendTrustedIssuerList"=dword:0000000g\r\n\r\n`],
  ])('%s changes nothing', (_, name, text) => {
    const one = host();
    expect(reg(one, ['import', name], file(text))).toMatchObject({ host: one, exitCode: 1 });
  });
});
