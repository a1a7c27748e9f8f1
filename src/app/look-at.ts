import { askingRules, keysOfSite } from '../facts/site.ts';
import type { Machine } from '../machine/machine.ts';
import type { ProbeOptions, ProbeResult, ProbeTarget } from '../net/probe-types.ts';
import { assemble } from '../picture/assemble.ts';
import { memorySource, type Source } from '../platform/sources.ts';
import type { Host } from '../windows/host.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { printKey, sameKey } from '../windows/http-sys/key.ts';
import { TLS12, TLS13 } from '../wire/tls/registry/version.ts';
import { type Examined, type ExamineTools, judge, readAll } from './examine.ts';
import type { Asking } from './why/asking.ts';
import { plainAsking, recordProbe } from './why/record.ts';

export interface LookTools extends ExamineTools {
  readonly probe: (target: ProbeTarget, options?: ProbeOptions) => Promise<ProbeResult>;
  /** Paths for which a certificate may be asked once the request was read, besides those of the configuration. */
  readonly paths?: readonly string[];
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

/**
 * A connection to each record of the host, as evidence that reads like a saved `why --json`; where that is not asked
 * for a certificate, further ones that request what needs it.
 */
export async function probeRecords(host: Host, tools: LookTools): Promise<Source[]> {
  const records = host.bindings.is === 'known' ? host.bindings.value : [];
  const targets = records.flatMap(({ key }) => {
    const target = targetOf(key);
    return target ? [{ key, target }] : [];
  });
  const asked = targets.map(async ({ key, target }) => {
    const result = await tools.probe(target);
    const first = { result, asking: plainAsking(result, TLS13, TLS12) };
    const isOpen = result.end.is === 'completed' && result.request === null;
    const late = isOpen ? await askLate(target, askingPaths(host, key, tools.paths), tools) : [];
    return [first, ...late].map((one, i) => {
      const record = Buffer.from(JSON.stringify(recordProbe(one, tools.digest)));
      return memorySource(nameOf(key, i), record, tools.now);
    });
  });
  return (await Promise.all(asked)).flat();
}

const nameOf = (key: BindingKey, number: number): string =>
  `probe-${printKey(key).replace(/[^\w.=-]/g, '_')}${number === 0 ? '' : `-${number}`}.json`;

/** Of many paths that need a certificate the first few: any of them brings the record's list. */
const MOST_PATHS = 3;

/** Those given, then those whose access rules ask for a certificate (domain 5.3). */
function askingPaths({ sites }: Host, key: BindingKey, given: readonly string[] = []): string[] {
  const known = sites.is === 'known' ? sites.value : [];
  const own = known.filter((site) => keysOfSite(site).some((one) => sameKey(one, key)));
  const ruled = askingRules(own).map(({ path }) => `/${path.replace(/^\/+/, '')}`);
  return [...new Set([...given, ...ruled])].slice(0, MOST_PATHS);
}

/** How a server may ask after the request: by renegotiation, or under TLS 1.3 of who announced it. */
const LATE = [
  { versions: [TLS12], postHandshakeAuth: false },
  { versions: [TLS13], postHandshakeAuth: true },
];

/** Requests the paths one after the other until a certificate is asked for. Nothing is shown. */
async function askLate(
  target: ProbeTarget,
  paths: readonly string[],
  { probe }: LookTools,
): Promise<{ result: ProbeResult; asking: Asking }[]> {
  const made: { result: ProbeResult; asking: Asking }[] = [];
  for (const path of paths)
    for (const { versions, postHandshakeAuth } of LATE) {
      const result = await probe({ ...target, path }, { http: true, versions, postHandshakeAuth });
      made.push({ result, asking: { ...plainAsking(result, ...versions), postHandshakeAuth } });
      if (result.request) return made;
    }
  return made;
}

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
