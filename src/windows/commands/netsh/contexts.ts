import type { Host } from '../../host.ts';
import type { CommandResult } from '../command.ts';
import { say } from './messages.ts';

/** What there is at each step of a command line; of netsh itself only what the lab takes is listed. */
const STEPS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  '': [
    ['http', 'SSL records of http.sys'],
    ['winhttp', 'the proxy of services'],
  ],
  http: [
    ['add sslcert', 'makes a record'],
    ['delete sslcert', 'takes a record away'],
    ['show sslcert', 'lists the records, or one'],
    ['update sslcert', 'changes a record (Windows Server 2019 and later)'],
  ],
  'http show': [['show sslcert', 'lists the records, or one']],
  'http add': [['add sslcert', 'makes a record']],
  'http delete': [['delete sslcert', 'takes a record away']],
  'http update': [['update sslcert', 'changes a record']],
  winhttp: [['show proxy', 'the proxy of services']],
};

export function contextHelp(host: Host, context: readonly string[]): CommandResult {
  const rows = STEPS[context.join(' ')] ?? [];
  const width = Math.max(...rows.map(([name]) => name.length));
  const where = context.length === 0 ? '' : ` in the context ${context[0]}`;
  return say(host, 0, [
    `The following commands are available${where} (of the lab):`,
    '',
    ...rows.map(([name, about]) => `${name.padEnd(width)} - ${about}`),
    '',
    'To view help for a command, type the command, followed by a space, and then type ?.',
  ]);
}
