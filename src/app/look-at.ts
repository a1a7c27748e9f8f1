import type { Machine } from '../machine/machine.ts';
import type { ProbeOptions, ProbeResult, ProbeTarget } from '../net/probe-types.ts';
import { assemble } from '../picture/assemble.ts';
import { memorySource, type Source } from '../platform/sources.ts';
import type { Host } from '../windows/host.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { printKey } from '../windows/http-sys/key.ts';
import { type Examined, type ExamineTools, judge, readAll } from './examine.ts';
import { plainAsking, recordProbe } from './why/record.ts';

export interface LookTools extends ExamineTools {
  readonly probe: (target: ProbeTarget, options?: ProbeOptions) => Promise<ProbeResult>;
}

/** Collects a machine's evidence, asks its records on the wire, and judges both together. Changes nothing. */
export async function lookAt(machine: Machine, tools: LookTools): Promise<Examined> {
  return judge(await pictureOf(machine, tools), tools);
}

/** What a machine's files and its wire show. */
export async function pictureOf(machine: Machine, tools: LookTools) {
  const files = await readAll(await filesOf(machine, tools.now), tools.digest);
  const [host] = assemble(files).hosts;
  const wire = host ? await readAll(await probeRecords(host, tools), tools.digest) : [];
  return assemble([...files, ...wire]);
}

export async function filesOf(machine: Machine, now: number): Promise<Source[]> {
  return (await machine.collect()).map(({ name, bytes }) => memorySource(name, bytes, now));
}

/** One connection to each record of the host, as evidence that reads like a saved `why --json`. */
export async function probeRecords(host: Host, tools: LookTools): Promise<Source[]> {
  const records = host.bindings.is === 'known' ? host.bindings.value : [];
  const targets = records.flatMap(({ key }) => {
    const target = targetOf(key);
    return target ? [{ key, target }] : [];
  });
  return Promise.all(
    targets.map(async ({ key, target }) => {
      const result = await tools.probe(target);
      const record = recordProbe({ result, asking: plainAsking(result, 0x0304, 0x0303) }, tools.digest);
      return memorySource(nameOf(key), Buffer.from(JSON.stringify(record)), tools.now);
    }),
  );
}

const nameOf = (key: BindingKey): string => `probe-${printKey(key).replace(/[^\w.=-]/g, '_')}.json`;

/** Where a record answers on this computer; null for one that names no host (a central certificate store). */
function targetOf({ kind, value }: BindingKey): ProbeTarget | null {
  const [, address = '', port = ''] = /^(.*):(\d+)$/.exec(value) ?? [];
  if (!port) return null;
  const common = { port: Number(port), path: '/' };
  if (kind === 'hostnameport' || kind === 'scopedccs') {
    const serverName = address.replace(/^\*\./, 'any.');
    return { ...common, host: '127.0.0.1', serverName };
  }
  if (kind !== 'ipport') return null;
  const local: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '::1' };
  return { ...common, host: local[address] ?? address.replace(/^\[(.*)\]$/, '$1'), serverName: null };
}
