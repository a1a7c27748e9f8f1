import { execFile } from 'node:child_process';
import type { Run } from './user-certificate.ts';

/** Runs a program of this computer, its standard input closed so that nothing can wait for a password there. */
export const runProgram: Run = ([program = '', ...args]) =>
  new Promise((resolve) => {
    const options = { windowsHide: true, timeout: 60_000, maxBuffer: 64 << 20 };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const output = stdout + stderr;
      if (!error) resolve({ exitCode: 0, output });
      else if (error.code === 'ENOENT') resolve({ exitCode: 127, output, missing: true });
      else resolve({ exitCode: typeof error.code === 'number' ? error.code : 1, output });
    });
    child.stdin?.end();
  });
