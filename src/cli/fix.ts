import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, type OptionValues } from 'commander';
import { type Examined, exitCodeOf } from '../app/examine.ts';
import {
  applyPlan,
  exitCodeOfFix,
  type Fixed,
  type FixTools,
  fromReport,
  refusalsOf,
  stateFolder,
} from '../app/fix.ts';
import { lookAt } from '../app/look-at.ts';
import type { Proof } from '../app/prove.ts';
import { labDoor } from '../lab/door.ts';
import { defaultFolder } from '../lab/state.ts';
import type { Machine } from '../machine/machine.ts';
import { readOnly } from '../machine/read-only.ts';
import { windowsDoor } from '../machine/windows/door.ts';
import { probe } from '../net/probe.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import { escapeTerminal as clean, escapeJson } from '../report/escape.ts';
import { render } from '../report/render/index.ts';
import type { Report } from '../report/report.ts';
import { checkPath } from './comparison.ts';
import { toUsageError } from './lab/context.ts';
import { parse } from './parse.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';
import { VERSION } from './version.ts';

interface Options extends OptionValues {
  lab?: boolean;
  state?: string;
  from?: string;
  apply?: boolean;
  path: string[];
  json?: boolean;
}

const command = () =>
  new Command('fix')
    .description(
      `Plan the repair: command lines with every field kept, the lines that undo them, and what the model says will be
on the wire afterwards. Nothing is changed without --apply; with it every step is journalled, read back, proven on
the wire, and undone when it does not come out as foreseen.`,
    )
    .option('--lab', 'the lab instead of this computer')
    .option('--state <dir>', "the lab's folder (HANDCLASP_LAB, else ~/.handclasp/lab)")
    .option('--from <report>', 'plan from a saved report (examine --json) instead of looking at the computer')
    .option('--apply', 'carry the plan out')
    .option(
      '--path <path>',
      'request this path where the certificate is asked for only then (may be repeated; those of the IIS configuration are known)',
      (one: string, before: string[]) => [...before, one],
      [],
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Without --lab and --from it looks at this computer, which must be Windows; writing needs an elevated prompt.
The journal of what was changed is journal.jsonl in HANDCLASP_STATE, else in ~/.handclasp.

Examples:
  handclasp fix --lab
  handclasp fix --lab --apply
  handclasp examine evidence/ --json > report.json && handclasp fix --from report.json

Exit codes: 0 nothing to repair, or repaired and proven; 1 a repair is planned and not applied; 2 cannot tell,
or applied and read back but not proven on the wire;
3 the change failed or was refused and the host is as before; 4 the host could not be put back whole; 64 wrong use.`,
    );

export async function run(argv: string[], out: Output): Promise<number> {
  const { options } = await parse<Options>(command(), argv, out);
  const tools: FixTools = {
    digest: nodeCrypto,
    now: Date.now(),
    clock: Date.now,
    journal: stateFolder(),
    version: VERSION,
    probe,
    paths: options.path.map(checkPath),
    onProgress: ({ says }) => out.err(`${clean(says)}\n`),
  };
  const machine = machineOf(options);
  const examined = options.from
    ? await fromFile(options.from, tools)
    : await lookAt(readOnly(machine!), tools).catch((error) => {
        throw toUsageError(error);
      });
  if (!options.json) out.out(render.text(examined.report, out.style));
  if (!options.apply || examined.plan.steps.length === 0) return told(examined.report, options, out);
  return applied(machine, examined, tools, options, out);
}

/** The host to look at and to change; null: only a report is given, on a computer that is not Windows. */
function machineOf(options: Options): Machine | null {
  if (options.lab && options.from)
    throw new UsageError('--lab and --from exclude each other', 'give one of them');
  if (options.lab) return labDoor(path.resolve(options.state ?? defaultFolder()));
  if (process.platform === 'win32') return windowsDoor();
  if (options.from && !options.apply) return null;
  throw new UsageError(
    options.from ? '--apply can change only a Windows computer or the lab' : 'this computer is not Windows',
    'give --lab for the lab, or --from REPORT for the plan of a saved report',
  );
}

async function fromFile(file: string, tools: FixTools): Promise<Examined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'no such file' : 'cannot be read';
    throw new UsageError(`${file}: ${why}`, 'give a report saved by examine --json', 2);
  });
  try {
    const report = JSON.parse(text) as Report;
    if (report?.schema !== 'handclasp/report/1') throw new Error(`its schema is ${String(report?.schema)}`);
    return fromReport(report, tools);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `${file}: not a report of examine --json (${why})`,
      'save one with examine --json',
      2,
    );
  }
}

function told(report: Report, options: Options, out: Output): number {
  if (options.json) out.out(render.json(report));
  return exitCodeOf(report);
}

async function applied(
  machine: Machine | null,
  examined: Examined,
  tools: FixTools,
  options: Options,
  out: Output,
): Promise<number> {
  const refusals = refusalsOf(examined.plan);
  const fixed: Fixed =
    refusals.length > 0 || machine === null
      ? { result: refused(refusals), after: null, proof: null }
      : await applyPlan(machine, examined, tools);
  const { result, after, proof } = fixed;
  if (options.json) {
    const document = {
      schema: 'handclasp/fix/1',
      before: examined.report,
      result,
      proof,
      after: after?.report ?? null,
    };
    out.out(`${escapeJson(document)}\n`);
  } else {
    const paint = result.exitCode === 0 ? out.style.green : out.style.red;
    out.out(`\n${paint(result.outcome)}: ${clean(result.says)}\n`);
    if (proof) out.out(`${sayProof(proof, out)}\n`);
    if (after) out.out(`${out.style.bold(clean(after.report.headline))}\n`);
  }
  return exitCodeOfFix(fixed);
}

function sayProof(proof: Proof, { style }: Output): string {
  if (proof.is === 'proven')
    return style.green('proven on the wire: the list of issuers is the one foretold');
  return style.yellow(`NOT proven on the wire: ${clean(proof.why)}; ask it with handclasp why`);
}

const refused = (refusals: readonly string[]): Fixed['result'] => ({
  outcome: 'refused',
  exitCode: 3,
  says: `nothing was changed: ${refusals.join('; ')}`,
  differences: [],
});
