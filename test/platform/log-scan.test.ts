import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LogTally, NO_STATE } from '../../src/evidence/w3c-log/tally.ts';
import type { Dimension, Question } from '../../src/evidence/w3c-log/tally-layout.ts';
import { PlainCounter } from '../../src/evidence/w3c-log/tally-plain.ts';
import { rowsOf } from '../../src/evidence/w3c-log/tally-rows.ts';
import type { LogFile } from '../../src/platform/log-parts.ts';
import { scanFiles } from '../../src/platform/log-scan.ts';
import { arbitraryLog } from '../evidence/arbitrary-log.ts';

// A log that is read in parts gives what it gives as a whole, wherever the borders lie.

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handclasp-scan-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, bytes: Uint8Array): LogFile {
  const full = path.join(folder, name);
  writeFileSync(full, bytes);
  return { path: full, size: bytes.length, mark: 0 };
}

const BY: readonly Dimension[] = ['status', 'client', 'hour', 'path'];

const counterOf = (question: Question) => new PlainCounter(question.status);
const sorted = (counter: PlainCounter): unknown[] => [...rowsOf(counter.groups('by-key'), BY)];
const sum = (read: readonly { readonly [K in 'lines' | 'misfits' | 'leftOut']: number }[]) => ({
  lines: read.reduce((all, one) => all + one.lines, 0),
  misfits: read.reduce((all, one) => all + one.misfits, 0),
  leftOut: read.reduce((all, one) => all + one.leftOut, 0),
});

function wholly(question: Question, logs: readonly Uint8Array[]) {
  const counter = counterOf(question);
  const tally = new LogTally(question, counter);
  let leftOut = 0;
  const misfits = logs.map((log) => {
    tally.begin(NO_STATE);
    tally.room.set(log);
    tally.filled(log.length);
    tally.end();
    leftOut += tally.passed.leftOut;
    return tally.passed.firstMisfit;
  });
  const { lines, misfits: unfit } = tally.sums;
  return { rows: sorted(counter), sums: { lines, misfits: unfit, leftOut }, misfits };
}

async function inParts(question: Question, logs: readonly Uint8Array[], part: number) {
  const counter = counterOf(question);
  const tally = new LogTally(question, counter);
  const files = logs.map((log, i) => file(`${i}.log`, log));
  const { read } = await scanFiles(files, { question, counter, tally }, { part });
  const misfits = read.map((parts) => parts.map((one) => one.firstMisfit).find((one) => one >= 0) ?? -1);
  return { rows: sorted(counter), sums: sum(read.flat()), misfits };
}

test('rows, sums and the first misfit of logs in parts are those of the logs as a whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryLog, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 20, max: 3000 }),
      fc.constantFrom(null, '403'),
      async (logs, part, status) => {
        const question = { by: BY, status };
        expect(await inParts(question, logs, part)).toEqual(wholly(question, logs));
      },
    ),
    { numRuns: 150 },
  );
});

test('a part under other #Fields than its thread assumed is read again', async () => {
  const head = (fields: string) => `#Fields: ${fields}\n`;
  const line = '2026-11-24 10:00:00 403 200\n';
  const log = Buffer.from(
    head('date time sc-status cs-uri-stem') +
      line.repeat(1000) +
      head('date time cs-uri-stem sc-status') +
      line.repeat(1000),
  );
  const question = { by: BY, status: null };
  for (const part of [100, 9000, 30_000]) {
    const { rows, sums } = await inParts(question, [log], part);
    expect(sums.lines).toBe(2000);
    expect(rows).toEqual([
      { values: ['200', '', '2026-11-24 10', '403'], count: 1000 },
      { values: ['403', '', '2026-11-24 10', '200'], count: 1000 },
    ]);
  }
});

test('one line without end costs one reading, and is a misfit', async () => {
  const log = Buffer.from(`#Fields: date time sc-status\n${'x'.repeat(5 << 20)}\n2026-11-24 10:00:00 200\n`);
  const { rows, sums } = await inParts({ by: BY, status: null }, [log], 1000);
  expect(rows).toHaveLength(1);
  expect(sums).toEqual({ lines: 2, misfits: 1, leftOut: 0 });
});
