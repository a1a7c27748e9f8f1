import os from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError, type OptionValues } from 'commander';
import { type CollectedBundle, type CollectTools, collectBundle } from '../app/collect.ts';
import { type Redacted, type RedactTools, redactSources } from '../app/redact.ts';
import { MANIFEST_NAME } from '../evidence/bundle/manifest.ts';
import { labCollector } from '../lab/collector.ts';
import { cmdScript } from '../machine/collection/cmd.ts';
import type { Collector } from '../machine/collection/collector.ts';
import { LIMITS, type Limits } from '../machine/collection/item.ts';
import { powershellScript } from '../machine/collection/powershell.ts';
import { windowsCollector } from '../machine/windows/collector.ts';
import { probe } from '../net/probe.ts';
import { type BundleSink, memorySink, NoPlace, openSink } from '../platform/bundle-sink.ts';
import { nodeCrypto } from '../platform/crypto.ts';
import { sourcesIn, Unreadable } from '../platform/sources.ts';
import { escapeTerminal as clean } from '../report/escape.ts';
import { quoted, toUsageError } from './lab/context.ts';
import { parse } from './parse.ts';
import type { Output } from './print.ts';
import { UsageError } from './usage.ts';
import { VERSION } from './version.ts';

interface Options extends OptionValues {
  out?: string;
  days: number;
  megabytes: number;
  traces?: boolean;
  lab?: string;
  redact?: boolean;
  script?: string | true;
}

const command = () =>
  new Command('collect')
    .description(
      `Gather from this Windows server all that examine reads: http.sys records, registry, certificate stores (never keys),
IIS configuration (passwords, machine keys and connection strings taken out), logs, events. Reads only. What fails is
written down in the bundle's manifest, ${MANIFEST_NAME}, and the rest goes on.`,
    )
    .option('--out <path>', 'FILE.zip or a new folder (default: handclasp-HOST-TIME.zip)')
    .option(
      '--script [shell]',
      'print a script instead, for servers where nothing may be installed: powershell or cmd',
    )
    .option('--days <number>', 'age of logs and events, in days', positive, LIMITS.days)
    .option('--megabytes <number>', 'most of each kind of logs, newest first', positive, LIMITS.megabytes)
    .option('--traces', 'also traces of failed requests, which hold headers and cookies')
    .option(
      '--redact',
      'names, addresses, hashes and keys replaced, the same by the same; or of evidence that is given',
    )
    .argument('[evidence...]', 'with --redact: files and folders to redact instead of collecting')
    .option('--lab <folder>', 'from a lab (handclasp lab --state FOLDER) instead of this computer')
    .addHelpText(
      'after',
      `
Run it in an elevated prompt: without administrative rights the configuration of IIS and most logs are denied.

--redact keeps what examine reads: substitutes are as long as what they stand for, and a certificate becomes a
stand-in with the same dates, usages and relations whose signature proves nothing. The key is random and kept nowhere.

The script collects the same list, but for what records show on the wire. PowerShell 5.1:
  powershell -NoProfile -ExecutionPolicy Bypass -File handclasp-collect.ps1
The .cmd is for hosts on which PowerShell is shut. Both say at their top what they do and need.

Examples:
  handclasp collect
  handclasp collect --out web01.zip --days 30 && handclasp examine web01.zip
  handclasp collect --redact --out web01-redacted.zip
  handclasp collect --redact web01.zip --out web01-redacted.zip
  handclasp collect --script > handclasp-collect.ps1
  handclasp collect --script cmd > handclasp-collect.cmd

Exit codes: 0 all that was expected was collected, 1 some of it was not (the manifest says why), 64 wrong use.`,
    );

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 100_000)) throw new InvalidArgumentError('a number above 0 is wanted.');
  return number;
}

export async function run(argv: string[], out: Output): Promise<number> {
  const { args, options } = await parse<Options>(command(), argv, out);
  if (options.script !== undefined) return printScript(options.script, out);
  if (args.length > 0 && !options.redact)
    throw new UsageError(
      `${args[0]}: collect takes files only to --redact them`,
      'handclasp examine reads them',
    );
  const now = Date.now();
  if (args.length > 0) return redactGiven(args, options, now, out);
  const collector = collectorOf(options);
  const target = await targetOf(options, collector, now);
  const limits: Limits = {
    ...LIMITS,
    days: options.days,
    megabytes: options.megabytes,
    traces: options.traces === true,
  };
  const sink = await openAt(target, now);
  const held = options.redact ? memorySink(now) : null;
  const bundle = await collectBundle(collector, held ?? sink, limits, tools(now, out)).catch((error) => {
    throw toUsageError(error);
  });
  out.progress?.('');
  if (held) tellRedacted(await redactSources(held.sources, sink, redactTools(now)), out);
  tell(bundle, target, out);
  return bundle.failed.length > 0 ? 1 : 0;
}

async function redactGiven(paths: string[], options: Options, now: number, out: Output): Promise<number> {
  if (options.out === undefined) throw new UsageError('where to?', '--out FILE.zip or --out NEW-FOLDER');
  const target = path.resolve(options.out);
  const sources = [];
  try {
    for await (const source of sourcesIn(paths)) sources.push(source);
  } catch (error) {
    if (error instanceof Unreadable)
      throw new UsageError(error.message, 'give files or folders that exist', 2);
    throw error;
  }
  const redacted = await redactSources(sources, await openAt(target, now), redactTools(now));
  out.out(`${redacted.files} files in ${clean(target)}\n`);
  tellRedacted(redacted, out);
  return redacted.left.length > 0 ? 1 : 0;
}

function tellRedacted({ left }: Redacted, out: Output): void {
  for (const { name, why } of left)
    out.out(`  ${out.style.yellow('left out')} ${clean(name)}: ${clean(why)}\n`);
  out.err(
    'redacted: look through it before you hand it on; what is no name to a program may be one to you\n',
  );
}

const redactTools = (now: number): RedactTools => ({
  digest: nodeCrypto,
  secret: nodeCrypto.random(32),
  now,
  version: VERSION,
});

const SCRIPTS: Readonly<Record<string, (version: string) => string>> = {
  powershell: powershellScript,
  cmd: cmdScript,
};

function printScript(kind: string | true, out: Output): number {
  const name = kind === true ? 'powershell' : kind.toLowerCase();
  const script = Object.hasOwn(SCRIPTS, name) ? SCRIPTS[name] : undefined;
  if (!script) throw new UsageError(`--script ${kind}: no such script`, 'one of powershell, cmd');
  out.out(script(VERSION));
  return 0;
}

function collectorOf({ lab }: Options): Collector {
  if (lab !== undefined) return labCollector(path.resolve(lab));
  if (process.platform === 'win32') return windowsCollector();
  throw new UsageError(
    'collect gathers from Windows, and this computer is not Windows',
    'run it on the server, or there what --script prints; --lab FOLDER collects from a lab',
  );
}

async function targetOf({ out }: Options, collector: Collector, now: number): Promise<string> {
  if (out !== undefined) return path.resolve(out);
  const { host } = await collector.about().catch((error) => {
    throw toUsageError(error);
  });
  const time = new Date(now).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
  return path.resolve(`handclasp-${host.replace(/[^\w.-]/g, '_')}-${time}.zip`);
}

async function openAt(target: string, now: number): Promise<BundleSink> {
  try {
    return await openSink(target, now);
  } catch (error) {
    if (error instanceof NoPlace) throw new UsageError(error.message, '--out FILE.zip or --out NEW-FOLDER');
    throw error;
  }
}

function tools(now: number, out: Output): CollectTools {
  return {
    digest: nodeCrypto,
    probe,
    now,
    utcOffset: -new Date(now).getTimezoneOffset(),
    version: VERSION,
    onProgress: ({ id, why }) => out.progress?.(clean(`${id}: ${why}`)),
  };
}

function tell({ manifest, files, bytes, failed }: CollectedBundle, target: string, out: Output): void {
  const host = manifest.host ?? os.hostname();
  const size = bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${Math.round(bytes / 1_000_000)} MB`;
  out.out(`${clean(`${files} files, ${size}, from ${host} in ${target}`)}\n`);
  for (const { id, command, error } of failed)
    out.out(`  ${out.style.yellow('not collected')} ${clean(id)}: ${clean(error ?? command)}\n`);
  if (manifest.elevated === false) out.err('not all is readable without administrative rights\n');
  out.err(`next: handclasp examine ${quoted(target)}\n`);
}
