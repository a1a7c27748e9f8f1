import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/lab.ts';
import type { Output } from '../../src/cli/print.ts';
import { Shown } from '../../src/cli/usage.ts';
import { plainStyle } from '../../src/report/render/style.ts';
import { CLI, handclasp } from '../support/cli.ts';
import { freePort, tempFolder } from './support.ts';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await tempFolder();
});
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await new Promise((resolve) => child!.once('close', resolve));
  }
  child = undefined;
  await rm(folder, { recursive: true, force: true });
});

const lab = (...args: string[]) => handclasp(['lab', ...args], { env: { HANDCLASP_LAB: folder } });

/** Starts `lab up` and waits until it says that it is up. */
async function up(...args: string[]): Promise<string> {
  child = spawn(process.execPath, [CLI, 'lab', '--state', folder, 'up', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  await expect.poll(() => text, { timeout: 10_000 }).toContain('Ctrl-C ends it.');
  return text;
}

async function down(signal: NodeJS.Signals): Promise<number | null> {
  child!.kill(signal);
  return new Promise((resolve) => child!.once('close', (code) => resolve(code)));
}

describe('lab', () => {
  test('comes up, is logged on to, renewed, logged on to again, collected, and ends by Ctrl-C', async () => {
    const port = await freePort();
    const said = await up('--port', String(port));
    expect(said).toContain(`https://www.handclasp.localhost:${port}/secure`);
    expect(said).toContain('Root directly, although ClientAuthIssuer is filled');

    const first = await lab('logon');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/HTTP 200\n {2}logged: .* 200 0 0 \d+\n$/);

    const renewed = await lab('renew', '--with', 'iis-manager');
    expect(renewed.out).toContain('sslctlstorename: ClientAuthIssuer -> (null)');
    const shown = await lab('netsh', 'http', 'show', 'sslcert');
    expect(shown.out).toContain('    Ctl Store Name               : (null)\n');

    const second = await lab('logon');
    expect(second.code).toBe(1);
    expect(second.out).toMatch(/withheld: .*\n(.*\n)* {2}HTTP 403\.7\n {2}logged: .* 403 7 5 \d+\n$/);
    expect((await lab('logon', '--with-ca')).code).toBe(0);
    expect((await lab('logon', '--as', 'openssl', '--tls', '1.2')).code).toBe(0);
    expect((await lab('log', '-n', '3')).out.trimEnd().split('\n')).toHaveLength(3);

    const into = path.join(folder, 'evidence');
    expect((await lab('collect', into)).code).toBe(0);
    expect(await readdir(into)).toContain('netsh-sslcert.txt');
    expect(await readFile(path.join(into, 'netsh-sslcert.txt'), 'utf8')).toContain('\r\n');

    expect((await lab('status')).code).toBe(0);
    expect((await lab('up')).err).toMatch(/a lab runs there already/);
    expect(await down('SIGINT')).toBe(0);
    expect(await readdir(folder)).not.toContain('lab.json');
    expect(await lab('logon')).toMatchObject({ code: 2, err: 'is the lab up? handclasp lab up\n' });
    expect((await lab('status')).code).toBe(1);
  });

  test('is broken from the start when a scenario is named', async () => {
    const said = await up('--scenario', 'renewal-lost-ctl-store', '--port', String(await freePort()));
    expect(said).toContain('the list now comes from Root');
    expect((await lab('logon')).out).toContain('HTTP 403.7');
  });

  test('comes back as it was after it was killed', async () => {
    const port = await freePort();
    await up('--port', String(port));
    await lab('renew');
    await down('SIGKILL');
    const said = await up('--port', '1');
    expect(said).toContain(`it stays on port ${port}`);
    expect(said).toContain('It comes up as it was left');
    expect((await lab('logon')).code).toBe(1);
    await down('SIGTERM');
    await up('--fresh', '--port', String(port));
    expect((await lab('logon')).code).toBe(0);
  });
});

describe('wrong use is told in one line and a hint', () => {
  test.each([
    [['bogus'], 64, /lab bogus: no such command/, /lab --help/],
    [['up', '--scenario', 'bogus'], 64, /--scenario bogus: no such scenario/, /renewal-lost-ctl-store/],
    [['up', '--port', '70000'], 64, /--port 70000: not a port/, /65535/],
    [['logon', '--as', 'bogus'], 64, /--as bogus: no such client/, /java-sunx509/],
    [['logon', '--tls', '1.1'], 64, /--tls 1.1/, /leave --tls out/],
    [['renew', '--with', 'bogus'], 64, /--with bogus: no such tool/, /iis-manager/],
    [['log', '-n', '0'], 64, /not a number of lines/, /1 or more/],
    [['logon'], 2, /no lab there yet/, /handclasp lab up makes one/],
    [['renew'], 2, /no lab there yet/, /handclasp lab up makes one/],
    [['collect', 'x'], 2, /no lab there yet/, /handclasp lab up makes one/],
    [['netsh', 'http', 'show', 'sslcert'], 2, /no lab there yet/, /handclasp lab up makes one/],
    [['run', 'hostname'], 2, /no lab there yet/, /handclasp lab up makes one/],
    [['shell'], 2, /no lab there yet/, /handclasp lab up makes one/],
    [['run', '--shell', 'bash', 'x'], 64, /no such shell/, /cmd or powershell/],
  ] as const)('lab %j', async (argv, exitCode, message, hint) => {
    await expect(run(['--state', folder, ...argv], output().to)).rejects.toMatchObject({
      exitCode,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  test('lab alone shows what there is', async () => {
    const { to, text } = output();
    expect(await run([], to)).toBe(64);
    expect(text()).toContain('handclasp lab up');
    await expect(run(['--state'], to)).rejects.toThrow('--state without a folder');
  });

  test.each(['up', 'logon', 'renew', 'log', 'collect', 'status', 'shell', 'run'])(
    'lab %s --help has examples',
    async (name) => {
      const { to, text } = output();
      await expect(run([name, '--help'], to)).rejects.toBeInstanceOf(Shown);
      expect(text()).toMatch(/Examples?:\n {2}handclasp lab/);
    },
  );
});

function output(): { to: Output; text(): string } {
  let all = '';
  const to = {
    out: (text: string) => {
      all += text;
    },
    pieces: async (text: Iterable<string>) => {
      for (const piece of text) all += piece;
    },
    err: () => {},
    style: plainStyle,
  };
  return { to, text: () => all };
}
