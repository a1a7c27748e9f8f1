import { stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Claim } from '../../src/evidence/claims.ts';
import { readers } from '../../src/evidence/index.ts';
import { openReading } from '../../src/evidence/read.ts';
import { labDoor } from '../../src/lab/door.ts';
import { readLogs } from '../../src/lab/w3c-log.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { printName } from '../../src/wire/x509/name.ts';
import { makeLab, requestOnWire, type TestLab } from './support.ts';

let lab: TestLab;
beforeEach(async () => {
  lab = await makeLab({ broken: true });
});
afterEach(() => lab.close());

const run = (line: string) => labDoor(lab.folder).run(line.split(' '));

describe('a typed command', () => {
  test('changes what the next connection sees', async () => {
    const names = async () => (await requestOnWire(lab.port))!.authorities.map(printName);
    expect(await names()).toHaveLength(2);
    const { output } = await run('netsh http show sslcert');
    const hash = /Certificate Hash\s+: ([0-9a-f]{40})/.exec(output)![1];
    const line = `netsh http update sslcert hostnameport=www.handclasp.localhost:${lab.port} certhash=${hash} appid={4dc3e181-e14b-4a21-b022-59fc669b0914} certstorename=MY sslctlstorename=ClientAuthIssuer clientcertnegotiation=enable`;
    expect(await run(line)).toMatchObject({ exitCode: 0, output: expect.stringContaining('successfully') });
    expect(await names()).toEqual(['CN=Handclasp Lab Issuing CA, O=Handclasp Lab']);
  });

  test('that shows leaves the file alone', async () => {
    const { mtimeMs } = await stat(`${lab.folder}/host.json`);
    await run('netsh http show sslcert');
    expect((await stat(`${lab.folder}/host.json`)).mtimeMs).toBe(mtimeMs);
  });

  test('takes the list off, as reg add does it', async () => {
    const line =
      'reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL /v SendTrustedIssuerList /t REG_DWORD /d 0 /f';
    expect((await run(line)).exitCode).toBe(0);
    expect((await requestOnWire(lab.port))!.authorities).toEqual([]);
  });

  test('that the lab does not know is answered as cmd.exe answers', async () => {
    expect(await run('frobnicate')).toEqual({
      exitCode: 9009,
      output:
        "'frobnicate' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
    });
    expect((await run('reg query HKLM\\SOFTWARE\\X')).output).toMatch(/cannot tell .*does not know this key/);
  });
});

describe('what is collected', () => {
  const collect = async () => {
    const files = await labDoor(lab.folder).collect();
    return new Map(files.map(({ name, bytes }) => [name, Buffer.from(bytes)]));
  };

  test('is the set of files that an administrator has', async () => {
    await lab.get();
    const [log] = await readLogs(lab.folder);
    expect([...(await collect()).keys()].sort()).toEqual(
      [
        'CA.p7b',
        'ClientAuthIssuer.p7b',
        'My.p7b',
        'Root.p7b',
        log!.name,
        'WebHosting.p7b',
        'applicationHost.config',
        'netsh-sslcert.txt',
        'schannel.reg',
      ].sort(),
    );
    expect(log!.name).toMatch(/^W3SVC1\/u_ex\d{6}\.log$/);
  });

  test('has the form of the real programs', async () => {
    const files = await collect();
    expect(files.get('netsh-sslcert.txt')!.toString('utf8')).toMatch(
      /^\r\nSSL Certificate bindings:\r\n-{25}\r\n/,
    );
    const reg = files.get('schannel.reg')!;
    expect([...reg.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(reg.toString('utf16le')).toContain('\r\n"ClientAuthTrustMode"=dword:00000002\r\n');
    expect(files.get('applicationHost.config')!.toString('utf8')).toContain(
      '<location path="Handclasp Lab/secure">',
    );
  });

  test('holds no private key', async () => {
    for (const bytes of (await collect()).values()) expect(bytes.toString('latin1')).not.toContain('PRIVATE');
  });

  test('is understood by the readers, every file of it', async () => {
    await lab.get();
    const claims: Claim[] = [];
    for (const [name, bytes] of await collect()) {
      const reading = openReading({ name }, readers, nodeCrypto);
      reading.push(bytes);
      const read = reading.end();
      const notes = read.notes.filter((one) => !one.message.startsWith('one record only'));
      expect([name, read.kind, notes]).toEqual([name, expect.any(String), []]);
      claims.push(...read.claims);
    }
    const says = (kind: Claim['says']) => claims.filter((one) => one.says === kind);
    expect(says('bindings-whole')).toHaveLength(1);
    expect(says('schannel-key-whole')).toHaveLength(1);
    expect(says('sites-whole')).toHaveLength(1);
    expect(
      says('store-whole')
        .map((one) => 'store' in one && one.store)
        .sort(),
    ).toEqual(['CA', 'ClientAuthIssuer', 'My', 'Root', 'WebHosting'].sort());
    const values = claims.flatMap((one) => (one.says === 'schannel-value' ? [[one.name, one.value]] : []));
    expect(Object.fromEntries(values)).toEqual({
      EventLogging: 1,
      SendTrustedIssuerList: 1,
      ClientAuthTrustMode: 2,
    });
    expect(says('logons')).toMatchObject([{ status: 403, substatus: 7, win32: 5, count: 1 }]);
    expect(says('site')).toMatchObject([
      {
        name: 'Handclasp Lab',
        access: expect.arrayContaining([
          expect.objectContaining({
            path: 'secure',
            sslFlags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert'],
          }),
        ]),
      },
    ]);
  });
});
