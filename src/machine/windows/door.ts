import os from 'node:os';
import { type Item, LIMITS, type Limits } from '../collection/item.ts';
import { ITEMS } from '../collection/items.ts';
import type { EvidenceFile, Machine, Ran } from '../machine.ts';
import { windowsCollector } from './collector.ts';
import { execute } from './execute.ts';

/** What the diagnoses that lead to repairs ask for; all the rest is for `collect`. */
const FOR_REPAIR = (item: Item): boolean => item.answers !== undefined && item.from.is !== 'wire';
/** The days before are seldom needed, and may be gigabytes. */
const NEWEST_ONLY: Limits = { ...LIMITS, days: 2, megabytes: 50 };

/** This Windows computer, by its own programs. Not run on a real Windows host yet; every write is read back. */
export function windowsDoor(): Machine {
  return {
    title: `this computer (${os.hostname()})`,
    canWrite: true,
    async run([program = '', ...args]) {
      const { exitCode, out, err, problem } = await execute(program, args);
      return { exitCode, output: `${out.toString('utf8')}${err.toString('utf8')}${problem}` } satisfies Ran;
    },
    collect,
  };
}

async function collect(): Promise<EvidenceFile[]> {
  const collector = windowsCollector();
  const files: EvidenceFile[] = [];
  for (const item of ITEMS.filter(FOR_REPAIR))
    for await (const part of collector.collect(item, NEWEST_ONLY)) files.push(...part.files);
  return files;
}
