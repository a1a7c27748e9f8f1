import type { Command } from '../command.ts';

/** What `{id}` does to a host, and the source of its words. */
const command: Command = (argv, host) => ({ host, output: `{id}: unknown: ${argv.join(' ')}\r\n`, exitCode: 1 });

export default command;
