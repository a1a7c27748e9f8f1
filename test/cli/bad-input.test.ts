import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixture } from '../identity/fixture.ts';
import { handclasp } from '../support/cli.ts';
import { issue } from '../support/pki.ts';

// What goes wrong in practice: one clear message each, the exit code of the kind of trouble, never a stack trace.

let folder = '';
const file = async (name: string, bytes: Uint8Array | string): Promise<string> => {
  const full = path.join(folder, name);
  await writeFile(full, bytes);
  return full;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-bad-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function expectTrouble(args: string[], code: number, says: RegExp): Promise<void> {
  const run = await handclasp(args);
  const told = run.out + run.err;
  expect(told).toMatch(says);
  expect(told).not.toMatch(/^\s+at .+:\d+:\d+/m);
  expect(run.code).toBe(code);
}

/** A server on loopback that answers each connection with these bytes. */
async function listening(answer: string, use: (port: number) => Promise<void>): Promise<void> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use((server.address() as net.AddressInfo).port);
  } finally {
    server.close();
  }
}

test('a file of noise is not recognised, and that is not healthy', async () => {
  await expectTrouble(
    ['examine', await file('noise.bin', randomBytes(5000))],
    2,
    /noise\.bin.*not recognised/,
  );
});

test('an empty file says that it is empty', async () => {
  await expectTrouble(['examine', await file('empty.txt', '')], 2, /empty\.txt.*empty/);
});

test('a truncated netsh text is used as far as it goes, and noted', async () => {
  const text = [
    '',
    'SSL Certificate bindings:',
    '-------------------------',
    '',
    '    Hostname:port                : www.example.com:443',
    `    Certificate Hash             : ${'ab'.repeat(20)}`,
    '    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}',
    '    Certificate Store Name       : My',
    '    Verify Client Certificate Revoc',
  ].join('\r\n');
  await expectTrouble(['examine', await file('netsh.txt', text)], 2, /netsh\.txt:[89]: .*cut/);
});

test('a folder that is not there', async () => {
  await expectTrouble(['examine', path.join(folder, 'nowhere')], 2, /nowhere: no such file or folder/);
});

test('a host that is not there', async () => {
  await expectTrouble(['why', 'https://127.0.0.1:1/'], 2, /cannot be reached/);
});

test('a name that does not resolve', async () => {
  await expectTrouble(['why', 'https://handclasp.invalid/', '--timeout', '5'], 2, /handclasp\.invalid/);
});

test('a port that speaks no TLS', async () => {
  await listening('HTTP/1.1 400 Bad Request\r\n\r\n', (port) =>
    expectTrouble(['why', `https://127.0.0.1:${port}/`], 2, /no TLS/),
  );
});

test('an address that is none', async () => {
  await expectTrouble(['why', 'gopher://www.example.com/'], 64, /gopher:\/\/ is not spoken/);
});

test('a wrong password of a PKCS#12 file', async () => {
  const pfx = await file('user.p12', fixture('aes256-mac-sha256.p12'));
  const password = await file('password.txt', 'wrong\n');
  await expectTrouble(
    ['why', 'https://127.0.0.1:1/', '--cert', pfx, '--password-file', password],
    64,
    /user\.p12: the password does not open it/,
  );
});

test('a PKCS#12 file without a password', async () => {
  const pfx = await file('user2.p12', fixture('aes256-mac-sha256.p12'));
  await expectTrouble(['why', 'https://127.0.0.1:1/', '--cert', pfx], 64, /protected by a password/);
});

test('a key that is not the key of the certificate', async () => {
  const [one, other] = [issue({ subject: 'One' }), issue({ subject: 'Other' })];
  const cert = await file('one.pem', one.pem);
  const key = await file('other.key', other.keyPem);
  await expectTrouble(
    ['why', 'https://127.0.0.1:1/', '--cert', cert, '--key', key],
    64,
    /does not (fit|belong)/,
  );
});

test('a key without its certificate', async () => {
  await expectTrouble(
    ['why', 'https://127.0.0.1:1/', '--cert', await file('only.key', issue({ subject: 'One' }).keyPem)],
    64,
    /no certificate/,
  );
});

test('fix from something that is no report', async () => {
  await expectTrouble(['fix', '--from', await file('no.json', '{"schema":"x"}')], 2, /not a report/);
});

test.each([
  [['nonsense'], /nonsense: no such command/],
  [['why'], /url/],
  [['why', 'https://h/', '--tls', '4'], /--tls 4/],
  [['examine'], /evidence/],
  [['explain'], /nothing to explain/],
  [['explain', 'no-such-thing-at-all'], /no-such-thing-at-all/],
  [['lab', 'nonsense'], /nonsense/],
  [['story', '--nonsense'], /--nonsense/],
])('wrong use: %j', async (args, says) => {
  await expectTrouble(args, 64, says);
});
