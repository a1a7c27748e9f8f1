import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { decodeText, looseText } from '../../base/text.ts';
import { type AboutHost, type Collected, type Collector, failed } from '../collection/collector.ts';
import { commandLine, eventQuery, type From, isPlainStoreName, type Limits } from '../collection/item.ts';
import { isListedStore } from '../collection/items.ts';
import { complaintOf, execute } from './execute.ts';
import { copyConfiguration, expanded, nameByPath, newestLogs, webConfigs } from './files.ts';
import { exportStore } from './store-export.ts';

/** This Windows computer, by its own programs and files; reads only. Not run on a real Windows host yet. */
export function windowsCollector(): Collector {
  return {
    title: `this computer (${os.hostname()})`,
    about,
    async *collect({ from }, limits) {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-'));
      try {
        yield* collect(from, limits, folder);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

const CURRENT_VERSION = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';

async function about(): Promise<AboutHost> {
  const value = async (name: string): Promise<string> => {
    const { out } = await execute('reg', ['query', CURRENT_VERSION, '/v', name]);
    return /REG_SZ\s+(\S.*?)\s*$/m.exec(out.toString('latin1'))?.[1] ?? '';
  };
  const { exitCode, out } = await execute('whoami', ['/groups']);
  return {
    host: os.hostname(),
    ...(exitCode === 0 ? { elevated: out.includes(HIGH_INTEGRITY) } : {}),
    os: { build: await value('CurrentBuild'), installationType: await value('InstallationType') },
  };
}

/** Mandatory label of an elevated process (winnt.h, SECURITY_MANDATORY_HIGH_RID); SYSTEM has 16384. */
const HIGH_INTEGRITY = 'S-1-16-12288';

async function* collect(from: From, limits: Limits, folder: string): AsyncGenerator<Collected> {
  switch (from.is) {
    case 'command':
      yield await printed(from.argv, from.file);
      return;
    case 'registry':
      yield await registry(from.key, from.file, folder);
      return;
    case 'store':
      yield await exportStore(from.store, folder);
      return;
    case 'stores-of-records':
      for (const store of await storesOfRecords()) yield await exportStore(store, folder);
      return;
    case 'configuration':
      yield await copyConfiguration(here(from.path), from.file);
      return;
    case 'web-configurations':
      yield* copyWebConfigs();
      return;
    case 'logs': {
      const told = from.logs.told ? await directoriesTold(from.logs.told) : [];
      for (const one of new Set([from.logs.folder, ...told].map(here)))
        yield* newestLogs(one, from.logs, limits, Date.now());
      return;
    }
    case 'events':
      yield await events(from, limits);
      return;
    case 'wire':
      // Asked by whoever has a probe at hand (app/collect.ts).
      return;
  }
}

const here = (text: string): string => expanded(text, process.env);

async function printed([program = '', ...args]: readonly string[], name: string): Promise<Collected> {
  const command = commandLine([program, ...args]);
  const ran = await execute(program, args);
  const { exitCode, out } = ran;
  if (exitCode === 0) return { command, exitCode, files: [{ name, bytes: out }] };
  // What it printed all the same may be a list that only ended in an error.
  const files = out.length > 0 ? [{ name, bytes: out }] : [];
  return { command, exitCode, error: complaintOf(ran), files };
}

async function registry(key: string, name: string, folder: string): Promise<Collected> {
  const file = path.join(folder, name);
  const command = commandLine(['reg', 'export', key, name, '/y']);
  const ran = await execute('reg', ['export', key, file, '/y']);
  const bytes = await readFile(file).catch(() => null);
  if (!bytes) return failed(command, complaintOf(ran), ran.exitCode);
  return { command, exitCode: ran.exitCode, files: [{ name, bytes }] };
}

/** By the registry, whose value names no language changes; netsh would have to be read. */
async function storesOfRecords(): Promise<string[]> {
  const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters';
  const { out } = await execute('reg', ['query', key, '/s']);
  const lines = [
    ...looseText(out).matchAll(/^\s+\w*(?:CertStoreName|CtlStore\w*)\s+REG_SZ\s+(\S.*?)\s*$/gim),
  ];
  const names = new Set(lines.map(([, name = '']) => name));
  return [...names].filter((name) => isPlainStoreName(name) && !isListedStore(name));
}

const applicationHost = (): string => here('%SystemRoot%\\System32\\inetsrv\\config\\applicationHost.config');

async function attributesOf(pattern: RegExp): Promise<string[]> {
  const text = decodeText(await readFile(applicationHost()).catch(() => new Uint8Array(0)));
  return [...text.matchAll(pattern)].map(([, value = '']) => here(value.replaceAll('&amp;', '&')));
}

const directoriesTold = (elements: readonly string[]): Promise<string[]> =>
  attributesOf(new RegExp(`<(?:${elements.join('|')})\\b[^>]*?\\bdirectory="([^"]*)"`, 'g'));

async function* copyWebConfigs(): AsyncGenerator<Collected> {
  const roots = await attributesOf(/<virtualDirectory\b[^>]*?\bphysicalPath="([^"]*)"/g);
  const { files, problems } = await webConfigs(roots);
  for (const problem of problems) yield failed('look for web.config', problem);
  for (const file of files) yield await copyConfiguration(file, nameByPath(file));
}

async function events(
  { channel, providers, file }: Extract<From, { is: 'events' }>,
  limits: Limits,
): Promise<Collected> {
  const query = `/q:${eventQuery(providers, limits.days)}`;
  return printed(
    ['wevtutil', 'qe', channel, query, '/f:xml', '/rd:true', `/c:${limits.events}`, '/uni:true'],
    file,
  );
}
