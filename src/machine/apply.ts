import { randomUUID } from 'node:crypto';
import { Unanswered } from '../base/known.ts';
import type { PlannedChange } from '../changes/index.ts';
import { commands } from '../windows/commands/index.ts';
import type { Host } from '../windows/host.ts';
import { changedPlaces, compareAt, type Difference, type Place } from './compare.ts';
import type { CommandLines, Journal, JournalEntry } from './journal.ts';
import type { Machine } from './machine.ts';

export interface ApplyOptions {
  readonly journal: Journal;
  /** The host as the plan was made on it: what is about to be changed must still be so. */
  readonly planned: Host;
  /** Collects from the machine again and rebuilds its host. */
  readBack(): Promise<Host>;
  /** Asks the wire after the last step: null when it shows what it should, else what it shows instead. */
  probe?(): Promise<string | null>;
  onProgress?(progress: Progress): void;
  /** Milliseconds since 1970 UTC. */
  now(): number;
}

export interface Progress {
  readonly stage: 'read' | 'journal' | 'run' | 'read-back' | 'probe' | 'undo';
  readonly says: string;
}

export interface ApplyResult {
  /** refused: nothing was changed. restored: it failed and all is as before. incomplete: it is not. */
  readonly outcome: 'applied' | 'refused' | 'restored' | 'incomplete';
  /** DESIGN.md 5. */
  readonly exitCode: 0 | 3 | 4;
  /** One sentence: what happened, and what to do if anything is left to do. */
  readonly says: string;
  readonly differences: readonly Difference[];
}

/**
 * Carries out planned changes one by one: read again, journal, run, read back field by field, and ask the wire
 * at the end. Whatever does not come out as the model foresaw is put back, all of it, newest first.
 */
export async function applySteps(
  machine: Machine,
  steps: readonly PlannedChange[],
  options: ApplyOptions,
): Promise<ApplyResult> {
  const done: JournalEntry[] = [];
  try {
    refuseUnfit(machine, steps);
    let expected = options.planned;
    for (const step of steps) expected = await applyStep(machine, step, expected, done, options);
    await checkWire(options);
  } catch (error) {
    return giveUp(machine, error, done, options);
  }
  for (const entry of done) await options.journal.end(entry, 'applied', timeOf(options));
  const says = `applied and read back: ${steps.map((step) => step.title).join('; ')}`;
  return { outcome: 'applied', exitCode: 0, says, differences: [] };
}

/** A step went wrong, or must not be taken; told to the user, never thrown past this file. */
class Failed extends Error {
  readonly differences: readonly Difference[];
  constructor(says: string, differences: readonly Difference[] = []) {
    super(says);
    this.differences = differences;
  }
}

function refuseUnfit(machine: Machine, steps: readonly PlannedChange[]): void {
  if (!machine.canWrite) throw new Failed(`${machine.title} can only be read`);
  const refusals = steps.flatMap((step) => step.refusals);
  if (refusals.length > 0) throw new Failed(refusals.join('; '));
}

/** The host as it should stand after this step, which it then does. */
async function applyStep(
  machine: Machine,
  step: PlannedChange,
  expected: Host,
  done: JournalEntry[],
  options: ApplyOptions,
): Promise<Host> {
  options.onProgress?.({ stage: 'read', says: `reading ${machine.title} again` });
  const current = await options.readBack();
  const predicted = predict(current, step);
  const places = changedPlaces(current, predicted);
  refuseDrift(places, expected, current);
  const show = showOf(step);
  const before = await machine.run(show);
  const entry: JournalEntry = {
    id: randomUUID(),
    at: timeOf(options),
    machine: machine.title,
    title: step.title,
    commands: step.commands,
    undo: step.undo,
    show,
    before: before.output,
  };
  options.onProgress?.({ stage: 'journal', says: `saving what it was in ${options.journal.file}` });
  await options.journal.write(entry);
  done.push(entry);
  await runAll(machine, step.commands, options);
  options.onProgress?.({ stage: 'read-back', says: 'reading it back' });
  checkDone(places, predicted, await options.readBack());
  return predicted;
}

/** What the model says the commands will do; a command that it does not know may do anything. */
function predict(host: Host, step: PlannedChange): Host {
  return step.commands.reduce((before, [program = '', ...args]) => {
    const command = Object.hasOwn(commands, program) ? commands[program] : undefined;
    if (!command) throw new Failed(`${program}: its effect cannot be foreseen, so it is not run`);
    const { host: after, output, exitCode } = foreseen(program, () => command(args, before));
    if (exitCode !== 0) throw new Failed(`${program} would fail: ${firstLine(output)}`);
    return after;
  }, host);
}

function foreseen<T>(program: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    throw new Failed(`${program}: its effect cannot be foreseen without ${error.wants}, so it is not run`);
  }
}

function refuseDrift(places: readonly Place[], planned: Host, current: Host): void {
  const differences = places.flatMap((place) => compareAt(place, planned, current));
  if (differences.length > 0) {
    throw new Failed(`it has changed since the plan was made (${printFirst(differences)})`, differences);
  }
}

/** The command whose text shows what the step changes, for the journal. */
function showOf({ title, commands: lines }: PlannedChange): readonly string[] {
  const [first, ...others] = lines.map(showOfCommand);
  const isOne = others.every((one) => one?.join(' ') === first?.join(' '));
  if (first && isOne) return first;
  throw new Failed(`${title}: there is no command to read it back`);
}

function showOfCommand([program, ...words]: readonly string[]): readonly string[] | null {
  if (program === 'netsh' && words[0] === 'http' && words[2] === 'sslcert') {
    return ['netsh', 'http', 'show', 'sslcert'];
  }
  const [, key, flag, name] = words;
  if (program === 'reg' && key && flag === '/v' && name) return ['reg', 'query', key, '/v', name];
  return null;
}

/** Exit codes of netsh prove nothing (domain 1.5), but a bad one is bad. */
async function runAll(machine: Machine, lines: CommandLines, options: ApplyOptions): Promise<void> {
  for (const argv of lines) {
    options.onProgress?.({ stage: 'run', says: argv.join(' ') });
    const { exitCode, output } = await machine.run(argv);
    if (exitCode !== 0) throw new Failed(`${argv[0]} failed with ${exitCode}: ${firstLine(output)}`);
  }
}

function checkDone(places: readonly Place[], predicted: Host, seen: Host): void {
  const differences = places.flatMap((place) => compareAt(place, predicted, seen));
  if (differences.length > 0) {
    throw new Failed(`read back, it is not as foreseen (${printFirst(differences)})`, differences);
  }
}

async function checkWire(options: ApplyOptions): Promise<void> {
  if (!options.probe) return;
  options.onProgress?.({ stage: 'probe', says: 'asking the server on the wire' });
  const problem = await options.probe();
  if (problem) throw new Failed(`on the wire it is not as foreseen: ${problem}`);
}

async function giveUp(
  machine: Machine,
  error: unknown,
  done: readonly JournalEntry[],
  options: ApplyOptions,
): Promise<ApplyResult> {
  const says = error instanceof Error ? error.message : String(error);
  const differences = error instanceof Failed ? error.differences : [];
  if (done.length === 0) {
    return { outcome: 'refused', exitCode: 3, says: `nothing was changed: ${says}`, differences };
  }
  const left: string[] = [];
  for (const entry of done.toReversed()) {
    options.onProgress?.({ stage: 'undo', says: `putting back: ${entry.title}` });
    const problem = await undo(machine, entry);
    if (problem) left.push(`${entry.title}: ${problem}`);
    await options.journal.end(entry, problem ? 'not-undone' : 'undone', timeOf(options));
  }
  if (left.length === 0) {
    return { outcome: 'restored', exitCode: 3, says: `${says}; everything was put back`, differences };
  }
  const rest = `it was NOT all put back (${left.join('; ')}); the old state is in ${options.journal.file}`;
  return { outcome: 'incomplete', exitCode: 4, says: `${says}; ${rest}`, differences };
}

/**
 * Puts back what a journal entry changed and proves it by the text that the entry kept.
 * null: it is as it was; else what is not.
 */
export async function undo(machine: Machine, entry: JournalEntry): Promise<string | null> {
  const problems: string[] = [];
  try {
    for (const argv of entry.undo) {
      const { exitCode, output } = await machine.run(argv);
      if (exitCode !== 0) problems.push(`${argv[0]} failed with ${exitCode}: ${firstLine(output)}`);
    }
    const after = await machine.run(entry.show);
    if (sameListing(after.output, entry.before)) return null;
    return problems[0] ?? firstDifference(entry.before, after.output);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A record that was deleted and added again may stand elsewhere in the listing: paragraphs compare in any order. */
function sameListing(a: string, b: string): boolean {
  const paragraphs = (text: string) =>
    text
      .trim()
      .split(/\r?\n\s*\r?\n/)
      .sort()
      .join('\n\n');
  return paragraphs(a) === paragraphs(b);
}

function firstDifference(before: string, after: string): string {
  const now = after.split('\n');
  const at = before.split('\n').findIndex((line, i) => line !== now[i]);
  const was = before.split('\n')[at]?.trim() ?? '(nothing)';
  return `«${was}» is now «${now[at]?.trim() ?? '(nothing)'}»`;
}

function printFirst(differences: readonly Difference[]): string {
  const { what, expected, seen } = differences[0]!;
  const more = differences.length > 1 ? `, and ${differences.length - 1} more` : '';
  return `${what}: ${expected} expected, ${seen} seen${more}`;
}

const firstLine = (text: string): string => text.trim().split(/\r?\n/)[0] ?? '';
const timeOf = (options: ApplyOptions): string => new Date(options.now()).toISOString();
