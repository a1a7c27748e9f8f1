import { Command, type OptionValues } from 'commander';
import { count } from '../app/count.ts';
import { printLocus } from '../base/locus.ts';
import { DIMENSIONS, type Dimension, type Question } from '../evidence/w3c-log/tally-layout.ts';
import { sourcesIn, Unreadable } from '../platform/sources.ts';
import { escapeTerminal } from '../report/escape.ts';
import { allNotes, type Count, countCsv, countJson, countText } from '../report/render/count.ts';
import { parse } from './parse.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';

interface Options extends OptionValues {
  status: string;
  by?: string;
  top: string;
  json?: boolean;
  csv?: boolean;
}

const REFUSALS: readonly Dimension[] = ['hour', 'client', 'path', 'status', 'substatus', 'win32'];
const ALL: readonly Dimension[] = ['status', 'substatus', 'win32', 'host', 'hour'];
const NAMES = Object.keys(DIMENSIONS);

const command = () =>
  new Command('count')
    .description(
      'Count the lines of W3C logs: refused logons (403) by hour, client, path and codes, or any others by what you name',
    )
    .argument('<log...>', 'files, folders and archives')
    .option('--status <code>', 'only lines of this status, or all', '403')
    .option('--by <names>', `what lines are counted by, of ${NAMES.join(', ')}`)
    .option('--top <n>', 'how many of the largest groups the table shows', '40')
    .option('--csv', 'print all groups as CSV, in the order of their values')
    .option('--json', 'print all groups as JSON (handclasp schema count), in the order of their values')
    .addHelpText(
      'after',
      `
Without --by, lines of one status are counted by ${REFUSALS.join(', ')}; with --status all by ${ALL.join(', ')}.
Hours and days are UTC, as IIS logs them.

Examples:
  handclasp count u_ex261124.log
  handclasp count W3SVC1/ --by client,substatus
  handclasp count logs.zip --status all --csv > all.csv

Exit codes: 0 counted, 2 no W3C log there, or not all groups could be kept, 64 wrong use.`,
    );

export async function run(argv: string[], out: Output): Promise<number> {
  const { args, options } = await parse<Options>(command(), argv, out);
  const question = questionOf(options);
  const top = /^[1-9]\d{0,5}$/.test(options.top) ? Number(options.top) : 0;
  if (top === 0) throw new UsageError(`--top ${options.top}: not a number of groups`, 'give 1 or more');
  if (options.json && options.csv) throw new UsageError('--json and --csv: two formats', 'give one of them');
  const isList = options.json || options.csv;
  try {
    const counted = await count(sourcesIn(args), question, isList ? 'by-key' : 'by-count');
    const document = { ...question, ...counted };
    const malformed = print(document, options, { out, top });
    if (options.csv)
      for (const { at, message } of allNotes(document, malformed))
        out.err(`${escapeTerminal(`${printLocus(at)}: ${message}`)}\n`);
    return counted.logs > 0 && counted.uncounted === 0 ? 0 : 2;
  } catch (error) {
    if (error instanceof Unreadable)
      throw new UsageError(error.message, 'give files or folders that exist', 2);
    throw error;
  }
}

function print(document: Count, { json, csv }: Options, { out, top }: { out: Output; top: number }): number {
  const pieces = csv ? countCsv(document) : json ? countJson(document) : countText(document, top, out.style);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    out.out(value);
  }
}

function questionOf({ status, by }: Options): Question {
  if (status !== 'all' && !/^[1-9]\d\d$/.test(status))
    throw new UsageError(`--status ${status}: not a status`, 'give one as 403, or all');
  const names = by?.split(',').map((name) => name.trim());
  const wrong = names?.find((name) => !NAMES.includes(name));
  if (wrong !== undefined)
    throw new UsageError(`--by ${wrong}: nothing that lines are counted by`, `any of ${NAMES.join(', ')}`);
  if (names && new Set(names).size < names.length)
    throw new UsageError('--by: a name stands twice', 'give each once');
  const usual = status === 'all' ? ALL : REFUSALS;
  return { by: (names as Dimension[] | undefined) ?? usual, status: status === 'all' ? null : status };
}
