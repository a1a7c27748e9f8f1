import { Unanswered } from '../base/known.ts';
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
    const result = command && answered(() => command(args, host));
    if (!result) return onlyReads(argv) ? machine.run(argv) : unforeseeable(program);
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

/** undefined: the outcome hangs on what the model does not know. */
function answered<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof Unanswered) return undefined;
    throw error;
  }
}

const unforeseeable = (program: string): Ran => ({
  exitCode: 1,
  output: `${program}: a dry run cannot tell what it would do\r\n`,
});
