import type { Host } from '../../host.ts';
import { lines } from '../../http-sys/show.ts';
import { fullPath } from '../../registry/registry.ts';
import type { CommandResult } from '../command.ts';

/** A command line of reg: the key, and what each verb takes behind it. */

export const VERBS = ['query', 'add', 'delete', 'export', 'import'] as const;
export type Verb = (typeof VERBS)[number];

export interface Call {
  readonly host: Host;
  /** As typed, for the evidence of what it wrote. */
  readonly line: string;
  /** With the root's long name. */
  readonly path: string;
  /** Options with their value, by the letter in lower case; '' for a switch. */
  readonly options: ReadonlyMap<string, string>;
  /** Second word that is no option: the file of export. */
  readonly file: string | undefined;
}

/** Options that take a value, and those that are switches. */
const OPTIONS: Readonly<Record<Exclude<Verb, 'import'>, { valued: string[]; switches: string[] }>> = {
  query: { valued: ['v'], switches: ['ve', 's', 'reg:32', 'reg:64'] },
  add: { valued: ['v', 't', 'd', 's'], switches: ['ve', 'f', 'reg:32', 'reg:64'] },
  delete: { valued: ['v'], switches: ['ve', 'va', 'f', 'reg:32', 'reg:64'] },
  export: { valued: [], switches: ['y', 'reg:32', 'reg:64'] },
};

export function readCall(
  verb: Exclude<Verb, 'import'>,
  words: readonly string[],
  host: Host,
): Call | CommandResult {
  const [key = '', ...rest] = words;
  const { valued, switches } = OPTIONS[verb];
  const options = new Map<string, string>();
  let file: string | undefined;
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i]!;
    const name = /^[/-]/.test(word) ? word.slice(1).toLowerCase() : '';
    const next = rest[i + 1];
    if (valued.includes(name) && next !== undefined && !options.has(name)) {
      options.set(name, next);
      i += 1;
    } else if (switches.includes(name) && !options.has(name)) options.set(name, '');
    else if (name === '' && verb === 'export' && file === undefined) file = word;
    else return invalidSyntax(host, verb);
  }
  const path = fullPath(key);
  if (path === null) return invalidKey(host, verb);
  const line = `reg ${verb} ${words.join(' ')}`;
  return { host, line, path, options, file };
}

/** The name that /v or /ve gives; '' for the default value, undefined when neither stands there. */
export function namedValue({ options }: Call): string | undefined {
  return options.has('ve') ? '' : options.get('v');
}

export const because = ({ line }: Pick<Call, 'line'>) => [{ source: `foreseen: ${line}` }];

export function invalidSyntax(host: Host, verb: string): CommandResult {
  return say(host, 1, 'ERROR: Invalid syntax.', `Type "REG ${verb.toUpperCase()} /?" for usage.`);
}

function invalidKey(host: Host, verb: string): CommandResult {
  return say(host, 1, 'ERROR: Invalid key name.', `Type "REG ${verb.toUpperCase()} /?" for usage.`);
}

export const done = (host: Host): CommandResult => say(host, 0, 'The operation completed successfully.');

export function notFound(host: Host): CommandResult {
  return say(host, 1, 'ERROR: The system was unable to find the specified registry key or value.');
}

export function say(host: Host, exitCode: number, ...text: readonly string[]): CommandResult {
  return { host, exitCode, output: lines(text) };
}
