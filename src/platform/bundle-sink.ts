import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { memorySource, type Source } from './sources.ts';
import { ZipWriter } from './zip-writer.ts';

/** Where a bundle is written: a folder, or an archive where the name ends in .zip. Readable by this user alone. */
export interface BundleSink {
  add(name: string, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Holds a bundle in memory, to be worked on before anything is written. */
export function memorySink(now: number): BundleSink & { readonly sources: Source[] } {
  const sources: Source[] = [];
  return {
    sources,
    add: async (name, bytes) => void sources.push(memorySource(name, bytes, now)),
    close: async () => {},
  };
}

/** A place that cannot take a bundle, and why. */
export class NoPlace extends Error {}

export async function openSink(target: string, now: number): Promise<BundleSink> {
  try {
    return /\.zip$/i.test(target) ? await zipSink(target, now) : await folderSink(target);
  } catch (error) {
    if (error instanceof NoPlace) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'is there already' : `cannot be written (${code ?? error})`;
    throw new NoPlace(`${target}: ${why}`);
  }
}

async function zipSink(target: string, now: number): Promise<BundleSink> {
  const zip = await ZipWriter.create(target);
  return { add: (name, bytes) => zip.add(name, bytes, now), close: () => zip.close() };
}

async function folderSink(target: string): Promise<BundleSink> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  // What another bundle left there would be read as part of this one.
  if ((await readdir(target)).length > 0) throw new NoPlace(`${target}: there are files in it already`);
  return {
    async add(name, bytes) {
      const file = path.join(target, name);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, bytes, { mode: 0o600 });
    },
    close: async () => {},
  };
}
