import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerOf } from '../../src/base/known.ts';
import { typeInLab } from '../../src/lab/door.ts';
import scenario from '../../src/lab/scenarios/renewal-lost-ctl-store.ts';
import { setUp } from '../../src/lab/set-up.ts';
import { readHost } from '../../src/lab/state.ts';
import { bindingByKey } from '../../src/windows/host.ts';
import { issuerList } from '../../src/windows/schannel/issuer-list.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { CLI, handclasp } from '../support/cli.ts';
import { makeLab, requestOnWire, tempFolder } from './support.ts';

const make = async (): Promise<string> => {
  const folder = await tempFolder();
  await setUp(folder, scenario, { port: 8443, now: Date.now(), broken: true });
  return folder;
};
const hashIn = (text: string): string => /Certificate Hash\s+: ([0-9a-f]{40})/.exec(text)![1]!;

describe('the article that started it, typed as it stands there', () => {
  const NAME = 'pki.adcslabor.com:443';
  /** Only the hash is the host's own. */
  const update = (hash: string): string => `netsh ^
http ^
update sslcert ^
hostnameport=${NAME} ^
certstorename=MY ^
certhash=${hash} ^
appid={4dc3e181-e14b-4a21-b022-59fc669b0914} ^
sslctlstorename=ClientAuthIssuer
`;
  let folder: string;
  let hash: string;
  const type = async (text: string) => (await typeInLab(folder, text)).output;
  beforeAll(async () => {
    folder = await make();
    hash = hashIn(await type('netsh http show sslcert'));
    await type(
      `netsh http add sslcert hostnameport=${NAME} certhash=${hash} certstorename=MY appid={4dc3e181-e14b-4a21-b022-59fc669b0914}`,
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const listed = async () => {
    const host = await readHost(folder);
    const record = answerOf(bindingByKey(host, { kind: 'hostnameport', value: NAME }))!;
    return answerOf(issuerList(host, record))?.names.map(printName);
  };

  test('the error code is translated', async () => {
    expect(await type('certutil -error 5')).toContain('ERROR_ACCESS_DENIED');
  });

  test('the lost store is seen, and which stores there are', async () => {
    expect(await type('netsh http show sslcert')).toMatch(
      /pki\.adcslabor\.com:443\r\n[\s\S]*Ctl Store Name {15}: \(null\)/,
    );
    expect(await type('Get-ChildItem -Path Cert:\\LocalMachine\\')).toContain('Name : ClientAuthIssuer\r\n');
    expect(await listed()).toHaveLength(2);
  });

  test('the update makes the server name only what is in Client Authentication Issuers', async () => {
    expect(await type(update(hash))).toContain('SSL Certificate successfully updated');
    expect(await listed()).toEqual(['CN=Handclasp Lab Issuing CA, O=Handclasp Lab']);
    expect(await type(`netsh http show sslcert hostnameport=${NAME}`)).toContain(': ClientAuthIssuer\r\n');
  });
});

describe('what is typed changes what real clients meet', () => {
  test('the list, the certificate, and what a path wants', async () => {
    const lab = await makeLab();
    const type = async (text: string) => typeInLab(lab.folder, text);
    const named = async () => (await requestOnWire(lab.port))?.authorities.map(printName);
    try {
      expect(await named()).toEqual(['CN=Handclasp Lab Issuing CA, O=Handclasp Lab']);
      await type(
        `Set-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL SendTrustedIssuerList 0`,
      );
      expect(await named()).toEqual([]);
      await type(
        `reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL /v SendTrustedIssuerList /t REG_DWORD /d 1 /f`,
      );
      await type('certutil -addstore ClientAuthIssuer root.pem');
      expect(await named()).toHaveLength(2);
      // The module binds the same certificate again, and the store of the list is lost with the rest.
      await type(`$b = Get-WebBinding -Protocol https; $b.AddSslCertificate($b.certificateHash, "My")`);
      expect((await type('netsh http show sslcert')).output).toMatch(/Ctl Store Name\s+: \(null\)/);
      expect((await lab.get()).status).toBe(403);
      await type('appcmd set config "Handclasp Lab/secure" -section:access -sslFlags:Ssl -commit:apphost');
      expect((await lab.get()).status).toBe(200);
    } finally {
      await lab.close();
    }
  });
});

describe('lab run and lab shell', () => {
  let folder: string;
  let cwd: string;
  beforeEach(async () => {
    folder = await make();
    cwd = path.join(folder, 'here');
    await mkdir(cwd);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const lab = (...args: string[]) => handclasp(['lab', ...args], { env: { HANDCLASP_LAB: folder }, cwd });

  test('a program with its arguments, a cmdlet, a pasted line', async () => {
    expect(await lab('run', '--', 'certutil', '-error', '0x80070005')).toMatchObject({
      code: 0,
      out: expect.stringContaining('ERROR_ACCESS_DENIED'),
    });
    expect((await lab('run', '--', 'certutil', '-store', 'My', 'nobody')).code).toBe(1);
    expect((await lab('run', '--', 'certutil', '-store', 'CA')).out).toContain('No key provider information');
    expect((await lab('run', '--', 'certutil', '-store', 'My')).out).toContain('  Key Container = ');
    expect((await lab('run', 'Get-ChildItem', 'Cert:\\LocalMachine\\Root', '-Recurse')).out).toContain(
      'Thumbprint',
    );
    const pasted =
      'PS C:\\> (Get-ChildItem Cert:\\LocalMachine\\Root | Where-Object {$_.Issuer -eq $_.Subject}).Count';
    expect(await lab('run', pasted)).toMatchObject({ code: 0, out: '2\n' });
    const german = await lab('run', '--language', 'de', '--', 'netsh', 'http', 'show', 'sslcert');
    expect(german.out).toContain('SSL-Zertifikatbindungen:');
  });

  test('files are read and written where the user is; C: lies in the state', async () => {
    const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
    await lab('run', '--', 'reg', 'export', key, 'schannel.reg');
    const text = (await readFile(path.join(cwd, 'schannel.reg'))).toString('utf16le');
    await writeFile(
      path.join(cwd, 'mine.reg'),
      text.replace('"ClientAuthTrustMode"=dword:00000002', '"ClientAuthTrustMode"=dword:00000000'),
    );
    expect((await lab('run', 'reg import mine.reg')).code).toBe(0);
    expect((await readHost(folder)).schannel.clientAuthTrustMode).toMatchObject({ value: 0 });
    await lab('run', '--', 'certutil', '-store', 'CA', '0', 'C:\\temp\\ca.cer');
    expect(await readFile(path.join(folder, 'drives/C/temp/ca.cer'))).toBeDefined();
    expect((await lab('run', 'certutil -addstore ClientAuthIssuer issuing-ca.pem')).out).toContain(
      'already in store',
    );
  });

  test('scripts of both shells', async () => {
    await writeFile(
      path.join(cwd, 'a.cmd'),
      '@echo off\r\nhostname\r\nnetsh http show sslcert | findstr Ctl\r\n',
    );
    expect((await lab('run', '--file', 'a.cmd')).out).toMatch(/^WEB01\n {4}Ctl Identifier/);
    await writeFile(path.join(cwd, 'a.ps1'), '$all = Get-WebBinding\n$all.Count\n');
    expect((await lab('run', '--file', 'a.ps1')).out).toBe('1\n');
  });

  test('a console reads until its input ends', async () => {
    const out = await new Promise<string>((resolve) => {
      const child = execFile(process.execPath, [CLI, 'lab', '--state', folder, 'shell'], (_error, text) =>
        resolve(text),
      );
      child.stdin!.end(
        'hostname\nnetsh ^\nhttp show sslcert\npowershell\n"a" + "b"\nexit\nhelp\nexit\nhostname\n',
      );
    });
    expect(out).toMatch(/^WEB01\n\nSSL Certificate bindings:\n[\s\S]*\nab\nPrograms: {2}/);
    // What comes after the last exit is not read.
    expect(out.match(/WEB01/g)).toHaveLength(1);
  });

  test('wrong use', async () => {
    expect(await lab('run', '--shell', 'bash', 'x')).toMatchObject({
      code: 64,
      err: expect.stringContaining('no such shell'),
    });
    expect(await lab('run', '--nonsense', 'x')).toMatchObject({ code: 64 });
    expect((await lab('run', '--help')).out).toContain('handclasp lab run -- certutil -error 5');
  });
});
