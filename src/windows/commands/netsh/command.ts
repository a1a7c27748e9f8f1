import { Unanswered } from '../../../base/known.ts';
import { BUILDS } from '../../builds.ts';
import type { Host } from '../../host.ts';
import type { Command, CommandResult } from '../command.ts';
import { addSslcert } from './add.ts';
import { contextHelp } from './contexts.ts';
import { deleteSslcert } from './delete.ts';
import { verbHelp } from './help.ts';
import { say, unknownCommand } from './messages.ts';
import { showSslcert } from './show.ts';
import { updateSslcert } from './update.ts';
import type { Verb } from './usage.ts';
import { winhttp } from './winhttp.ts';
import { isHelp, word } from './words.ts';

const VERBS: Readonly<Record<Verb, Command>> = {
  show: showSslcert,
  add: addSslcert,
  update: updateSslcert,
  delete: deleteSslcert,
};

/**
 * `netsh http show|add|update|delete sslcert` (domain 1.4, 1.5) and `netsh winhttp show proxy`. Whatever else the
 * two contexts have ends in Unanswered, other contexts are not known.
 */
const netsh: Command = (argv, host, context) => {
  if (argv.length === 0)
    throw new Unanswered(
      'what is typed to netsh itself: give the whole command on one line, netsh http show sslcert',
    );
  const [first = '', verb = '', object = '', ...rest] = argv;
  const name = word(first, ['http', 'winhttp']);
  if (name === 'winhttp') return winhttp(argv.slice(1), host);
  if (name !== 'http') return isHelp(first) ? contextHelp(host, []) : unknownCommand(argv, host);
  if (verb === '' || isHelp(verb)) return contextHelp(host, ['http']);
  return http(argv, { verb, object, rest }, host, context);
};

export default Object.assign(netsh, {
  unverified: [
    'the texts of update and delete (from scripts and notes)',
    'exit codes: 1 for every failure; 0 for a fault of syntax on Server 2019 alone was seen',
    'the explanations in its help are ours',
    'the text of winhttp show proxy (recalled)',
    'German words behind the first five labels',
  ],
});

function http(
  argv: readonly string[],
  { verb, object, rest }: { verb: string; object: string; rest: string[] },
  host: Host,
  context: Parameters<Command>[2],
): CommandResult {
  const chosen = word(verb, verbsOf(host));
  if (chosen === undefined) return unmodelledVerb(argv, verb, host);
  if (object === '' || isHelp(object)) return contextHelp(host, ['http', chosen]);
  if (word(object, OBJECTS[chosen]) !== 'sslcert') return unmodelledObject(argv, chosen, object, host);
  const asksHelp = rest.length > 0 && isHelp(rest.at(-1)!);
  return asksHelp ? say(host, 0, verbHelp(chosen, host)) : VERBS[chosen](rest, host, context);
}

/** A host of unknown build is taken to know `update`: the plan decides whether to use it. */
function verbsOf(host: Host): Verb[] {
  const knowsUpdate = host.build.is !== 'known' || BUILDS[host.build.value].netshUpdate;
  return (Object.keys(VERBS) as Verb[]).filter((one) => one !== 'update' || knowsUpdate);
}

/** What each verb takes ([NETSH]); sslcert first, which `ssl` means too. */
const OBJECTS: Readonly<Record<Verb, readonly string[]>> = {
  show: ['sslcert', 'servicestate', 'urlacl', 'iplisten', 'timeout', 'setting', 'cacheparam', 'cachestate'],
  add: ['sslcert', 'urlacl', 'iplisten', 'timeout', 'cacheparam', 'setting'],
  update: ['sslcert', 'sslpropertyex'],
  delete: ['sslcert', 'urlacl', 'iplisten', 'timeout', 'cache', 'setting'],
};

function unmodelledObject(argv: readonly string[], verb: Verb, object: string, host: Host): CommandResult {
  const name = word(object, OBJECTS[verb]);
  if (name === undefined) return unknownCommand(argv, host);
  throw new Unanswered(
    `what netsh http ${verb} ${name} does: the lab keeps the SSL records of http.sys and nothing else of it`,
  );
}

function unmodelledVerb(argv: readonly string[], verb: string, host: Host): CommandResult {
  const name = word(verb, ['dump', 'flush']);
  if (name === undefined) return unknownCommand(argv, host);
  throw new Unanswered(`what netsh http ${name} does: not in the model`);
}
