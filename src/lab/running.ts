import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from './files.ts';
import { isAlive } from './lock.ts';

/** What `lab up` tells other processes about itself in lab.json, while it runs. */
export interface Running {
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly ports: readonly PortState[];
}

export interface PortState {
  readonly port: number;
  /** Why nobody listens there, or null when somebody does. */
  readonly problem: string | null;
}

const FILE = 'lab.json';

export async function tellRunning(folder: string, running: Running): Promise<void> {
  await replaceFile(path.join(folder, FILE), `${JSON.stringify(running, null, 1)}\n`, 0o600);
}

export async function forgetRunning(folder: string): Promise<void> {
  await rm(path.join(folder, FILE), { force: true });
}

/** The lab that runs on this folder, or null; what a killed one left behind does not count. */
export async function readRunning(folder: string): Promise<Running | null> {
  try {
    const running = JSON.parse(await readFile(path.join(folder, FILE), 'utf8')) as Running;
    return isAlive(running.pid) && Array.isArray(running.ports) ? running : null;
  } catch {
    return null;
  }
}
