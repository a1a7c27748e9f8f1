import { Command } from 'commander';
import { renew } from '../../lab/set-up.ts';
import { rebinders } from '../../windows/rebinders/index.ts';
import { parse } from '../parse.ts';
import { UsageError } from '../usage.ts';
import { folderOf, type LabCommand } from './context.ts';

interface Options extends Record<string, unknown> {
  with: string;
  state?: string;
}

const definition = () =>
  new Command('lab renew')
    .description('Renew the server certificate and bind it to the records the way that a tool does it')
    .option('--with <tool>', `the tool: ${rebinders.map((one) => one.id).join(', ')}`, 'iis-manager')
    .option('--state <dir>', 'the folder of its state')
    .addHelpText(
      'after',
      `
Examples:
  handclasp lab renew
  handclasp lab renew --with iis-manager && handclasp lab netsh http show sslcert

Exit codes: 0 done, 2 there is no lab, 64 wrong use.`,
    );

export const command: LabCommand = {
  async run(argv, out, given) {
    const { options } = await parse<Options>(definition(), argv, out);
    const rebinder = rebinders.find((one) => one.id === options.with);
    if (!rebinder) {
      const ids = rebinders.map((one) => one.id).join(', ');
      throw new UsageError(`--with ${options.with}: no such tool`, `one of ${ids}`);
    }
    const { thumbprint, lost } = await renew(folderOf(options.state, given), rebinder, Date.now());
    out.out(`The server certificate is now ${thumbprint}, bound as ${rebinder.title} does it.\n`);
    for (const { key, field, was, is } of lost) out.out(`  ${key}  ${field}: ${was} -> ${is}\n`);
    return 0;
  },
};
