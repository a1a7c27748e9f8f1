import { BUILDS } from '../../builds.ts';
import type { Host } from '../../host.ts';
import type { Command } from '../command.ts';
import { addSslcert } from './add.ts';
import { deleteSslcert } from './delete.ts';
import { unknownCommand } from './messages.ts';
import { showSslcert } from './show.ts';
import { updateSslcert } from './update.ts';
import type { Verb } from './usage.ts';

const VERBS: Readonly<Record<Verb, Command>> = {
  show: showSslcert,
  add: addSslcert,
  update: updateSslcert,
  delete: deleteSslcert,
};

/** `netsh http show|add|update|delete sslcert` (domain 1.4, 1.5); the rest of netsh is not modelled. */
const netsh: Command = (argv, host) => {
  const [context, verb, object, ...rest] = argv;
  const isSslcert = context?.toLowerCase() === 'http' && object?.toLowerCase() === 'sslcert';
  const name = verb?.toLowerCase() ?? '';
  if (!isSslcert || !isVerb(name) || !knowsVerb(host, name)) return unknownCommand(argv, host);
  return VERBS[name](rest, host);
};

export default netsh;

const isVerb = (name: string): name is Verb => Object.hasOwn(VERBS, name);

/** A host of unknown build is taken to know `update`: the plan decides whether to use it. */
function knowsVerb(host: Host, verb: Verb): boolean {
  return verb !== 'update' || host.build.is !== 'known' || BUILDS[host.build.value].netshUpdate;
}
