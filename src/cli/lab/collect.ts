import { Command } from 'commander';
import { collectLab } from '../../app/lab.ts';
import { probe } from '../../net/probe.ts';
import { nodeCrypto } from '../../platform/crypto.ts';
import { parse } from '../parse.ts';
import { VERSION } from '../version.ts';
import { folderOf, type LabCommand, quoted } from './context.ts';

const definition = () =>
  new Command('lab collect')
    .description(
      'Write what an administrator would collect on such a host: netsh text, registry export, stores, configuration, logs; and, while the lab runs, what its records show on the wire',
    )
    .argument('<dir>', 'where to; it is made when it is not there')
    .option('--state <dir>', 'the folder of its state')
    .addHelpText('after', '\nExample:\n  handclasp lab collect evidence && handclasp examine evidence');

export const command: LabCommand = {
  async run(argv, out, given) {
    const { args, options } = await parse<{ state?: string }>(definition(), argv, out);
    const into = args[0]!;
    const names = await collectLab(folderOf(options.state, given), into, {
      digest: nodeCrypto,
      probe,
      now: Date.now(),
      version: VERSION,
    });
    out.out(`${names.length} files in ${into}: ${names.join(', ')}\n`);
    out.err(`next: handclasp examine ${quoted(into)}\n`);
    return 0;
  },
};
