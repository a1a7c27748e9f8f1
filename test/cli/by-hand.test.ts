import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLI, type CliRun, handclasp } from '../support/cli.ts';

// The story prints a command for each step; typed one after the other in a lab of one's own they do what it told.

let home = '';
let port = 0;
let lab: ChildProcess;
let commands: string[] = [];

/** Types a command as a user would, in this test's own home and on its port. */
function type(line: string, env: NodeJS.ProcessEnv = {}): Promise<CliRun> {
  const words = line.replaceAll('8443', `${port}`).replaceAll('~', home).split(' ');
  expect(words[0]).toBe('handclasp');
  return handclasp(words.slice(1), { cwd: home, env: { HOME: home, ...env } });
}

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'handclasp-hand-'));
  port = await freePort();
  const story = await handclasp(['story', '--out', path.join(home, 'story')], { env: { HOME: home } });
  commands = [...story.out.matchAll(/by hand: (.*)/g)].flatMap((match) => match[1]!.split(' && '));
  lab = spawn(process.execPath, [CLI, 'lab', 'up', '--port', `${port}`], {
    env: { ...process.env, HOME: home, HANDCLASP_LAB: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => lab.stdout!.once('data', resolve));
});
afterAll(async () => {
  const ended = new Promise((resolve) => lab.once('exit', resolve));
  lab.kill('SIGINT');
  await ended;
  await rm(home, { recursive: true, force: true });
});

test('there is one for each step', () => {
  expect(commands).toEqual([
    'handclasp lab up',
    'handclasp lab renew --with iis-manager',
    'handclasp why https://www.handclasp.localhost:8443/secure --cert ~/.handclasp/lab/user.pem --issuer ~/.handclasp/lab/issuing-ca.pem',
    'handclasp lab collect evidence',
    'handclasp examine evidence',
    'handclasp fix --lab --apply',
    'handclasp lab logon',
  ]);
});

test('typed in order they tell the same story', { timeout: 60_000 }, async () => {
  const [, renew, why, collect, examine, fix, logon] = commands as [string, ...string[]];
  expect((await type(logon!)).out).toContain('200');
  expect((await type(renew!)).code).toBe(0);
  expect((await type(logon!)).out).toMatch(/403/);
  const asked = await type(why!);
  expect(asked.code).toBe(1);
  expect(asked.out).toContain('Handclasp Lab Root CA');
  expect((await type(collect!)).code).toBe(0);
  const examined = await type(examine!);
  expect(examined.out).toContain('binding-lost-ctl-store');
  expect(examined.code).toBe(1);
  const planned = await type(fix!.replace(' --apply', ''));
  expect(planned.code).toBe(1);
  expect((await type(logon!)).out).toMatch(/403/);
  expect((await type(fix!)).code).toBe(0);
  expect((await type(logon!)).out).toContain('200');
  expect((await type('handclasp lab netsh http show sslcert')).out).toMatch(
    /Ctl Store Name +: ClientAuthIssuer/,
  );
  const again = await type(fix!);
  expect(again.code).toBe(0);
  const journal = await readFile(path.join(home, '.handclasp/journal.jsonl'), 'utf8');
  expect(journal).toContain('"ending":"applied"');
});

test('a saved report gives the same plan, and cannot be applied here', async () => {
  const report = await type('handclasp examine evidence --json');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(path.join(home, 'report.json'), report.out);
  const planned = await type('handclasp fix --from report.json');
  expect(planned.out).toContain('netsh http update sslcert');
  expect(planned.code).toBe(1);
  if (process.platform !== 'win32')
    expect((await type('handclasp fix --from report.json --apply')).code).toBe(64);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
