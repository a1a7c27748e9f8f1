import { execFile } from 'node:child_process';
import path from 'node:path';

export const CLI = path.join(import.meta.dirname, '../../dist/handclasp.js');

export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the real command and waits for its end; never rejects on an exit code. */
export function handclasp(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<CliRun> {
  const env = { ...process.env, NO_COLOR: '1', ...options.env };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [CLI, ...args],
      { env, timeout: 60_000, maxBuffer: 64 << 20, ...(options.cwd ? { cwd: options.cwd } : {}) },
      (error, out, err) => {
        const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
        resolve({ code, out, err });
      },
    );
  });
}
