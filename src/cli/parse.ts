import { type Command, CommanderError, type OptionValues } from 'commander';
import type { Output } from './print.ts';
import { Shown, UsageError } from './usage.ts';

/** Parses one command's arguments; wrong use becomes a UsageError, --help goes to stdout. */
export async function parse<O extends OptionValues>(
  command: Command,
  argv: string[],
  out: Output,
): Promise<{ args: string[]; options: O }> {
  command.name(`handclasp ${command.name()}`).exitOverride().showHelpAfterError(false);
  command.configureOutput({ writeOut: (text) => out.out(text), writeErr: () => {} });
  command.action(() => {});
  try {
    await command.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) throw new Shown();
    throw new UsageError(error.message.replace(/^error: /, ''), `${command.name()} --help shows the options`);
  }
  return { args: command.args, options: command.opts<O>() };
}
