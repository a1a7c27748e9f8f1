import { execFile, spawnSync } from 'node:child_process';
import type { ClientModel } from '../../../src/clients/model.ts';
import { findProgram } from '../peers.ts';
import type { Holder } from './identities.ts';
import type { Scenario } from './traits.ts';

/** A client to be sent to a server: which port, with which TLS version and identities. */
export interface Visit {
  readonly port: number;
  readonly version: Scenario['version'];
  /** In the order in which the client is given them. */
  readonly holders: readonly Holder[];
  /** Where a user chooses: the identity that he looks for, which may not be shown to him. */
  readonly wanted: Holder;
  /** The server lists no issuers. */
  readonly isListless: boolean;
}

/** An installed client, and the model of its family. */
export interface Driver {
  readonly name: string;
  readonly model: ClientModel;
  /** Its name among the programs of its family that differ from each other. */
  readonly program?: string;
  readonly needs: readonly Need[];
  /** Prints its version. */
  readonly version: readonly string[];
  /** Sends it everywhere; what came of it the server tells. Returns the visits it could not make, with why. */
  run(visits: readonly Visit[], folder: string): Promise<Unmade>;
}

/** Index of the visit, and why the client could not be sent: its store refuses the key. */
export type Unmade = ReadonlyMap<number, string>;

export const ALL_MADE: Unmade = new Map();

/** Visits of a client that holds the same, together. */
export function byHolders<T extends Visit>(
  visits: readonly T[],
): { readonly holders: readonly Holder[]; readonly visits: T[] }[] {
  const groups = new Map<string, { holders: readonly Holder[]; visits: T[] }>();
  for (const visit of visits) {
    const key = visit.holders.map(({ name }) => name).join();
    const group = groups.get(key);
    if (group) group.visits.push(visit);
    else groups.set(key, { holders: visit.holders, visits: [visit] });
  }
  return [...groups.values()];
}

/** A program that must be installed, or names of which one will do, or what only a look can tell. */
export type Need = string | readonly string[] | { readonly name: string; isThere(): boolean };

/** What of the needs is missing, by name. */
export const missingOf = (needs: readonly Need[]): string[] => needs.flatMap(missingName);

function missingName(need: Need): string[] {
  if (typeof need === 'object' && 'isThere' in need) return need.isThere() ? [] : [need.name];
  const names = typeof need === 'string' ? [need] : need;
  return findProgram(...names) === null ? [names.join(' or ')] : [];
}

export const ROOT: Need = { name: 'the rights of root', isThere: () => process.getuid?.() === 0 };

export const header = (file: string): Need => ({
  name: `the header ${file}`,
  isThere: () =>
    spawnSync('gcc', ['-fsyntax-only', '-xc', '-'], { input: `#include <${file}>\n` }).status === 0,
});

/** One line of what the program says of its version. */
export function versionOf([program, ...args]: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program!, args, { encoding: 'utf8', timeout: 30_000 });
  return (
    `${stdout}${stderr}`
      .split('\n')
      .find((line) => /\d\.\d/.test(line))
      ?.trim() ?? 'unknown version'
  );
}

/** Runs a program to its end, whatever its exit code tells, with that as its input. */
export function runOut(
  program: string,
  args: readonly string[],
  input: string,
  limit = 15_000,
): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { timeout: limit, maxBuffer: 2 ** 26 }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
    child.stdin!.on('error', () => undefined);
    child.stdin!.end(input);
  });
}

/** Work on each, so many at a time. */
export async function inLanes<T>(
  lanes: number,
  items: readonly T[],
  work: (item: T, index: number, lane: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async (number: number): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      await work(items[index]!, index, number);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, i) => lane(i)));
}

/** Visits as lines for a client that makes them all in one process: port, version, chain and key of each identity. */
export const visitLines = (visits: readonly Visit[]): string =>
  visits
    .map(({ port, version, holders }) => [
      port,
      version,
      ...holders.flatMap(({ chain, key }) => [chain, key]),
    ])
    .map((fields) => `${fields.join('\t')}\n`)
    .join('');
