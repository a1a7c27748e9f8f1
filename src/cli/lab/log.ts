import { Command } from 'commander';
import { lastLogLines } from '../../lab/w3c-log.ts';
import { escapeTerminal } from '../../report/escape.ts';
import { parse } from '../parse.ts';
import { UsageError } from '../usage.ts';
import { folderOf, type LabCommand } from './context.ts';

interface Options extends Record<string, unknown> {
  lines: string;
  state?: string;
}

const definition = () =>
  new Command('lab log')
    .description("The last lines of the site's W3C log, as IIS writes it")
    .option('-n, --lines <n>', 'how many', '10')
    .option('--state <dir>', 'the folder of its state')
    .addHelpText('after', '\nExample:\n  handclasp lab log -n 3');

export const command: LabCommand = {
  async run(argv, out, given) {
    const { options } = await parse<Options>(definition(), argv, out);
    const count = /^\d{1,6}$/.test(options.lines) ? Number(options.lines) : 0;
    if (count < 1) throw new UsageError(`--lines ${options.lines}: not a number of lines`, 'give 1 or more');
    const lines = await lastLogLines(folderOf(options.state, given), count);
    if (lines.length === 0) out.err('nothing is logged yet\n');
    for (const line of lines) out.out(`${escapeTerminal(line)}\n`);
    return 0;
  },
};
