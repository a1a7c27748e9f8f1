import { Unanswered } from '../../../base/known.ts';
import type { Host } from '../../host.ts';
import type { Command, CommandResult } from '../command.ts';
import { listConfig, setConfig } from './access.ts';
import { listSite, setSite } from './site.ts';
import { readWords, said, type Words } from './words.ts';

/** `appcmd list|set site` and `appcmd list|set config … -section:access` (domain 5.3; appcmd's own texts recalled). */
const appcmd: Command = (argv, host) => {
  const [verb = '', kind = '', ...rest] = argv;
  const asked = `${verb} ${kind}`.toLowerCase().replace('sites', 'site');
  const run = Object.hasOwn(VERBS, asked) ? VERBS[asked] : undefined;
  if (run) return run(readWords(rest), host);
  if (/^(?:list|set|add|delete|start|stop|search|reset|lock|unlock|clear|migrate)$/i.test(verb))
    throw new Unanswered(
      `what appcmd ${verb} ${kind} does: the lab lists and sets sites and the section access`,
    );
  return said(host, 1, 'Failed to process input: The command was not recognized; appcmd list site is one.');
};

export default Object.assign(appcmd, { unverified: ['the texts of its errors (recalled, shortened)'] });

type Run = (words: Words, host: Host) => CommandResult;

const VERBS: Readonly<Record<string, Run>> = {
  'list site': listSite,
  'set site': setSite,
  'list config': listConfig,
  'set config': setConfig,
};
