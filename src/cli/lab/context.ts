import path from 'node:path';
import type { LabStatus } from '../../app/lab.ts';
import { defaultFolder, NoLab } from '../../lab/state.ts';
import type { Output } from '../print.ts';
import { UsageError } from '../usage.ts';

/** What every lab command is given: where the lab lies and where its words go. */
export interface LabCommand {
  run(argv: string[], out: Output, folder: string): Promise<number>;
}

/** --state given to the command itself goes before the one before it. */
export function folderOf(state: string | undefined, folder: string): string {
  return state === undefined ? folder : path.resolve(state);
}

/** `--state DIR` in front of the command's name; the rest is the command's. */
export function takeState(argv: readonly string[]): { folder: string; rest: string[] } {
  const [first = '', second, ...others] = argv;
  if (first.startsWith('--state=')) {
    return { folder: path.resolve(first.slice('--state='.length)), rest: argv.slice(1) };
  }
  if (first !== '--state') return { folder: path.resolve(defaultFolder()), rest: [...argv] };
  if (second === undefined) throw new UsageError('--state without a folder', 'handclasp lab --state DIR …');
  return { folder: path.resolve(second), rest: others };
}

/** A lab that is not there, damaged or busy is told in one line. */
export function toUsageError(error: unknown): unknown {
  if (!(error instanceof NoLab)) return error;
  const hints = {
    absent: 'handclasp lab up makes one',
    damaged: 'handclasp lab up --fresh makes it anew',
    busy: 'end that one with Ctrl-C, or take another folder with --state DIR',
  } as const;
  return new UsageError(error.message, hints[error.reason], 2);
}

/** A path as a POSIX shell takes it. */
export function quoted(path: string): string {
  return /^[\w@%+=:,./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** What the lab goes by where nobody outside Microsoft knows for sure. */
export function sayVariants(variants: LabStatus['variants']): string {
  if (variants.length === 0) return '';
  const lines = variants.map(
    ({ question, says, confidence, source }) => `  ${question}\n    ${says} (${confidence}: ${source})\n`,
  );
  return `Where sources differ it goes by:\n${lines.join('')}`;
}
