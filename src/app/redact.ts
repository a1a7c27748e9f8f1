import { toHex } from '../base/bytes.ts';
import type { Digest } from '../base/ports.ts';
import { decodeText, utf8Bytes } from '../base/text.ts';
import {
  MANIFEST_NAME,
  MANIFEST_SCHEMA,
  type Manifest,
  type ManifestItem,
  readManifest,
} from '../evidence/bundle/manifest.ts';
import { readers } from '../evidence/index.ts';
import { openReading, type Reading } from '../evidence/read.ts';
import type { BundleSink } from '../platform/bundle-sink.ts';
import type { Source } from '../platform/sources.ts';
import { learnCertificate, learnFile, pairCertificate, redactFile } from '../redact/file.ts';
import { Substitutes } from '../redact/substitutes.ts';
import { redactText } from '../redact/text.ts';

export interface RedactTools {
  readonly digest: Digest;
  /** 32 random bytes, written nowhere: who has them could try names. */
  readonly secret: Uint8Array;
  readonly now: number;
  readonly version: string;
}

export interface Redacted {
  readonly files: number;
  /** Files that cannot be redacted so that they still say the same, and why. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

/** Held in memory, each for itself; logs are cut to less when they are collected. */
const LARGEST = 256 * 2 ** 20;

/** Evidence into a bundle without names, addresses and hashes; every file is read before and after, and must say the same. */
export async function redactSources(
  sources: readonly Source[],
  sink: BundleSink,
  tools: RedactTools,
): Promise<Redacted> {
  const substitutes = new Substitutes(tools.digest, tools.secret);
  const certificates = await learnAll(sources, substitutes, tools.digest);
  for (const one of certificates) pairCertificate(one, substitutes, tools.digest);
  const left: { name: string; why: string }[] = [];
  const names = new Map<string, ManifestItem['files'][number]>();
  let manifest: Manifest | null = null;
  for (const source of sources) {
    const name = nameOf(source);
    const bytes = await bytesOf(source);
    if (!bytes) left.push({ name, why: 'larger than 256 MiB' });
    else if (name.split('/').at(-1) === MANIFEST_NAME) manifest ??= manifestIn(bytes, substitutes);
    else {
      const why = await redactOne(name, bytes, { sink, substitutes, digest: tools.digest, names });
      if (why) left.push({ name, why });
    }
  }
  const made = redactedManifest(manifest, names, left, tools);
  await sink.add(MANIFEST_NAME, utf8Bytes(`${JSON.stringify(made, null, 1)}\n`));
  await sink.close();
  return { files: names.size, left };
}

async function learnAll(sources: readonly Source[], substitutes: Substitutes, digest: Digest) {
  const certificates = new Map<string, Parameters<typeof learnCertificate>[0]>();
  for (const source of sources) {
    const bytes = await bytesOf(source);
    if (!bytes) continue;
    learnFile(utf8Bytes(source.name), substitutes);
    learnFile(bytes, substitutes);
    for (const claim of read(source.name, bytes, digest).claims) {
      if (claim.says !== 'store-certificate' && claim.says !== 'certificate') continue;
      certificates.set(claim.thumbprint, claim.certificate);
      learnCertificate(claim.certificate, substitutes);
    }
  }
  return certificates.values();
}

interface Redacting {
  readonly sink: BundleSink;
  readonly substitutes: Substitutes;
  readonly digest: Digest;
  /** Original name -> what stands in the bundle. */
  readonly names: Map<string, ManifestItem['files'][number]>;
}

/** Kinds whose bytes cannot be changed without breaking them. */
const FIXED: Readonly<Record<string, string>> = {
  capture: 'a capture cannot be redacted: give what handclasp why --json saves',
  evtx: 'an .evtx cannot be redacted: give the events as XML (wevtutil qe … /f:xml)',
  'key-log': 'secrets of TLS sessions belong into no bundle',
};

/** Why it was left out; undefined when it was written. */
async function redactOne(
  name: string,
  bytes: Uint8Array,
  { sink, substitutes, digest, names }: Redacting,
): Promise<string | undefined> {
  const before = read(name, bytes, digest);
  const fixed = before.kind === null ? undefined : FIXED[before.kind];
  if (fixed) return fixed;
  const redacted = redactFile(bytes, substitutes);
  const newName = redactText(name, substitutes);
  const after = read(newName, redacted, digest);
  if (said(before) !== said(after)) return 'redacted it would no longer say the same';
  if (before.kind === null && redacted.subarray(0, 4096).includes(0))
    return 'no reader knows it, and it is no text';
  await sink.add(newName, redacted);
  const sha256 = toHex(digest.digest('sha256', redacted));
  names.set(name, { name: newName, bytes: redacted.length, sha256 });
  return undefined;
}

function read(name: string, bytes: Uint8Array, digest: Digest): Reading {
  const reading = openReading({ name }, readers, digest);
  reading.push(bytes);
  return reading.end();
}

/** What kind of things, in which order. */
const said = ({ kind, claims }: Reading): string =>
  JSON.stringify([kind, claims.map((claim) => ('count' in claim ? [claim.says, claim.count] : claim.says))]);

/** Below the archive that it came from, which is packed no more. */
const nameOf = ({ name }: Source): string => name.replace(/^[^/]+\.(?:zip|tar|tgz|tar\.gz)\//i, '');

async function bytesOf(source: Source): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    length += chunk.length;
    if (length > LARGEST) return null;
    parts.push(chunk.slice());
  }
  return Uint8Array.from(Buffer.concat(parts));
}

function manifestIn(bytes: Uint8Array, substitutes: Substitutes): Manifest | null {
  try {
    const json: unknown = JSON.parse(decodeText(bytes).replace(/^\ufeff/, ''));
    const manifest = readManifest(json, 'manifest');
    // File names are put right from the files themselves.
    const text = (one: string): string => redactText(one, substitutes);
    return {
      ...manifest,
      ...(manifest.host === undefined ? {} : { host: text(manifest.host) }),
      ...(manifest.notes ? { notes: manifest.notes.map(text) } : {}),
      items: manifest.items.map((item) => ({
        ...item,
        command: text(item.command),
        ...(item.error === undefined ? {} : { error: text(item.error) }),
      })),
    };
  } catch {
    return null;
  }
}

/** Of the bundle that was redacted, or one for loose files. */
function redactedManifest(
  manifest: Manifest | null,
  names: Redacting['names'],
  left: Redacted['left'],
  { now, version }: RedactTools,
): Manifest {
  const told = [
    'redacted: names, addresses, hashes and keys are substitutes of the same length; certificates are stand-ins whose signatures prove nothing',
    ...(left.length > 0 ? [`${left.length} files were left out, for they could not be redacted`] : []),
  ];
  if (!manifest) {
    const items = [...names.values()].map((file) => ({ id: 'given', command: '', files: [file] }));
    return { schema: MANIFEST_SCHEMA, by: 'handclasp', version, redacted: true, notes: told, items };
  }
  const items = manifest.items.map((item) => ({
    ...item,
    files: item.files.flatMap(({ name }) => names.get(name) ?? []),
  }));
  const takenAt = manifest.takenAt ?? new Date(now).toISOString();
  return { ...manifest, takenAt, redacted: true, notes: [...(manifest.notes ?? []), ...told], items };
}
