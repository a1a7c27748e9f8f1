import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import scenario from '../../src/lab/scenarios/renewal-lost-ctl-store.ts';
import { setUp } from '../../src/lab/set-up.ts';
import { handclasp } from '../support/cli.ts';

test('a repair that nothing on the wire bears out is not called proven', async () => {
  const home = await mkdtemp(path.join(os.tmpdir(), 'handclasp-unproven-'));
  try {
    const folder = path.join(home, 'lab');
    await setUp(folder, scenario, { port: 1, now: Date.now(), broken: true });
    const env = { HOME: home, HANDCLASP_STATE: home };
    const fixed = await handclasp(['fix', '--lab', '--state', folder, '--apply'], { env });
    expect(fixed.out).toContain('applied and read back');
    expect(fixed.out).toContain('NOT proven on the wire');
    expect(fixed.code).toBe(2);
    expect(await readFile(path.join(home, 'journal.jsonl'), 'utf8')).toContain('"ending":"applied"');
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
