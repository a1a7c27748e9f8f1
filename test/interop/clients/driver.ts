import { execFile, spawnSync } from 'node:child_process';
import type { ClientModel } from '../../../src/clients/model.ts';
import { findProgram } from '../peers.ts';
import type { Holder } from './identities.ts';
import type { Scenario } from './traits.ts';

/** A client to be sent to a server: which port, with which TLS version and identity. */
export interface Visit {
  readonly port: number;
  readonly version: Scenario['version'];
  readonly holder: Holder;
}

/** An installed client, and the model of its family. */
export interface Driver {
  readonly name: string;
  readonly model: ClientModel;
  /** What must be installed: programs (of several names one will do), '<gnutls/gnutls.h>', 'root'. */
  readonly needs: readonly (string | readonly string[])[];
  /** Prints its version. */
  readonly version: readonly string[];
  /** Sends it everywhere; what came of it the server tells. Returns the visits it could not make, with why. */
  run(visits: readonly Visit[], folder: string): Promise<Unmade>;
}

/** Index of the visit, and why the client could not be sent: its store refuses the key. */
export type Unmade = ReadonlyMap<number, string>;

export const ALL_MADE: Unmade = new Map();

/** What of the needs is missing, by name. */
export const missingOf = (needs: Driver['needs']): string[] =>
  needs.map((one) => [one].flat()).flatMap((names) => (isThere(names) ? [] : [names.join(' or ')]));

function isThere(names: readonly string[]): boolean {
  const [first] = names;
  if (first === 'root') return process.getuid?.() === 0;
  if (first?.startsWith('<')) {
    const input = `#include ${first}\n`;
    return spawnSync('gcc', ['-fsyntax-only', '-xc', '-'], { input }).status === 0;
  }
  return findProgram(...names) !== null;
}

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

/** Visits as lines for a client that makes them all in one process: port, version, and these files. */
export const visitLines = (visits: readonly Visit[], files: (holder: Holder) => string[]): string =>
  visits.map(({ port, version, holder }) => `${[port, version, ...files(holder)].join('\t')}\n`).join('');
