import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nodeCrypto } from '../../../src/platform/crypto.ts';
import { runProgram } from '../../../src/platform/stores/run.ts';
import { readUserStores } from '../../../src/platform/stores/user-stores.ts';
import { recorded } from './fake-run.ts';

async function homeWith(...databases: readonly string[]): Promise<string> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'handclasp-home-'));
  onTestFinished(() => rm(home, { recursive: true }));
  for (const folder of databases) {
    await mkdir(path.join(home, folder), { recursive: true });
    await writeFile(path.join(home, folder, 'cert9.db'), '');
  }
  return home;
}

test('each system is asked by its own programs', async () => {
  const programs = async (platform: NodeJS.Platform): Promise<string[]> => {
    const asked = new Set<string>();
    const run = async ([program = '']: readonly string[]) => {
      asked.add(program);
      return { exitCode: 1, output: '' };
    };
    await readUserStores(nodeCrypto, { platform, home: await homeWith('.pki/nssdb'), run });
    return [...asked];
  };
  expect(await programs('win32')).toEqual(['powershell']);
  expect(await programs('linux')).toEqual(['certutil']);
  expect((await programs('darwin')).sort()).toEqual(['certutil', 'security']);
});

test('on Windows it is told that Firefox may have more', async () => {
  const home = await homeWith('AppData/Roaming/Mozilla/Firefox/Profiles/x.default');
  const run = async () => ({ exitCode: 0, output: 'handclasp:eyJteSI6W10sImF1dGhvcml0aWVzIjpbXX0=' });
  const { notes } = await readUserStores(nodeCrypto, { platform: 'win32', home, run });
  expect(notes).toEqual([
    'what Firefox profile x.default holds by itself is not read on Windows; what it finds in Windows is',
  ]);
});

test('a home without any store has no certificates and nothing to tell', async () => {
  const place = { platform: 'linux', home: await homeWith(), run: recorded({}) } as const;
  expect(await readUserStores(nodeCrypto, place)).toEqual({ certificates: [], notes: [] });
});

test('a program is run as it is, its failure and its absence are told apart', async () => {
  const script = 'process.stdout.write(process.argv[1]); process.exitCode = 3';
  expect(await runProgram([process.execPath, '-e', script, '$HOME "x"'])).toEqual({
    exitCode: 3,
    output: '$HOME "x"',
  });
  expect(await runProgram(['handclasp-no-such-program'])).toMatchObject({ exitCode: 127, missing: true });
});
