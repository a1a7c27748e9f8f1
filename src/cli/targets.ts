import { readFile } from 'node:fs/promises';
import { exitCodeOf, inParallel } from '../app/why.ts';
import { escapeTerminal, jsonPieces } from '../report/escape.ts';
import type { WhyReport } from '../report/why.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';

/**
 * Asks each address of a file, one a line ('-': stdin), and prints one JSON document a line as they come. A line
 * that is no address is told on stderr and left out. Returns the worst exit code.
 */
export async function askTargets(
  file: string,
  parallel: number,
  ask: (address: string) => Promise<WhyReport>,
  out: Output,
): Promise<number> {
  const targets = targetsIn(await textOf(file));
  if (targets.length === 0)
    throw new UsageError(`${file}: no address in it`, 'give one a line; # starts a comment');
  const codes = await inParallel(targets, parallel, async ({ address, line }) => {
    try {
      const report = await ask(address);
      await out.pieces(lineOf(report));
      return exitCodeOf(report);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      out.err(`handclasp: ${escapeTerminal(`${file}:${line}: ${error.message}; ${error.hint}`)}\n`);
      return 2;
    }
  });
  return Math.max(...codes);
}

function* lineOf(report: WhyReport): Generator<string> {
  yield* jsonPieces(report, 0);
  yield '\n';
}

async function textOf(file: string): Promise<string> {
  if (file === '-') return standardInput();
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'no such file' : 'cannot be read';
    throw new UsageError(`${file}: ${why}`, 'give a file with one address a line, or - for stdin', 2);
  });
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function targetsIn(text: string): { address: string; line: number }[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  return lines.flatMap((content, i) => {
    const address = content.replace(/(?:^|\s)#.*$/, '').trim();
    return address === '' ? [] : [{ address, line: i + 1 }];
  });
}
