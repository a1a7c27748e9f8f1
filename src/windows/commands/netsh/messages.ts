import type { Host } from '../../host.ts';
import { lines } from '../../http-sys/show.ts';
import { SYSTEM_MESSAGES } from '../../system-messages.ts';
import type { CommandResult } from '../command.ts';
import { verbHelp } from './help.ts';
import type { Verb } from './usage.ts';

/** What netsh says (domain 1.5), framed by empty lines. Texts of Win32 errors are those of FormatMessage. */

/** How each verb reports; the texts of update and delete are from public scripts and notes, not from a capture. */
const DOING: Readonly<Record<'add' | 'update' | 'delete', { done: string; failed: string }>> = {
  add: { done: 'added', failed: 'add' },
  update: { done: 'updated', failed: 'update' },
  delete: { done: 'deleted', failed: 'deletion' },
};

export function done(verb: keyof typeof DOING, host: Host): CommandResult {
  return say(host, 0, [`SSL Certificate successfully ${DOING[verb].done}`]);
}

export function failed(verb: keyof typeof DOING, error: 2 | 183 | 1312, host: Host): CommandResult {
  return say(host, 1, [
    `SSL Certificate ${DOING[verb].failed} failed, Error: ${error}`,
    SYSTEM_MESSAGES[error] ?? '',
  ]);
}

export function incorrect(host: Host): CommandResult {
  return say(host, 1, [SYSTEM_MESSAGES[87]!]);
}

export const NOT_FOUND = SYSTEM_MESSAGES[2]!;

/**
 * A parameter is missing, foreign or given twice. Server 2019 returned 0 although it did nothing (domain 1.5
 * [TOK]); the code of the others is taken to be 1, as for every failure of netsh.
 */
export function wrongSyntax(verb: Verb, host: Host): CommandResult {
  const build = host.build.is === 'known' ? host.build.value : undefined;
  return say(host, build === '2019' ? 0 : 1, [
    'One or more essential parameters were not entered.',
    'Verify the required parameters, and reenter them.',
    'The syntax supplied for this command is not valid. Check help for the correct syntax.',
    '',
    ...verbHelp(verb, host),
  ]);
}

export function unknownCommand(argv: readonly string[], host: Host): CommandResult {
  return say(host, 1, [`The following command was not found: ${argv.join(' ')}.`]);
}

export function say(host: Host, exitCode: number, text: readonly string[]): CommandResult {
  return { host, exitCode, output: lines(['', ...text, '']) };
}
