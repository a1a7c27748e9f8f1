import type { Digest } from '../base/ports.ts';
import { latin1Text } from '../base/text.ts';
import { diagnoses } from '../diagnoses/index.ts';
import { pages } from '../diagnoses/pages.ts';
import { evaluate } from '../engine/evaluate.ts';
import { rank } from '../engine/rank.ts';
import { readers } from '../evidence/index.ts';
import { openReading, type Reading } from '../evidence/read.ts';
import { witnesses } from '../facts/witnesses.ts';
import { assemble } from '../picture/assemble.ts';
import type { Picture } from '../picture/picture.ts';
import { type Plan, planRepair } from '../plan/plan.ts';
import { nodeDecipher } from '../platform/decipher.ts';
import type { Source } from '../platform/sources.ts';
import { makeReport } from '../report/make.ts';
import type { Report } from '../report/report.ts';
import { KeyLog, looksLikeKeyLog } from '../wire/tls/passive/key-log.ts';
import { Bundles } from './bundles.ts';

export interface ExamineTools {
  readonly digest: Digest;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly version: string;
}

export interface Examined {
  readonly report: Report;
  readonly picture: Picture;
  readonly plan: Plan;
}

/** Evidence in, cause out: read, assemble, check, plan, report. Reads only. */
export async function examine(sources: Sources, tools: ExamineTools): Promise<Examined> {
  return judge(assemble(await readAll(sources, tools.digest)), tools);
}

export type Sources = AsyncIterable<Source> | Iterable<Source>;

/**
 * Reads each source with the reader that knows it. Key logs come first, wherever they stand among the sources: the
 * captures that they open are streamed and cannot be turned back.
 */
export async function readAll(sources: Sources, digest: Digest): Promise<Reading[]> {
  const all: Source[] = [];
  for await (const source of sources) all.push(source);
  const bundles = await Bundles.among(all, digest);
  const sharing = { secrets: new KeyLog(), decipher: nodeDecipher };
  const read = async (source: Source): Promise<Reading> => {
    const reading = openReading(
      { name: source.name, takenAt: bundles.takenAt(source) },
      readers,
      digest,
      sharing,
    );
    for await (const chunk of source.chunks()) reading.push(chunk);
    const read = bundles.complete(reading.end(), source);
    const notes = source.notes?.() ?? [];
    return notes.length > 0 ? { ...read, notes: [...notes, ...read.notes] } : read;
  };
  const early = new Map<Source, Reading>();
  for (const source of all) if (await isKeyLog(source)) early.set(source, await read(source));
  const readings: Reading[] = [];
  for (const source of all) readings.push(early.get(source) ?? (await read(source)));
  return readings;
}

/** By the first bytes; of any other source no more than these is read for it. */
async function isKeyLog(source: Source): Promise<boolean> {
  for await (const chunk of source.chunks()) return looksLikeKeyLog(latin1Text(chunk.subarray(0, 8192)));
  return false;
}

/** The second half, on a picture that stands already (a saved report, a host read live). */
export function judge(picture: Picture, tools: ExamineTools): Examined {
  const evaluations = rank(evaluate(diagnoses, witnesses, picture));
  const plan = planRepair(evaluations, picture, { diagnoses, witnesses });
  const madeAt = new Date(tools.now).toISOString();
  const report = makeReport({ picture, evaluations, plan, pages, madeAt, version: tools.version });
  return { report, picture, plan };
}

/** 0 clear, 1 found, 2 cannot tell or depends, 70 a rule broke (DESIGN.md 5). */
export function exitCodeOf(report: Report): number {
  return { found: 1, clear: 0, depends: 2, 'cannot-tell': 2, broken: 70 }[report.verdict];
}
