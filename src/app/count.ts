import { open } from 'node:fs/promises';
import type { Note } from '../base/locus.ts';
import { columnsOf } from '../evidence/w3c-log/columns.ts';
import w3cLog, { transcode } from '../evidence/w3c-log/reader.ts';
import { type LogState, LogTally, NO_STATE, openCounter, whyUnusable } from '../evidence/w3c-log/tally.ts';
import type { RawGroup } from '../evidence/w3c-log/tally-counter.ts';
import { DIMENSIONS, type Dimension, type Question } from '../evidence/w3c-log/tally-layout.ts';
import type { LogFile, PartRead } from '../platform/log-parts.ts';
import { scanFiles } from '../platform/log-scan.ts';
import type { Source } from '../platform/sources.ts';

export interface Counted {
  /** Can be walked once (evidence/w3c-log/tally-rows.ts). */
  readonly groups: Iterable<RawGroup>;
  /** Logs that were read. */
  readonly logs: number;
  /** Lines looked at: of the status asked for, else all. */
  readonly lines: number;
  /** Lines in groups for which there was no room: the rows are not all. */
  readonly uncounted: number;
  readonly notes: readonly Note[];
}

const HEAD = 1 << 16;

/** Counts lines of W3C logs by some of their values. What is no such log is noted. */
export async function count(
  sources: AsyncIterable<Source>,
  question: Question,
  order: 'by-key' | 'by-count',
): Promise<Counted> {
  const counter = openCounter(question);
  const tally = new LogTally(question, counter);
  const notes: Note[] = [];
  const files: { readonly name: string; readonly file: LogFile }[] = [];
  const reads: { readonly name: string; readonly read: readonly PartRead[] }[] = [];
  for await (const source of sources) {
    const { file } = source;
    const head = file ? await headOf(file.path) : null;
    if (file && head && isPlain(head)) {
      if (w3cLog.sniff(head, source.name) === 'no') notes.push(noLog(source));
      else files.push({ name: source.name, file: { ...file, mark: head[0] === 0xef ? 3 : 0 } });
      continue;
    }
    const read = await readStream(source, tally);
    notes.push(...(source.notes?.() ?? []), ...(read ? [] : [noLog(source)]));
    if (read) reads.push({ name: source.name, read: [read] });
  }
  const scanned = await scanFiles(
    files.map(({ file }) => file),
    { question, counter, tally },
  );
  for (const [i, read] of scanned.read.entries()) reads.push({ name: files[i]!.name, read });
  for (const { name, read } of reads) notes.push(...notesOf(name, read, question.by));
  return {
    groups: counter.groups(order),
    logs: reads.length,
    lines: reads.reduce((sum, { read }) => sum + total(read, 'lines'), 0),
    uncounted: scanned.uncounted + tally.sums.uncounted,
    notes,
  };
}

const noLog = ({ name }: Source): Note => ({
  at: { source: name },
  message: 'no W3C log of IIS: left out; examine reads other kinds of evidence',
});

async function headOf(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Bytes in ASCII, UTF-8 or ANSI, that can be read from anywhere. */
const isPlain = ([a, b, c, d]: Uint8Array): boolean =>
  !((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || (a && b === 0 && c && d === 0));

/** A source that comes as a stream: packed, or in UTF-16. null: it is no such log. */
async function readStream(source: Source, tally: LogTally): Promise<PartRead | null> {
  const before = tally.sums;
  let head: Uint8Array[] | null = [];
  let length = 0;
  tally.begin(NO_STATE);
  const text = transcode({ push: (bytes) => fill(tally, bytes), end: () => tally.end() });
  const decide = (held: readonly Uint8Array[]): boolean => {
    const bytes = Buffer.concat(held);
    if (w3cLog.sniff(bytes.subarray(0, HEAD), source.name) === 'no') return false;
    text.push(bytes);
    return true;
  };
  for await (const chunk of source.chunks()) {
    length += chunk.length;
    if (head === null) text.push(chunk);
    else {
      head.push(chunk.slice());
      if (length < HEAD) continue;
      if (!decide(head)) return null;
      head = null;
    }
  }
  if (head !== null && !decide(head)) return null;
  text.end();
  const { lines, misfits } = tally.sums;
  return {
    ...tally.passed,
    start: 0,
    end: length,
    assumed: NO_STATE,
    lines: lines - before.lines,
    misfits: misfits - before.misfits,
  };
}

function fill(tally: LogTally, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    const { room } = tally;
    const length = Math.min(room.length, bytes.length - at);
    room.set(bytes.subarray(at, at + length));
    tally.filled(length);
    at += length;
  }
}

const total = (read: readonly PartRead[], what: 'lines' | 'misfits' | 'leftOut'): number =>
  read.reduce((sum, one) => sum + one[what], 0);

const linesOf = (count: number): string => `${count} line${count === 1 ? '' : 's'}`;

function notesOf(source: string, read: readonly PartRead[], by: readonly Dimension[]): Note[] {
  const notes = kindNotes(source, read, by);
  const leftOut = total(read, 'leftOut');
  if (leftOut > 0)
    notes.push({
      at: { source },
      message: `${linesOf(leftOut)} left out, under no #Fields directive that can be used`,
    });
  const misfits = total(read, 'misfits');
  const byte = read.map((one) => one.firstMisfit).find((one) => one >= 0);
  if (misfits > 0)
    notes.push({
      at: { source, ...(byte === undefined ? {} : { byte }) },
      message: `${linesOf(misfits)} left out, whose values do not fit #Fields; the first stands here`,
    });
  return notes;
}

/** What each #Fields lacks, once. */
function kindNotes(source: string, read: readonly PartRead[], by: readonly Dimension[]): Note[] {
  const notes = new Map<string, Note>();
  let state: LogState = NO_STATE;
  for (const one of read) {
    const after = { ...state, ...one.seen };
    for (const [fields, byte] of one.kinds) {
      const why = whyUnusable({ fields, day: after.day });
      const lacking = why === null ? by.filter((dimension) => !logs(fields, dimension)) : [];
      const message = why
        ? `lines under this #Fields are left out: ${why}`
        : `the log lacks ${lacking.map((dimension) => DIMENSIONS[dimension][0]).join(', ')}; switch it on in the site's logging`;
      if ((why || lacking.length > 0) && !notes.has(message))
        notes.set(message, { at: { source, byte }, message });
    }
    state = after;
  }
  return [...notes.values()];
}

function logs(fields: string, dimension: Dimension): boolean {
  if (dimension === 'hour' || dimension === 'day') return true;
  const names = columnsOf(fields).names.map((name) => name.toLowerCase());
  return DIMENSIONS[dimension].some((field) => names.includes(field));
}
