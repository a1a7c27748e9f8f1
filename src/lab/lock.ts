import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Nobody holds the lab's lock for longer than a few milliseconds; this old means forgotten. */
const STALE_AFTER = 30_000;
const GIVE_UP_AFTER = 60_000;

/**
 * Runs `work` while no other process does the same on `file`. `stillMine` tells, right before something
 * is made final, whether the lock was not taken away meanwhile (this process slept, say).
 */
export async function withLock<T>(
  file: string,
  work: (stillMine: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  const token = await acquire(file);
  try {
    return await work(async () => (await readFile(file, 'utf8').catch(() => '')) === token);
  } finally {
    if ((await readFile(file, 'utf8').catch(() => '')) === token) await rm(file, { force: true });
  }
}

/** A link fails when the name exists and brings the whole text at once: no one ever sees half a lock. */
async function acquire(file: string): Promise<string> {
  const token = `${process.pid} ${randomBytes(8).toString('hex')}\n`;
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(own, token, { mode: 0o600 });
  try {
    const since = Date.now();
    while (!(await tryLink(own, file))) {
      await removeStale(file);
      if (Date.now() - since > GIVE_UP_AFTER) throw new Error(`${file}: held by another process; remove it`);
      await wait(5 + Math.random() * 20);
    }
    return token;
  } finally {
    await rm(own, { force: true });
  }
}

async function tryLink(own: string, file: string): Promise<boolean> {
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * A lock of a process that died is moved aside under a name of its own. Whoever moved a fresh one by mistake
 * (another was quicker) puts it back; its owner notices by `stillMine` if that came too late.
 */
async function removeStale(file: string): Promise<void> {
  const seen = await readFile(file, 'utf8').catch(() => null);
  if (seen === null || !(await isStale(file, seen))) return;
  const aside = `${file}.stale.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8').catch(() => seen)) !== seen) await tryLink(aside, file);
  await rm(aside, { force: true });
}

async function isStale(file: string, text: string): Promise<boolean> {
  if (!isAlive(Number(text.split(' ')[0]))) return true;
  const found = await stat(file).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > STALE_AFTER;
}

/** Signal 0 asks without touching; EPERM means that it lives under another user. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
