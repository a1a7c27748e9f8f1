import { Command } from 'commander';
import { collectLab } from '../../app/lab.ts';
import { parse } from '../parse.ts';
import { folderOf, type LabCommand, quoted } from './context.ts';

const definition = () =>
  new Command('lab collect')
    .description(
      'Write what an administrator would collect on such a host: netsh text, registry export, stores, configuration, logs',
    )
    .argument('<dir>', 'where to; it is made when it is not there')
    .option('--state <dir>', 'the folder of its state')
    .addHelpText('after', '\nExample:\n  handclasp lab collect evidence && handclasp examine evidence');

export const command: LabCommand = {
  async run(argv, out, given) {
    const { args, options } = await parse<{ state?: string }>(definition(), argv, out);
    const into = args[0]!;
    const names = await collectLab(folderOf(options.state, given), into);
    out.out(`${names.length} files in ${into}: ${names.join(', ')}\n`);
    out.err(`next: handclasp examine ${quoted(into)}\n`);
    return 0;
  },
};
