import { Command } from 'commander';
import { labStatus } from '../../app/lab.ts';
import { parse } from '../parse.ts';
import { folderOf, type LabCommand, sayVariants } from './context.ts';

const definition = () =>
  new Command('lab status')
    .description('What runs, and what the host is like')
    .option('--state <dir>', 'the folder of its state')
    .addHelpText(
      'after',
      '\nExample:\n  handclasp lab status\n\nExit codes: 0 it runs, 1 it does not, 2 there is no lab.',
    );

export const command: LabCommand = {
  async run(argv, out, given) {
    const { options } = await parse<{ state?: string }>(definition(), argv, out);
    const folder = folderOf(options.state, given);
    const { title, url, running, variants } = await labStatus(folder);
    const ports = running?.ports.map(({ port, problem }) => `  port ${port}: ${problem ?? 'open'}\n`) ?? [];
    out.out(
      `${title}\n  state: ${folder}\n  site: ${url}\n` +
        `  ${running ? `runs as process ${running.pid} since ${running.startedAt}` : 'does not run: handclasp lab up'}\n` +
        ports.join('') +
        sayVariants(variants),
    );
    return running ? 0 : 1;
  },
};
