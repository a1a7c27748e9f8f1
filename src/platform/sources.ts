import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Note } from '../base/locus.ts';
import { archiveKind, Budget, HEAD, unpack } from './archives.ts';
import { fileChunks } from './file-chunks.ts';
import { fileAccess } from './random-access.ts';

/** A piece of evidence: a name to cite and its bytes, streamed. */
export interface Source {
  readonly name: string;
  /** Milliseconds since 1970 UTC: when it was taken, or the file last written. */
  readonly takenAt: number;
  /** The path that it was found at or below; names are relative to it. */
  readonly given?: string;
  /** From the beginning, each time. A chunk is lent until the next one is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
  /** It is this file of the disk, which can be read from anywhere; absent for what comes as a stream. */
  readonly file?: { readonly path: string; readonly size: number };
  /** What was wrong with the bytes themselves (packed, cut off), once they were read. */
  notes?(): readonly Note[];
}

/** A piece of evidence in memory. */
export function memorySource(name: string, bytes: Uint8Array, takenAt: number): Source {
  return {
    name,
    takenAt,
    chunks: async function* () {
      yield bytes;
    },
  };
}

/** A path that holds no readable evidence, and why. */
export class Unreadable extends Error {}

/** Files as given, folders and archives whole and in order; links inside folders are not followed. */
export async function* sourcesIn(paths: readonly string[]): AsyncGenerator<Source> {
  const budget = new Budget();
  for (const given of paths) {
    const found = await stat(given).catch((error: NodeJS.ErrnoException) => {
      throw new Unreadable(
        `${given}: ${error.code === 'ENOENT' ? 'no such file or folder' : (error.code ?? 'cannot be read')}`,
      );
    });
    const sources = found.isDirectory()
      ? folder(given, given, budget)
      : source(given, path.basename(given), found, budget);
    for await (const one of sources) yield { ...one, given };
  }
}

async function* folder(root: string, at: string, budget: Budget): AsyncGenerator<Source> {
  const entries = await readdir(at, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = path.join(at, entry.name);
    if (entry.isDirectory()) yield* folder(root, full, budget);
    else if (entry.isFile()) yield* source(full, path.relative(root, full), await stat(full), budget);
  }
}

/** The file, or what is packed in it. */
async function* source(
  file: string,
  name: string,
  { mtimeMs, size }: { readonly mtimeMs: number; readonly size: number },
  budget: Budget,
): AsyncGenerator<Source> {
  const chunks = () => fileChunks(file);
  const plain: Source = { name, takenAt: mtimeMs, chunks, file: { path: file, size } };
  const access = fileAccess(file, size);
  // What cannot be opened says so when it is read.
  const kind = archiveKind(await access.read(0, HEAD).catch(() => new Uint8Array(0)));
  if (kind === null) yield plain;
  else yield* unpack(kind, plain, access, { budget });
}
