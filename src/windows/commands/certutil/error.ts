import { numbersOf, readNumber } from '../../../codes/numbers.ts';
import { systemMessage } from '../../system-messages.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { completed, failed, type Said, wrongCount } from './messages.ts';

/**
 * `certutil -error CODE` (domain 9.1): decimal, signed or hex. The form for an HRESULT that wraps no Win32 code is
 * *unverified*.
 */
export function error(said: Said, args: readonly string[]): CommandResult {
  const [text, ...more] = args;
  if (text === undefined) return wrongCount(said, 'at least 1', 0);
  if (more.length > 0) return wrongCount(said, 'no more than 1', args.length);
  const code = readNumber(text);
  if (code === null) return failed(said, 'badParameter');
  const { unsigned, signed, hex } = numbersOf(code);
  const shown = code < 0x1_0000 ? `0x${code.toString(16)}` : hex;
  return completed(said, [
    `${shown} (${meaning(code, said.context)}) -- ${unsigned} (${signed})`,
    `Error message text: ${systemMessage(code) ?? `(the lab has no text of Windows for it: handclasp explain ${shown})`}`,
  ]);
}

function meaning(code: number, { names }: CommandContext): string {
  const { signed, hex } = numbersOf(code);
  const symbol = (table: 'win32' | 'hresult' | 'ntstatus', number: number): string =>
    names?.of(table, number)[0] ?? '';
  const low = code & 0xffff;
  if (code < 0x1_0000 || code >>> 16 === 0x8007) return `WIN32: ${low} ${symbol('win32', low)}`.trimEnd();
  const name = symbol('hresult', code);
  if (name === '' && code >>> 30 === 3) return `NT: ${hex} ${symbol('ntstatus', code)}`.trimEnd();
  return `${signed} ${name}`.trimEnd();
}
