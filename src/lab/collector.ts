import { answerOf, Unanswered } from '../base/known.ts';
import { utf8Bytes } from '../base/text.ts';
import { type Collected, type Collector, failed } from '../machine/collection/collector.ts';
import { commandLine, type From } from '../machine/collection/item.ts';
import { isListedStore } from '../machine/collection/items.ts';
import type { EvidenceFile } from '../machine/machine.ts';
import { buildNumber } from '../windows/builds.ts';
import type { Host } from '../windows/host.ts';
import { exportBytes } from '../windows/registry/export.ts';
import { fullPath, type RegistryKey } from '../windows/registry/registry.ts';
import { registryTree } from '../windows/registry/view.ts';
import { labDoor } from './door.ts';
import { configurationFile, storeFiles } from './evidence-files.ts';
import { readHost } from './state.ts';
import { readLogs } from './w3c-log.ts';

/** The lab as a host to collect from. What it does not model it says, as a host does that lacks something. */
export function labCollector(folder: string): Collector {
  return {
    title: `the lab in ${folder}`,
    async about() {
      const host = await readHost(folder);
      const build = host.build.is === 'known' ? buildNumber(host.build.value) : undefined;
      return { host: host.name, ...(build ? { os: { build, installationType: 'Server' } } : {}) };
    },
    async *collect({ from }) {
      yield* collect(folder, await readHost(folder), from);
    },
  };
}

async function* collect(folder: string, host: Host, from: From): AsyncGenerator<Collected> {
  switch (from.is) {
    case 'command':
      yield await command(folder, from);
      return;
    case 'registry':
      yield registry(host, from);
      return;
    case 'store':
      yield store(host, from.store);
      return;
    case 'stores-of-records':
      for (const name of storesOfRecords(host)) yield store(host, name);
      return;
    case 'configuration':
      yield /applicationHost\.config$/.test(from.path)
        ? copied(from.path, [configurationFile(host)])
        : failed(from.path, NOT_THERE);
      return;
    case 'logs':
      yield from.logs.into === ''
        ? copied(from.logs.folder, await readLogs(folder))
        : failed(from.logs.folder, NOT_THERE);
      return;
    case 'events':
      yield failed(`wevtutil qe ${from.channel}`, 'the lab keeps no event logs');
      return;
    case 'web-configurations':
      yield failed('web.config', NOT_THERE);
      return;
    case 'wire':
      // Asked by whoever has a probe at hand (app/collect.ts).
      return;
  }
}

const NOT_THERE = 'the lab has no such thing';

const copied = (command: string, files: readonly EvidenceFile[]): Collected =>
  files.length > 0 ? { command, files } : failed(command, 'nothing is there yet');

async function command(folder: string, from: Extract<From, { is: 'command' }>): Promise<Collected> {
  const line = commandLine(from.argv);
  const { exitCode, output } = await labDoor(folder).run(from.argv);
  if (exitCode !== 0) return failed(line, output.trim(), exitCode);
  return { command: line, exitCode, files: [{ name: from.file, bytes: utf8Bytes(output) }] };
}

function registry(host: Host, from: Extract<From, { is: 'registry' }>): Collected {
  const line = commandLine(['reg', 'export', from.key, from.file, '/y']);
  const keys = keysOf(host, from.key);
  if (keys.length === 0) return failed(line, 'the lab has no such key', 1);
  return { command: line, exitCode: 0, files: [{ name: from.file, bytes: exportBytes(keys) }] };
}

function keysOf(host: Host, key: string): RegistryKey[] {
  try {
    return registryTree(host, fullPath(key) ?? key);
  } catch (error) {
    if (error instanceof Unanswered) return [];
    throw error;
  }
}

function store(host: Host, name: string): Collected {
  const command = `Export-Certificate Cert:\\LocalMachine\\${name}`;
  const file = storeFiles(host).find((one) => one.name.toLowerCase() === `${name}.p7b`.toLowerCase());
  if (!file) return failed(command, 'the lab has no such store');
  return { command, files: [{ ...file, name: `LocalMachine-${file.name}` }] };
}

function storesOfRecords(host: Host): string[] {
  const named = answerOf(host.bindings).flatMap(({ fields }) =>
    [fields.certstorename, fields.sslctlstorename].flatMap((leaf) =>
      leaf?.is === 'known' && leaf.value ? [leaf.value] : [],
    ),
  );
  return [...new Set(named)].filter((name) => !isListedStore(name));
}
