import { describe, expect, test } from 'vitest';
import { answerOf } from '../../src/base/known.ts';
import { utf8Bytes } from '../../src/base/text.ts';
import { readers } from '../../src/evidence/index.ts';
import { openReading } from '../../src/evidence/read.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import type { CommandContext } from '../../src/windows/commands/command.ts';
import { type Host, type Site, store } from '../../src/windows/host.ts';
import { freshRegistry } from '../../src/windows/registry/registry.ts';
import { SCHANNEL_KEY } from '../../src/windows/schannel/registry.ts';
import { runLine } from '../../src/windows/shell/run-line.ts';
import { issue } from '../support/pki.ts';
import { record, sni, stored, valuesOf, wholeHost } from './support.ts';

const root = issue({ subject: 'Root CA', ca: true });
const issuing = issue({ subject: 'Issuing CA', ca: true, issuer: root });
const server = issue({
  subject: 'www.example.com',
  issuer: issuing,
  notAfter: Date.UTC(2027, 0, 2),
  subjectAltNames: ['www.example.com'],
});
const [storedServer] = stored(server);
const SITE: Site = {
  id: 1,
  name: 'Default Web Site',
  bindings: [{ protocol: 'https', information: '*:443:www.example.com', sslFlags: 1 }],
  access: [{ path: 'secure', sslFlags: ['Ssl'], because: [] }],
  because: [],
};
const KEY = sni('www.example.com:443');
const host = (): Host => ({
  ...wholeHost({
    trustMode: 2,
    bindings: [record(KEY, { sslctlstorename: 'ClientAuthIssuer', clientcertnegotiation: true })],
    stores: { Root: stored(root, issuing), CA: stored(issuing), My: stored(server) },
    sites: [SITE],
    assume: { 'rebinding-and-negotiation': 'reset' },
  }),
  registry: freshRegistry(),
});
const context: CommandContext = {
  now: Date.UTC(2026, 11, 1),
  digest: nodeCrypto,
  read: (name) => (name === 'issuing.cer' ? issuing.der : null),
};
const run = (text: string, one = host()) => runLine(text, one, { ...context, shell: 'powershell' });
const lines = (text: string, one = host()) =>
  run(text, one)
    .output.split('\r\n')
    .filter((line) => line !== '');
const PATH = SCHANNEL_KEY.replace('HKLM', 'HKLM:');

describe('certificates', () => {
  test('stores are listed by name', () => {
    const all = lines('Get-ChildItem -Path Cert:\\LocalMachine\\');
    expect(all).toContain('Name : ClientAuthIssuer');
    expect(all.every((line) => line.startsWith('Name : '))).toBe(true);
  });

  test('a store is a table that the reader of such texts understands', () => {
    const { output } = run('dir cert:\\\\localmachine\\root');
    expect(output).toMatch(
      /^\r\n\r\n {3}PSParentPath: Microsoft\.PowerShell\.Security\\Certificate::LocalMachine\\Root\r\n\r\nThumbprint {32}Subject\r\n-{10} {32}-{7}\r\n[0-9A-F]{40} {2}CN=Root CA\r\n/,
    );
    const reading = openReading({ name: 'gci.txt' }, readers, nodeCrypto);
    reading.push(utf8Bytes(output));
    expect(reading.end().kind).toBe('powershell-certificates');
  });

  test('what is in Root and no root is found as the knowledge base does it (domain 7.3)', () => {
    const found = lines(
      'Get-Childitem cert:\\LocalMachine\\root -Recurse | Where-Object {$_.Issuer -ne $_.Subject} | Format-List *',
    );
    expect(found.filter((line) => /^Subject +: /.test(line))).toEqual([
      expect.stringMatching(/: CN=Issuing CA$/),
    ]);
    expect(lines('gci Cert:\\LocalMachine\\Root | ? Issuer -ne CN=x | measure | select -Exp Count')).toEqual([
      '2',
    ]);
  });

  test.each([
    ['gci Cert:\\LocalMachine\\My | Where-Object { $_.NotAfter -lt (Get-Date).AddDays(60) }', 1],
    [
      "gci Cert:\\LocalMachine\\My | Where-Object { $_.NotAfter -lt (Get-Date) -and $_.Subject -like '*www*' }",
      0,
    ],
    ["gci Cert:\\LocalMachine\\My | Where-Object { $_.Subject -match 'www' -or $false }", 1],
    ['gci Cert:\\LocalMachine\\My -ExpiringInDays 60', 1],
    ['gci Cert:\\LocalMachine\\My | Where-Object { -not ($_.DnsNameList -contains "www.example.com") }', 0],
    ['gci Cert:\\LocalMachine\\My | Where-Object Thumbprint -in @("x")', 0],
  ])('%s', (line, count) => {
    expect(lines(`(${line} | Measure-Object).Count`)).toEqual([String(count)]);
  });

  test('are taken away and added', () => {
    const after = run(
      'gci Cert:\\LocalMachine\\Root | Where-Object {$_.Issuer -ne $_.Subject} | Remove-Item',
    ).host;
    expect(answerOf(store(after, 'root'))).toHaveLength(1);
    const added = run(
      'Import-Certificate -FilePath issuing.cer -CertStoreLocation Cert:\\LocalMachine\\ClientAuthIssuer',
    ).host;
    expect(answerOf(store(added, 'clientauthissuer'))).toHaveLength(1);
  });

  test('a path that is none is told as PowerShell tells it', () => {
    expect(run('Get-ChildItem Cert:\\LocalMachine\\Nonsense')).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(
        /^Get-ChildItem : Cannot find path 'Cert:\\LocalMachine\\Nonsense' because it does not exist\./,
      ),
    });
    expect(run('Get-ChildItem Cert:\\LocalMachine\\Root -Foo').output).toContain("parameter name 'foo'");
  });
});

describe('values of the registry', () => {
  test('are shown, set, made and taken away', () => {
    expect(lines(`Get-ItemProperty -Path "${PATH}" -Name ClientAuthTrustMode`)[0]).toBe(
      'ClientAuthTrustMode : 2',
    );
    expect(lines(`(gp ${PATH}).ClientAuthTrustMode`)).toEqual(['2']);
    const set = run(`Set-ItemProperty -Path ${PATH} -Name ClientAuthTrustMode -Value "1"`).host;
    expect(set.schannel.clientAuthTrustMode).toMatchObject({ value: 1 });
    const made = run(
      `New-ItemProperty -Path ${PATH} -Name SendTrustedIssuerList -Value 1 -PropertyType DWORD -Force`,
    );
    expect(made.host.schannel.sendTrustedIssuerList).toMatchObject({ value: 1 });
    expect(made.output).toContain('SendTrustedIssuerList : 1');
    const gone = run(`Remove-ItemProperty ${PATH} ClientAuthTrustMode`).host;
    expect(gone.schannel.clientAuthTrustMode).toMatchObject({ value: undefined });
  });

  test('what is there already, or is not, is an error', () => {
    expect(run(`New-ItemProperty ${PATH} ClientAuthTrustMode -Value 1`).output).toContain('already exists');
    expect(run(`Remove-ItemProperty ${PATH} SendTrustedIssuerList`).output).toContain(
      'does not exist at path',
    );
  });

  test('protocol keys are made before their values', () => {
    const key = `'${PATH}\\Protocols\\TLS 1.3\\Server'`;
    const { host: after, exitCode } = run(
      `New-Item ${key} -Force | Out-Null; New-ItemProperty ${key} -Name Enabled -Value 0 -PropertyType DWord`,
    );
    expect(after.registry!.size).toBeGreaterThan(freshRegistry().size);
    expect(exitCode).toBe(0);
  });
});

describe('bindings of a site', () => {
  test('are listed', () => {
    expect(lines('Get-WebBinding -Name "Default Web Site" -Protocol https').at(-1)).toMatch(
      /^https +\*:443:www\.example\.com +1$/,
    );
    expect(lines('Get-IISSiteBinding "Default Web Site"').at(-1)).toMatch(/Sni$/);
  });

  test('AddSslCertificate writes the record anew, and the policies for clients are lost', () => {
    const { host: after } = run(
      `(Get-WebBinding -Protocol https).AddSslCertificate("${storedServer!.thumbprint}", "my")`,
    );
    expect(valuesOf(after, KEY)).toMatchObject({
      certhash: storedServer!.thumbprint,
      sslctlstorename: undefined,
      clientcertnegotiation: false,
    });
    expect(run('(Get-WebBinding).AddSslCertificate("00", "my")')).toMatchObject({ exitCode: 1 });
  });

  test('are made and removed by both modules', () => {
    const made = run('New-WebBinding -Name "Default Web Site" -IPAddress * -Port 444 -Protocol https').host;
    expect(answerOf(made.sites)[0]!.bindings).toHaveLength(2);
    expect(
      run('New-WebBinding -Name "Default Web Site" -Port 444 -Protocol https -SslFlags 32').exitCode,
    ).toBe(1);
    const removed = run('Get-WebBinding -Port 444 | Remove-WebBinding', made).host;
    expect(answerOf(removed.sites)[0]!.bindings).toHaveLength(1);
    const line = `New-IISSiteBinding -Name "Default Web Site" -BindingInformation "*:445:" -Protocol https -CertificateThumbPrint ${storedServer!.thumbprint} -CertStoreLocation Cert:\\LocalMachine\\My`;
    const own = run(line).host;
    expect(answerOf(own.bindings)).toHaveLength(2);
    const none = run(
      'Remove-IISSiteBinding -Name "Default Web Site" -BindingInformation "*:445:" -Protocol https -Confirm:$false',
      own,
    ).host;
    expect(answerOf(none.bindings)).toHaveLength(1);
  });
});

describe('appcmd and iisreset', () => {
  test('list and set what a path wants', () => {
    expect(lines('%windir%\\system32\\inetsrv\\appcmd list site')).toBeDefined();
    expect(lines('appcmd list site')).toEqual([
      'SITE "Default Web Site" (id:1,bindings:https/*:443:www.example.com,state:Started)',
    ]);
    const line =
      'appcmd set config "Default Web Site/secure" -section:access -sslFlags:"Ssl,SslNegotiateCert,SslRequireCert"';
    expect(run(line)).toMatchObject({ exitCode: 1, output: expect.stringContaining('locked') });
    const { host: after, output } = run(`${line} -commit:apphost`);
    expect(output).toContain('Applied configuration changes');
    expect(answerOf(after.sites)[0]!.access).toMatchObject([
      { path: 'secure', sslFlags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert'] },
    ]);
    expect(lines('appcmd list config "Default Web Site/secure/x" /section:access', after)[2]).toContain(
      'sslFlags="Ssl, SslNegotiateCert, SslRequireCert"',
    );
    expect(run('appcmd set config "Nonsense/x" -section:access -sslFlags:Ssl -commit:apphost').exitCode).toBe(
      1,
    );
  });

  test('bindings of a site', () => {
    const after = run(
      `appcmd set site /site.name:"Default Web Site" "/+bindings.[protocol='https',bindingInformation='*:444:']"`,
    );
    expect(after.output).toBe('SITE object "Default Web Site" changed\r\n');
    expect(answerOf(after.host.sites)[0]!.bindings).toHaveLength(2);
  });

  test('iisreset changes nothing', () => {
    const one = host();
    expect(run('iisreset', one)).toMatchObject({ host: one, exitCode: 0 });
  });
});
