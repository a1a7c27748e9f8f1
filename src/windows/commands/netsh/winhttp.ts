import { Unanswered } from '../../../base/known.ts';
import type { Host } from '../../host.ts';
import { keyOf } from '../../registry/registry.ts';
import type { CommandResult } from '../command.ts';
import { contextHelp } from './contexts.ts';
import { say, unknownCommand } from './messages.ts';
import { isHelp, word } from './words.ts';

/** Where WinHTTP's own proxy setting lies; without it there is none. */
const SETTINGS =
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections';

/** `netsh winhttp show proxy`: the proxy that downloads of CRLs by services go through. The text is recalled. */
export function winhttp(argv: readonly string[], host: Host): CommandResult {
  const [verb = '', object = '', ...rest] = argv;
  if (verb === '' || isHelp(verb)) return contextHelp(host, ['winhttp']);
  const chosen = word(verb, ['show', 'set', 'reset', 'import', 'dump']);
  const isShow = chosen === 'show';
  if (chosen === undefined || (isShow && (word(object, ['proxy']) === undefined || rest.length > 0)))
    return unknownCommand(['winhttp', ...argv], host);
  if (!isShow) throw new Unanswered(`what netsh winhttp ${chosen} does: the lab has no proxy`);
  const isSet = host.registry
    ?.get(keyOf(SETTINGS))
    ?.values.some(({ name }) => /^winhttpsettings$/i.test(name));
  if (!host.registry || isSet)
    throw new Unanswered('the WinHTTP proxy of the host (`netsh winhttp show proxy`)');
  return say(host, 0, ['Current WinHTTP proxy settings:', '', '    Direct access (no proxy server).']);
}
