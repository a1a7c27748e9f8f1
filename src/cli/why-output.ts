import { readFile } from 'node:fs/promises';
import type { Command, OptionValues } from 'commander';
import { watch } from '../app/watch.ts';
import { escapeTerminal as clean, escapeJson } from '../report/escape.ts';
import { type LanguageId, languages } from '../report/lang/language.ts';
import { retell } from '../report/lang/tell.ts';
import type { Format } from '../report/render/index.ts';
import { renderWhyAs, whyPieces } from '../report/render/why-formats.ts';
import type { WhyReport } from '../report/why.ts';
import { headlineIn, type WhyView } from '../report/why-view.ts';
import { moment } from '../report/words.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';

/** Options on how the answer is shown, and how often it is asked for. */
export interface OutputOptions extends OptionValues {
  json?: boolean;
  format?: string;
  lang?: string;
  verbose?: boolean;
  since?: string;
  watch?: string | boolean;
  count?: string;
}

export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print JSON (handclasp schema why)')
    .option('--format <format>', `${Object.keys(renderWhyAs).join(', ')} (default: text)`)
    .option('--lang <language>', 'en or de (default: HANDCLASP_LANG, else en)')
    .option('--verbose', 'show each client in full, the whole list and every connection')
    .option('--since <file>', 'tell what has changed since this answer, saved by why --json')
    .option(
      '--watch [seconds]',
      'ask again every so many seconds (default: 60) and print only what changes, until Ctrl-C',
    )
    .option('--count <number>', 'with --watch: end after so many answers');
}

export interface Shown {
  readonly format: Format;
  readonly view: WhyView;
  /** The earlier answer of --since. */
  readonly before: WhyReport | null;
  /** null: asked once. */
  readonly watch: { readonly seconds: number; readonly count?: number } | null;
}

export async function shownAs(options: OutputOptions): Promise<Shown> {
  const { since, verbose } = options;
  return {
    format: formatOf(options),
    view: { language: languages[languageOf(options)], verbose: verbose ?? false },
    before: since === undefined ? null : await earlier(since),
    watch: watchOf(options),
  };
}

function formatOf({ json, format }: OutputOptions): Format {
  const wanted = json ? 'json' : (format ?? 'text');
  if (Object.hasOwn(renderWhyAs, wanted)) return wanted as Format;
  throw new UsageError(`--format ${wanted}: not a format`, `one of ${Object.keys(renderWhyAs).join(', ')}`);
}

/** --lang, else HANDCLASP_LANG, which may read like LANG: de_DE.UTF-8. What it names wrongly is not worth an error. */
function languageOf({ lang }: OutputOptions): LanguageId {
  const known = (text: string): text is LanguageId => Object.hasOwn(languages, text);
  if (lang !== undefined) {
    if (known(lang)) return lang;
    throw new UsageError(`--lang ${lang}: not a language`, `one of ${Object.keys(languages).join(', ')}`);
  }
  const usual = (process.env.HANDCLASP_LANG ?? '').slice(0, 2).toLowerCase();
  return known(usual) ? usual : 'en';
}

async function earlier(file: string): Promise<WhyReport> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file}: cannot be read`, 'give an answer saved by why --json', 2);
  });
  try {
    // The first line of why --watch --json is such a document, too.
    const report = JSON.parse(/^\{.*\}$/m.exec(text.split('\n')[0]!)?.[0] ?? text) as WhyReport;
    if (report.schema === 'handclasp/why/1' && report.probes.every(({ askedWith }) => askedWith))
      return report;
  } catch {
    // Told below.
  }
  throw new UsageError(`${file}: not an answer of why --json`, 'save one with handclasp why --json', 2);
}

function watchOf({ watch: seconds, count, format }: OutputOptions): Shown['watch'] {
  if (seconds === undefined || seconds === false) {
    if (count !== undefined) throw new UsageError('--count without --watch', 'give --watch as well');
    return null;
  }
  if (format !== undefined && !['text', 'json'].includes(format))
    throw new UsageError(
      `--watch with --format ${format}`,
      'changes are told as text or, with --json, as JSON',
    );
  return {
    seconds: seconds === true ? 60 : numberOf('--watch', seconds, 86_400),
    ...(count === undefined ? {} : { count: numberOf('--count', count, 1_000_000) }),
  };
}

function numberOf(option: string, text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new UsageError(
    `${option} ${text}: not a number of 1 to ${most}`,
    `give the address before ${option}`,
  );
}

export const show = (report: WhyReport, { format, view }: Shown, out: Output): Promise<void> =>
  out.pieces(whyPieces(format, report, view, out.style));

/** Repeats the question until Ctrl-C or --count. Text: a line for each change; JSON: a document a line. */
export async function watchIt(
  ask: () => Promise<WhyReport>,
  { seconds, count }: NonNullable<Shown['watch']>,
  { format, view: { language } }: Shown,
  out: Output,
): Promise<WhyReport> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const line = (at: string, text: string) => out.out(`${out.style.dim(moment(at))}  ${clean(text)}\n`);
  const isJson = format === 'json';
  try {
    return await watch({
      ask,
      wait: () => pause(seconds * 1000, stop.signal),
      ...(count === undefined ? {} : { count }),
      first(report) {
        if (isJson) return out.out(`${escapeJson(report, 0)}\n`);
        out.err(`${clean(language.say('watch-begins', { url: report.url, count: seconds }))}\n`);
        line(report.madeAt, headlineIn(report, language));
      },
      changed({ madeAt, url }, changes) {
        if (isJson)
          return out.out(
            `${escapeJson({ schema: 'handclasp/why-change/1', at: madeAt, url, changes }, 0)}\n`,
          );
        for (const change of changes) line(madeAt, retell(change, language));
      },
    });
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** false: the signal came first. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const done = (went: boolean) => () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stopped);
      resolve(went);
    };
    const stopped = done(false);
    const timer = setTimeout(done(true), milliseconds);
    signal.addEventListener('abort', stopped);
  });
}
