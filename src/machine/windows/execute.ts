import { execFile } from 'node:child_process';

export interface Executed {
  readonly exitCode: number;
  /** As the program wrote it, in the console's code page. */
  readonly out: Buffer;
  readonly err: Buffer;
  /** Why the program could not be run, or was ended. */
  readonly problem: string;
}

/** No shell in between: arguments reach the program as they are. */
export function execute(program: string, args: readonly string[]): Promise<Executed> {
  const options = {
    windowsHide: true,
    timeout: 120_000,
    maxBuffer: 256 << 20,
    encoding: 'buffer',
  } as const;
  return new Promise((resolve) => {
    execFile(program, args, options, (error, out, err) => {
      if (!error) resolve({ exitCode: 0, out, err, problem: '' });
      else if (typeof error.code === 'number') resolve({ exitCode: error.code, out, err, problem: '' });
      else resolve({ exitCode: 1, out, err, problem: error.message });
    });
  });
}

/** The first words that a program said of its failure. */
export function complaintOf({ out, err, problem, exitCode }: Executed): string {
  const said = (err.length > 0 ? err : out).toString('latin1').trim();
  return (problem || said.slice(0, 500) || `exit code ${exitCode}`).replace(/\s+/g, ' ');
}
