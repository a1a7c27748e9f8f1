import type { Command, CommandContext, CommandResult } from '../command.ts';
import { add } from './add.ts';
import { type Call, invalidSyntax, readCall, VERBS, type Verb } from './call.ts';
import { exportKey, importFile } from './files.ts';
import { query } from './query.ts';
import { remove } from './remove.ts';
import { usage } from './usage.ts';

/**
 * `reg query|add|delete|export|import` on the registry of the model: what Schannel reads, a view of records and
 * stores, and whatever else was written there. A key of which the model cannot tell whether Windows has it ends in
 * Unanswered. Where no sample is cited the texts of reg are recalled: *unverified*.
 */
const reg: Command = (argv, host, context = {}) => {
  const [first = '', ...rest] = argv;
  const verb = first.toLowerCase();
  if (verb === '' || verb === '/?') return usage(host);
  if (!isVerb(verb)) return invalidSyntax(host, first);
  if (rest.includes('/?')) return usage(host, verb);
  if (verb === 'import') return importFile(rest, host, context);
  const call = readCall(verb, rest, host);
  return 'exitCode' in call ? call : RUNS[verb](call, context);
};

export default Object.assign(reg, {
  unverified: [
    'the texts of its errors and questions (recalled)',
    'whether a key without values stands above its subkeys',
    'the names of the two CTL values of a record, and where records of the scoped central store lie',
  ],
});

const isVerb = (name: string): name is Verb => (VERBS as readonly string[]).includes(name);

const RUNS: Readonly<
  Record<Exclude<Verb, 'import'>, (call: Call, context: CommandContext) => CommandResult>
> = { query, add, delete: remove, export: exportKey };
