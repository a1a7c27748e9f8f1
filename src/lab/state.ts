import { readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { known } from '../base/known.ts';
import type { Host } from '../windows/host.ts';
import { hostFromJson, hostToJson } from '../windows/serialize.ts';
import { replaceFile } from './files.ts';
import { withLock } from './lock.ts';

/** The lab's state is one folder; host.json in it is the truth, whoever asks. */

const HOST_FILE = 'host.json';
const LOCK_FILE = 'host.lock';

/** HANDCLASP_LAB, else ~/.handclasp/lab. */
export function defaultFolder(): string {
  return process.env.HANDCLASP_LAB || path.join(os.homedir(), '.handclasp', 'lab');
}

/** There is no lab in that folder, or not one that can be used. */
export class NoLab extends Error {
  readonly reason: 'absent' | 'damaged' | 'busy';
  constructor(message: string, reason: 'absent' | 'damaged' | 'busy') {
    super(message);
    this.reason = reason;
  }
}

export const absent = (folder: string): NoLab => new NoLab(`${folder}: no lab there yet`, 'absent');

export async function readHost(folder: string): Promise<Host> {
  const file = path.join(folder, HOST_FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw absent(folder);
    throw error;
  }
  try {
    return hostFromJson(JSON.parse(text));
  } catch (error) {
    throw new NoLab(`${file}: cannot be read (${(error as Error).message})`, 'damaged');
  }
}

/**
 * Reads the host, changes it and writes it, with no other process in between. `change` may run again,
 * on a fresher host, when the lock was lost on the way.
 */
export async function changeHost(
  folder: string,
  change: (host: Host) => Host | Promise<Host>,
): Promise<Host> {
  return writeLocked(folder, async () => change(await readHost(folder)));
}

/** Puts `host` in the place of whatever the folder holds. */
export async function replaceHost(folder: string, host: Host): Promise<Host> {
  return writeLocked(folder, async () => host);
}

async function writeLocked(folder: string, make: () => Promise<Host>): Promise<Host> {
  for (;;) {
    const written = await withLock(path.join(folder, LOCK_FILE), async (stillMine) => {
      const host = withEveryStore(await make());
      if (!(await stillMine())) return null;
      await replaceFile(path.join(folder, HOST_FILE), JSON.stringify(hostToJson(host), null, 1), 0o600);
      return host;
    });
    if (written) return written;
  }
}

/**
 * A whole host knows that a store nobody filled is empty: to Windows a name that a record spells wrongly
 * is an empty store (domain 4.2, 8.1). In a Host a store that is not there would be unknown.
 */
function withEveryStore(host: Host): Host {
  const stores = new Map(host.stores);
  const bindings = host.bindings.is === 'known' ? host.bindings.value : [];
  for (const { fields } of bindings) {
    for (const leaf of [fields.certstorename, fields.sslctlstorename]) {
      const name = leaf?.is === 'known' ? leaf.value?.toLowerCase() : undefined;
      if (name && !stores.has(name)) stores.set(name, known([]));
    }
  }
  return { ...host, stores };
}

/** The host as it stands, read again only when its file changed. */
export function hostReader(folder: string): () => Promise<Host> {
  let seen = '';
  let host: Host | undefined;
  return async () => {
    const mark = await markOf(path.join(folder, HOST_FILE));
    if (host && mark === seen) return host;
    host = await readHost(folder);
    seen = mark;
    return host;
  };
}

/** A file that was replaced has another inode or another time. */
async function markOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => null);
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : '';
}
