import { Command, type OptionValues } from 'commander';
import { examine, exitCodeOf } from '../app/examine.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import { sourcesIn, Unreadable } from '../platform/sources.ts';
import { type Format, render } from '../report/render/index.ts';
import { parse } from './parse.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';
import { VERSION } from './version.ts';

interface Options extends OptionValues {
  json?: boolean;
  format?: string;
}

const command = () =>
  new Command('examine')
    .description(
      'Read evidence of any kind (netsh text, registry, certificate stores and listings, IIS configuration, logs, events, captures, traces, saved probes, error and access logs, stack traces, configuration of other servers, a ticket that quotes them; archives too) and name the cause',
    )
    .argument('<evidence...>', 'files and folders')
    .option('--json', 'print the report as JSON (the input of fix --from)')
    .option('--format <format>', 'text, json, html or markdown')
    .addHelpText(
      'after',
      `
Examples:
  handclasp examine evidence/
  handclasp examine netsh.txt schannel.reg ClientAuthIssuer.p7b u_ex261124.log probe.json
  handclasp examine evidence/ --format html > report.html

Exit codes: 0 clear, 1 a cause was found, 2 cannot tell or nothing readable, 64 wrong use.`,
    );

export async function run(argv: string[], out: Output): Promise<number> {
  const { args, options } = await parse<Options>(command(), argv, out);
  const format = formatOf(options);
  try {
    const { report } = await examine(sourcesIn(args), {
      digest: nodeCrypto,
      now: Date.now(),
      version: VERSION,
    });
    out.out(render[format](report, out.style));
    return exitCodeOf(report);
  } catch (error) {
    if (error instanceof Unreadable)
      throw new UsageError(error.message, 'give files or folders that exist', 2);
    throw error;
  }
}

function formatOf(options: Options): Format {
  const format = options.json ? 'json' : (options.format ?? 'text');
  if (format in render) return format as Format;
  throw new UsageError(`--format ${format}: not a format`, `one of ${Object.keys(render).join(', ')}`);
}
