import { numbersOf } from '../../../codes/numbers.ts';
import type { Host } from '../../host.ts';
import { lines } from '../../http-sys/show.ts';
import { systemMessage } from '../../system-messages.ts';
import type { CommandContext, CommandResult, WrittenFile } from '../command.ts';

/** How certutil ends: a line that says so, and an exit code that is the HRESULT (domain 8.5). */

/** Codes that the modelled verbs end with, and what stands in the parentheses. */
const FAILURES = {
  notFound: { code: 0x8009_2004, symbol: 'CRYPT_E_NOT_FOUND' },
  noFile: { code: 0x8007_0002, symbol: 'ERROR_FILE_NOT_FOUND' },
  badData: { code: 0x8007_000d, symbol: 'ERROR_INVALID_DATA' },
  badParameter: { code: 0x8007_0057, symbol: 'ERROR_INVALID_PARAMETER' },
} as const;
export type Failure = keyof typeof FAILURES;

export interface Said {
  readonly host: Host;
  readonly verb: string;
  readonly context: CommandContext;
}

export function completed(
  { host, verb, context }: Said,
  text: readonly string[],
  written: readonly WrittenFile[] = [],
): CommandResult {
  const end =
    context.language === 'de'
      ? `CertUtil: -${verb}-Befehl wurde erfolgreich ausgeführt.`
      : `CertUtil: -${verb} command completed successfully.`;
  const output = lines([...text, end]);
  return { host, exitCode: 0, output, ...(written.length > 0 ? { written } : {}) };
}

export function failed({ host, verb }: Said, failure: Failure, text: readonly string[] = []): CommandResult {
  const { code, symbol } = FAILURES[failure];
  const message = systemMessage(code);
  const end = [
    `CertUtil: -${verb} command FAILED: ${decorated(code, symbol)}`,
    ...(message ? [`CertUtil: ${message}`] : []),
  ];
  return { host, exitCode: numbersOf(code).signed, output: lines([...text, ...end]) };
}

/** '0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)', '0x80092004 (-2146885628 CRYPT_E_NOT_FOUND)'. */
export function decorated(code: number, symbol: string): string {
  const { hex, signed } = numbersOf(code);
  return code >>> 16 === 0x8007
    ? `${hex} (WIN32: ${code & 0xffff} ${symbol})`
    : `${hex} (${signed} ${symbol})`;
}

/** *unverified*: how the verbs complain of too few or too many arguments is recalled. */
export function wrongCount(said: Said, wanted: string, got: number): CommandResult {
  const problem = wanted.includes('at least') ? 'Missing argument' : 'Too many arguments';
  const text = [`Expected ${wanted} args, received ${got}`, `CertUtil: ${problem}`];
  return { host: said.host, exitCode: numbersOf(FAILURES.badParameter.code).signed, output: lines(text) };
}
