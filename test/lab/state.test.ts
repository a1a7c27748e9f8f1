import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerOf, known } from '../../src/base/known.ts';
import { freshHost } from '../../src/lab/base-host.ts';
import { openPki, PKI_FILES } from '../../src/lab/pki.ts';
import { readRunning, tellRunning } from '../../src/lab/running.ts';
import { changeHost, hostReader, readHost, replaceHost } from '../../src/lab/state.ts';
import { store, withBinding, withSchannel } from '../../src/windows/host.ts';
import { newRecord } from '../../src/windows/http-sys/record.ts';
import { hostToJson } from '../../src/windows/serialize.ts';
import { tempFolder } from './support.ts';

let folder: string;
beforeEach(async () => {
  folder = await tempFolder();
  await replaceHost(folder, freshHost(await openPki(folder, Date.now()), '2022'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const recordOf = (port: number) =>
  newRecord({ kind: 'ipport', value: `0.0.0.0:${port}` }, 'D', {
    appid: '{00000000-0000-0000-0000-000000000000}',
  });

describe('host.json', () => {
  test('comes back as it was written', async () => {
    const host = await changeHost(folder, (before) => withBinding(before, recordOf(443)));
    expect(hostToJson(await readHost(folder))).toEqual(hostToJson(host));
  });

  test('tells a store that a record names and nobody filled as empty', async () => {
    const record = recordOf(443);
    const wrong = { ...record, fields: { ...record.fields, sslctlstorename: known('ClientAuthIsuer') } };
    const host = await changeHost(folder, (before) => withBinding(before, wrong));
    expect(answerOf(store(host, 'clientauthisuer'))).toEqual([]);
  });

  test('is read again only when it changed', async () => {
    const read = hostReader(folder);
    const first = await read();
    expect(await read()).toBe(first);
    await changeHost(folder, (host) => withSchannel(host, { eventLogging: known(7) }));
    expect(await read()).not.toBe(first);
    expect(answerOf((await read()).schannel.eventLogging)).toBe(7);
  });

  test.each([
    ['', /cannot be read/],
    ['{"name":', /cannot be read/],
    ['{}', /cannot be read/],
  ])('says what is wrong with %j', async (text, message) => {
    await writeFile(path.join(folder, 'host.json'), text);
    await expect(readHost(folder)).rejects.toThrow(message);
  });

  test('keeps the old host when a change fails, and leaves no lock behind', async () => {
    await expect(
      changeHost(folder, () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await changeHost(folder, (host) => withBinding(host, recordOf(443)));
    const names = await readdir(folder);
    expect(names.filter((name) => name.includes('lock') || name.includes('.new'))).toEqual([]);
  });
});

describe('the lock', () => {
  test('of a process that died does not hold anybody up', async () => {
    const { pid } = execFile(process.execPath, ['-e', '0']);
    await expect.poll(() => isGone(pid!)).toBe(true);
    await writeFile(path.join(folder, 'host.lock'), `${pid} dead\n`);
    await changeHost(folder, (host) => withBinding(host, recordOf(443)));
    expect(answerOf((await readHost(folder)).bindings)).toHaveLength(1);
  });

  test('that was forgotten long ago does not either', async () => {
    const lock = path.join(folder, 'host.lock');
    await writeFile(lock, `${process.pid} forgotten\n`);
    const past = new Date(Date.now() - 3_600_000);
    await utimes(lock, past, past);
    await changeHost(folder, (host) => withBinding(host, recordOf(443)));
    expect(answerOf((await readHost(folder)).bindings)).toHaveLength(1);
  });

  test('that was lost on the way makes the change run again', async () => {
    let runs = 0;
    await changeHost(folder, async (host) => {
      runs++;
      if (runs === 1) await rm(path.join(folder, 'host.lock'));
      return withBinding(host, recordOf(400 + runs));
    });
    expect(runs).toBe(2);
    expect(answerOf((await readHost(folder)).bindings).map((one) => one.key.value)).toEqual(['0.0.0.0:402']);
  });

  test('lets three processes write at once and lose nothing', async () => {
    const script = path.join(folder, 'writer.mjs');
    await build({
      stdin: {
        contents: `
          import { labDoor } from './src/lab/door.ts';
          const [folder, first] = process.argv.slice(2);
          for (let port = Number(first); port < Number(first) + 15; port++) {
            const ran = await labDoor(folder).run(['netsh', 'http', 'add', 'sslcert', 'ccs=' + port,
              'appid={00000000-0000-0000-0000-000000000000}']);
            if (ran.exitCode !== 0) throw new Error(ran.output);
          }`,
        resolveDir: path.join(import.meta.dirname, '../..'),
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: script,
    });
    const run = (first: number) =>
      promisify(execFile)(process.execPath, [script, folder, String(first)], { timeout: 30_000 });
    await Promise.all([run(1000), run(2000), run(3000)]);
    expect(answerOf((await readHost(folder)).bindings)).toHaveLength(45);
  });
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

describe('lab.json', () => {
  const running = { startedAt: '2026-11-25T10:00:00.000Z', ports: [{ port: 8443, problem: null }] };

  test('counts while its process lives', async () => {
    await tellRunning(folder, { ...running, pid: process.pid });
    expect(await readRunning(folder)).toMatchObject({ pid: process.pid });
  });

  test('does not count when a killed lab left it', async () => {
    await tellRunning(folder, { ...running, pid: 2 ** 22 + 1 });
    expect(await readRunning(folder)).toBeNull();
  });
});

describe('the certificates', () => {
  test('stay the same while they are valid, and are made anew when they expire', async () => {
    const now = Date.now();
    const first = await openPki(folder, now);
    const second = await openPki(folder, now);
    expect(second.user.thumbprint).toBe(first.user.thumbprint);
    const later = await openPki(folder, now + 400 * 86_400_000);
    expect(later.user.thumbprint).not.toBe(first.user.thumbprint);
  });

  test('lie where the user finds them, those with keys for the owner alone', async () => {
    const server = await (await openPki(folder, Date.now())).issueServer(Date.now());
    const count = async (name: string) =>
      (await readFile(path.join(folder, name), 'utf8')).match(/BEGIN [A-Z ]+/g);
    expect(await count(PKI_FILES.user)).toEqual(['BEGIN CERTIFICATE', 'BEGIN PRIVATE KEY']);
    expect(await count(PKI_FILES.userWithCa)).toEqual([
      'BEGIN CERTIFICATE',
      'BEGIN CERTIFICATE',
      'BEGIN PRIVATE KEY',
    ]);
    expect(await count(PKI_FILES.root)).toEqual(['BEGIN CERTIFICATE']);
    const secrets = [PKI_FILES.user, PKI_FILES.userWithCa, `keys/${server.thumbprint}.pem`, 'host.json'];
    for (const name of secrets) {
      const { mode } = await stat(path.join(folder, name));
      if (process.platform !== 'win32') expect([name, mode & 0o077]).toEqual([name, 0]);
    }
  });

  test('that were tampered with are told, not replaced', async () => {
    await rm(path.join(folder, 'keys'), { recursive: true });
    await mkdir(path.join(folder, 'keys'));
    await expect(openPki(folder, Date.now())).rejects.toThrow(/is missing; remove the lab's folder/);
  });
});
