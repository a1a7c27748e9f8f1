import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * The real incidents of test/incidents: evidence files of each, and of its healthy twin, are given to the real command.
 * Scores the right cause first, among the first three, wrong alarms, and what cannot be told. No timing.
 */
export default async function cases(name) {
  const folder = mkdtempSync(path.join(tmpdir(), 'handclasp-bench-'));
  try {
    const program = path.join(folder, 'score-cases.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('score-cases.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'warning',
    });
    const { scoreCases } = await import(program);
    const here = fileURLToPath(new URL('..', import.meta.url));
    const folders = process.env.HANDCLASP_INCIDENTS?.split(path.delimiter) ?? [
      path.join(here, 'test/incidents/dev'),
    ];
    for (const one of folders) scoreCases(name, one, path.join(here, 'dist/handclasp.js'), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
