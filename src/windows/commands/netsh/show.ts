import { answerOf } from '../../../base/known.ts';
import { bindingByKey, type Host } from '../../host.ts';
import { lines, showBindings, showHeader } from '../../http-sys/show.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { incorrect, NOT_FOUND, wrongSyntax } from './messages.ts';
import { parseArguments } from './parse.ts';

/** `netsh http show sslcert [key]` (domain 2.1). `json=` has no public sample and is not taken. */
export function showSslcert(
  argv: readonly string[],
  host: Host,
  { language = 'en' }: CommandContext = {},
): CommandResult {
  const parsed = parseArguments(argv, host, 'key');
  if (parsed.is === 'syntax') return wrongSyntax('show', host);
  if (parsed.is !== 'parsed') return incorrect(host);
  const build = host.build.is === 'known' ? host.build.value : undefined;
  if (!parsed.key)
    return { host, exitCode: 0, output: showBindings(answerOf(host.bindings), build, language) };
  const record = answerOf(bindingByKey(host, parsed.key));
  if (!record) return { host, exitCode: 1, output: lines([...showHeader(language), NOT_FOUND, '']) };
  return { host, exitCode: 0, output: showBindings([record], build, language) };
}
