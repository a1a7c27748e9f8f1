import { toHex } from '../base/bytes.ts';
import type { Digest } from '../base/ports.ts';
import { utf8Bytes } from '../base/text.ts';
import {
  MANIFEST_NAME,
  MANIFEST_SCHEMA,
  type Manifest,
  type ManifestItem,
} from '../evidence/bundle/manifest.ts';
import type { Collected, Collector } from '../machine/collection/collector.ts';
import type { Item, Limits } from '../machine/collection/item.ts';
import { ITEMS } from '../machine/collection/items.ts';
import type { EvidenceFile } from '../machine/machine.ts';
import { assemble } from '../picture/assemble.ts';
import type { BundleSink } from '../platform/bundle-sink.ts';
import { memorySource } from '../platform/sources.ts';
import { readAll } from './examine.ts';
import { type LookTools, probeRecords } from './look-at.ts';

export interface CollectTools extends LookTools {
  readonly onProgress: (item: Item) => void;
  /** Minutes that the clock here is ahead of UTC. */
  readonly utcOffset: number;
}

export interface CollectedBundle {
  readonly manifest: Manifest;
  readonly files: number;
  readonly bytes: number;
  /** What came to nothing, and was expected to. */
  readonly failed: readonly ManifestItem[];
}

/** Collects item after item into a bundle; what fails is written down and the rest goes on. The manifest comes last. */
export async function collectBundle(
  collector: Collector,
  sink: BundleSink,
  limits: Limits,
  tools: CollectTools,
): Promise<CollectedBundle> {
  const about = await collector.about();
  const bundle = new BundleWriter(sink, tools.digest);
  for (const item of ITEMS) {
    if (item.only === 'traces' && !limits.traces) continue;
    tools.onProgress(item);
    const parts = item.from.is === 'wire' ? askWire(bundle.records, tools) : collector.collect(item, limits);
    for await (const part of parts) await bundle.add(item, part);
  }
  const manifest: Manifest = {
    schema: MANIFEST_SCHEMA,
    by: 'handclasp',
    version: tools.version,
    ...about,
    takenAt: new Date(tools.now).toISOString(),
    utcOffset: tools.utcOffset,
    items: bundle.items,
  };
  await bundle.finish(manifest);
  const failed = bundle.items.filter((one) => one.files.length === 0 && !one.mayBeAbsent);
  return { manifest, files: bundle.files, bytes: bundle.bytes, failed };
}

/** Files go into the bundle once each; what each was is kept for the manifest. */
class BundleWriter {
  readonly items: ManifestItem[] = [];
  /** Output of netsh, which names the endpoints to ask on the wire. */
  records: EvidenceFile | null = null;
  files = 0;
  bytes = 0;
  readonly #sink: BundleSink;
  readonly #digest: Digest;
  readonly #names = new Set<string>();

  constructor(sink: BundleSink, digest: Digest) {
    this.#sink = sink;
    this.#digest = digest;
  }

  async add({ id, kind, answers, mayBeAbsent }: Item, part: Collected): Promise<void> {
    const files = [];
    for (const { name, bytes } of part.files) {
      // Windows takes names that differ in case for one, and so may who unpacks.
      if (this.#names.has(name.toLowerCase())) continue;
      this.#names.add(name.toLowerCase());
      await this.#sink.add(name, bytes);
      this.files++;
      this.bytes += bytes.length;
      if (kind === 'netsh-sslcert') this.records = { name, bytes };
      const sha256 = toHex(this.#digest.digest('sha256', bytes));
      files.push({ name, bytes: bytes.length, sha256 });
    }
    const { command, exitCode, error } = part;
    this.items.push({
      id,
      command,
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(error === undefined ? {} : { error }),
      ...(kind === null ? {} : { kind }),
      ...(answers === undefined ? {} : { answers }),
      ...(mayBeAbsent ? { mayBeAbsent } : {}),
      files,
    });
  }

  async finish(manifest: Manifest): Promise<void> {
    await this.#sink.add(MANIFEST_NAME, utf8Bytes(`${JSON.stringify(manifest, null, 1)}\n`));
    await this.#sink.close();
  }
}

/** One connection from the host to itself for each of its records. */
async function* askWire(records: EvidenceFile | null, tools: CollectTools): AsyncGenerator<Collected> {
  const command = 'a TLS connection to each record of http.sys, from this computer to itself';
  const source = records && memorySource(records.name, records.bytes, tools.now);
  const [host] = source ? assemble(await readAll([source], tools.digest)).hosts : [];
  if (host?.bindings.is !== 'known') {
    yield { command, error: 'the records of http.sys are not known', files: [] };
    return;
  }
  const files: EvidenceFile[] = [];
  for (const { name, chunks } of await probeRecords(host, tools))
    for await (const bytes of chunks()) files.push({ name, bytes });
  yield files.length > 0 ? { command, files } : { command, error: 'there is no record to ask', files };
}
