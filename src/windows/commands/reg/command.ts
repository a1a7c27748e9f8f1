import { answerOf, known, Unanswered } from '../../../base/known.ts';
import { type Host, withSchannel } from '../../host.ts';
import { lines } from '../../http-sys/show.ts';
import { SCHANNEL_KEY, SCHANNEL_VALUES } from '../../schannel/registry.ts';
import type { Command, CommandResult } from '../command.ts';

/**
 * `reg add|delete|query` on the DWORD values of the SCHANNEL key, with `/v`. Any other key ends in Unanswered:
 * the model has no place for it. The texts of reg are recalled, not from a capture.
 */
const reg: Command = (argv, host) => {
  const [verb = '', key = '', ...options] = argv;
  const run = Object.hasOwn(VERBS, verb.toLowerCase()) ? VERBS[verb.toLowerCase()] : undefined;
  const named = readOptions(options);
  if (!run || !named)
    return say(host, 1, 'ERROR: Invalid syntax.', `Type "REG ${verb.toUpperCase()} /?" for usage.`);
  if (expanded(key) !== expanded(SCHANNEL_KEY))
    throw new Unanswered(`what reg does to ${key}: not in the model`);
  const value = SCHANNEL_VALUES.find(({ name }) => name.toLowerCase() === named.v?.toLowerCase());
  if (!value) throw new Unanswered(`what reg does to the value ${named.v ?? '(all)'}: not in the model`);
  return run({ host, argv, value, options: named });
};

export default reg;

interface Options {
  readonly v?: string;
  readonly t?: string;
  readonly d?: string;
  readonly force: boolean;
}

interface Call {
  readonly host: Host;
  readonly argv: readonly string[];
  readonly value: (typeof SCHANNEL_VALUES)[number];
  readonly options: Options;
}

const VERBS: Readonly<Record<string, (call: Call) => CommandResult>> = { add, delete: remove, query };

function add({ host, argv, value, options }: Call): CommandResult {
  const data = /^(\d{1,10}|0x[0-9a-f]{1,8})$/i.test(options.d ?? '') ? Number(options.d) : Number.NaN;
  if (options.t?.toUpperCase() !== 'REG_DWORD' || !(data <= 0xffffffff))
    return say(host, 1, 'ERROR: Invalid syntax.');
  // Without /f it asks before it overwrites, and nobody answers here.
  if (!options.force && answerOf(host.schannel[value.leaf]) !== undefined)
    return say(host, 1, `Value ${value.name} exists, overwrite(Yes/No)?`);
  const because = [{ source: `foreseen: reg ${argv.join(' ')}` }];
  return done(withSchannel(host, { [value.leaf]: known(data, because) }));
}

function remove({ host, argv, value, options }: Call): CommandResult {
  if (answerOf(host.schannel[value.leaf]) === undefined) return notFound(host);
  if (!options.force) return say(host, 1, `Delete the registry value ${value.name} (Yes/No)?`);
  const because = [{ source: `foreseen: reg ${argv.join(' ')}` }];
  return done(withSchannel(host, { [value.leaf]: known(undefined, because) }));
}

function query({ host, value }: Call): CommandResult {
  const data = answerOf(host.schannel[value.leaf]);
  if (data === undefined) return notFound(host);
  return say(
    host,
    0,
    '',
    expanded(SCHANNEL_KEY, false),
    `    ${value.name}    REG_DWORD    0x${data.toString(16)}`,
    '',
  );
}

const done = (host: Host): CommandResult => say(host, 0, 'The operation completed successfully.');

function notFound(host: Host): CommandResult {
  return say(host, 1, 'ERROR: The system was unable to find the specified registry key or value.');
}

function say(host: Host, exitCode: number, ...text: readonly string[]): CommandResult {
  return { host, exitCode, output: lines(text) };
}

/** The root's long name, and for comparison no case. */
function expanded(key: string, folded = true): string {
  const full = key.replace(/^HKLM(?=\\)/i, 'HKEY_LOCAL_MACHINE').replace(/\\$/, '');
  return folded ? full.toLowerCase() : full;
}

function readOptions(words: readonly string[]): Options | null {
  const read: Record<string, string> = {};
  let force = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!.toLowerCase();
    const next = words[i + 1];
    if (word === '/f') force = true;
    else if (/^\/[vtd]$/.test(word) && next !== undefined) {
      read[word[1]!] = next;
      i += 1;
    } else return null;
  }
  return { ...read, force };
}
