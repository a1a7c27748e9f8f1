import type { Ran } from '../../machine/machine.ts';
import { escapeTerminal } from '../../report/escape.ts';
import type { Output } from '../print.ts';

/** Prints what a command of the lab said. Names of certificates and stores in it are not ours. */
export function sayRan({ output }: Ran, out: Output): void {
  const lines = output.replaceAll('\r\n', '\n').split('\n');
  out.out(lines.map(escapeTerminal).join('\n'));
}

/** Windows has exit codes of 32 bits, this system of 8: what is not 0 stays so. */
export function exitCodeOf({ exitCode }: Ran): number {
  return exitCode >= 0 && exitCode < 256 ? exitCode : 1;
}
