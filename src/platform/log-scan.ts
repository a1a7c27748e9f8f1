import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { isSameState, LogTally, NO_STATE, openCounter } from '../evidence/w3c-log/tally.ts';
import type { Counter } from '../evidence/w3c-log/tally-counter.ts';
import type { Question } from '../evidence/w3c-log/tally-layout.ts';
import { type LogFile, type PartRead, PartReader, partsOf } from './log-parts.ts';

/** What a thread is told. Threads take the next part that nobody has taken: `taken` counts them. */
export interface ScanJob {
  readonly files: readonly LogFile[];
  readonly question: Question;
  readonly taken: SharedArrayBuffer;
  /** Bytes of a part. */
  readonly part: number;
}

interface ScanAnswer {
  /** By the number of the part. */
  readonly read: readonly (readonly [number, PartRead])[];
  readonly uncounted: number;
}

/** The work of one thread other than the first. */
export function scan(job: ScanJob): { readonly answer: ScanAnswer; readonly packed: Uint8Array } {
  const counter = openCounter(job.question);
  const tally = new LogTally(job.question, counter);
  const reader = new PartReader(job.files, tally);
  const read = takeParts(job, reader);
  reader.close();
  return { answer: { read, uncounted: counter.sums.uncounted }, packed: counter.pack() };
}

function takeParts({ files, taken, part: length }: ScanJob, reader: PartReader): [number, PartRead][] {
  const parts = partsOf(files, length);
  const next = new Int32Array(taken);
  const read: [number, PartRead][] = [];
  for (;;) {
    const number = Atomics.add(next, 0, 1);
    const part = parts[number];
    if (!part) return read;
    read.push([number, reader.read(part)]);
  }
}

/**
 * Counts the lines of logs with as many threads as there are processors. The answer does not depend on how many: each
 * part is read under the #Fields that its thread knew of, and again where the parts before it say otherwise.
 * Answers what each part gave, file by file.
 */
export async function scanFiles(
  files: readonly LogFile[],
  { question, counter, tally }: { question: Question; counter: Counter; tally: LogTally },
  { threads = availableParallelism(), part = PART } = {},
): Promise<{ readonly read: PartRead[][]; readonly uncounted: number }> {
  const parts = partsOf(files, part);
  const job: ScanJob = { files, question, taken: new SharedArrayBuffer(4), part };
  // Where the sources run as they are there is no worker, and for a few parts none is worth its start.
  const helpers = existsSync(WORKER) ? Math.min(threads, MOST_THREADS, parts.length >> 1) - 1 : 0;
  const answers = Array.from({ length: Math.max(0, helpers) }, () => helper(job));
  const reader = new PartReader(files, tally);
  try {
    const read = new Map(takeParts(job, reader));
    let uncounted = 0;
    for (const { answer, packed } of await Promise.all(answers)) {
      for (const [number, one] of answer.read) read.set(number, one);
      uncounted += answer.uncounted;
      counter.absorb(packed);
    }
    return { read: inOrder(files, parts, read, reader), uncounted };
  } finally {
    reader.close();
  }
}

const PART = 8 << 20;
const MOST_THREADS = 8;
const WORKER = fileURLToPath(new URL('./log-worker.js', import.meta.url));

function helper(job: ScanJob): Promise<ReturnType<typeof scan>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: job, execArgv: [] });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function inOrder(
  files: readonly LogFile[],
  parts: readonly { readonly file: number }[],
  read: ReadonlyMap<number, PartRead>,
  reader: PartReader,
): PartRead[][] {
  const ordered: PartRead[][] = files.map(() => []);
  const states = files.map(() => NO_STATE);
  for (const [number, { file }] of parts.entries()) {
    const first = read.get(number)!;
    const state = states[file]!;
    const one = isSameState(first.assumed, state) ? first : reader.readAgain(file, first, state);
    ordered[file]!.push(one);
    states[file] = { ...state, ...one.seen };
  }
  return ordered;
}
