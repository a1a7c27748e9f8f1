import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** A piece of evidence: a name to cite and its bytes, streamed. */
export interface Source {
  readonly name: string;
  /** Milliseconds since 1970 UTC: when it was taken, or the file last written. */
  readonly takenAt: number;
  chunks(): AsyncIterable<Uint8Array>;
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

/** Files as given, folders whole and in order of name; links inside folders are not followed. */
export async function* sourcesIn(paths: readonly string[]): AsyncGenerator<Source> {
  for (const given of paths) {
    const found = await stat(given).catch((error: NodeJS.ErrnoException) => {
      throw new Unreadable(
        `${given}: ${error.code === 'ENOENT' ? 'no such file or folder' : (error.code ?? 'cannot be read')}`,
      );
    });
    if (found.isDirectory()) yield* folder(given, given);
    else yield source(given, path.basename(given), found.mtimeMs);
  }
}

async function* folder(root: string, at: string): AsyncGenerator<Source> {
  const entries = await readdir(at, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = path.join(at, entry.name);
    if (entry.isDirectory()) yield* folder(root, full);
    else if (entry.isFile()) yield source(full, path.relative(root, full), (await stat(full)).mtimeMs);
  }
}

function source(file: string, name: string, takenAt: number): Source {
  return { name, takenAt, chunks: () => createReadStream(file, { highWaterMark: 1 << 18 }) };
}
