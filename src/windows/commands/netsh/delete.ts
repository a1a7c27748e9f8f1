import { answerOf } from '../../../base/known.ts';
import { bindingByKey, type Host, withoutBinding } from '../../host.ts';
import type { CommandResult } from '../command.ts';
import { done, failed, incorrect, wrongSyntax } from './messages.ts';
import { parseArguments } from './parse.ts';

/** `netsh http delete sslcert`: takes the key alone. */
export function deleteSslcert(argv: readonly string[], host: Host): CommandResult {
  const parsed = parseArguments(argv, host, 'key');
  if (parsed.is === 'incorrect') return incorrect(host);
  if (parsed.is !== 'parsed' || !parsed.key) return wrongSyntax('delete', host);
  if (!answerOf(bindingByKey(host, parsed.key))) return failed('delete', 2, host);
  return done('delete', withoutBinding(host, parsed.key));
}
