import type { Command } from '../windows/commands/command.ts';
import type { Host } from '../windows/host.ts';
import { type Machine, onlyReads, type Ran } from './machine.ts';

/**
 * The same door with nothing behind it: changes are carried out on the model of the host, and from then on
 * the model answers. So applying can be rehearsed, reading back included.
 */
export function dryRun(
  machine: Machine,
  model: Host,
  commands: Readonly<Record<string, Command>>,
): { readonly machine: Machine; host(): Host; ran(): readonly (readonly string[])[] } {
  let host = model;
  const ran: (readonly string[])[] = [];

  async function run(argv: readonly string[]): Promise<Ran> {
    const [program = '', ...args] = argv;
    if (!onlyReads(argv)) ran.push([...argv]);
    const command = Object.hasOwn(commands, program) ? commands[program] : undefined;
    if (!command) return onlyReads(argv) ? machine.run(argv) : unforeseeable(program);
    const result = command(args, host);
    host = result.host;
    return { exitCode: result.exitCode, output: result.output };
  }

  return {
    host: () => host,
    ran: () => [...ran],
    machine: {
      title: `${machine.title}, rehearsed`,
      canWrite: true,
      run,
      collect: () => machine.collect(),
    },
  };
}

const unforeseeable = (program: string): Ran => ({
  exitCode: 1,
  output: `${program}: a dry run cannot tell what it would do\r\n`,
});
