import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The folder beside the repository that holds recorded truth; the shared suite skips by name without it. */
const SHARED = new URL('../../../shared/', import.meta.url);

export const hasShared = existsSync(SHARED);

export function sharedBytes(path: string): Buffer {
  return readFileSync(new URL(path, SHARED));
}

export function sharedJson<T>(path: string): T {
  return JSON.parse(sharedBytes(path).toString('utf8'));
}

/** Data files of a corpus folder: those with a truth beside them. */
export function filesWithTruth(folder: string): string[] {
  if (!hasShared) return [];
  const suffix = '.truth.json';
  return readdirSync(new URL(`${folder}/`, SHARED)).flatMap((name) =>
    name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : [],
  );
}
