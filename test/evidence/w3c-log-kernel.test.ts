import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Claim } from '../../src/evidence/claims.ts';
import { borrowKernel, type Kernel, openKernel } from '../../src/evidence/w3c-log/kernel.ts';
import { ROOM_FOR_KNOWN } from '../../src/evidence/w3c-log/known-lines.ts';
import { LogReader } from '../../src/evidence/w3c-log/log-reader.ts';
import { LogTally, NO_STATE } from '../../src/evidence/w3c-log/tally.ts';
import type { Counter } from '../../src/evidence/w3c-log/tally-counter.ts';
import { KernelCounter } from '../../src/evidence/w3c-log/tally-kernel.ts';
import { DIMENSIONS, type Dimension, type Question } from '../../src/evidence/w3c-log/tally-layout.ts';
import { PlainCounter } from '../../src/evidence/w3c-log/tally-plain.ts';
import { rowsOf } from '../../src/evidence/w3c-log/tally-rows.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { generated } from '../../tools/make-wasm.mjs';
import { arbitraryLog, chunksOf } from './arbitrary-log.ts';

// WebAssembly and plain JavaScript read every log alike.

const borders = fc.array(fc.nat(), { maxLength: 8 });

function readWith(kernel: Kernel | null, chunks: Iterable<Uint8Array>) {
  const claims: Claim[] = [];
  const notes: unknown[] = [];
  const reader = new LogReader(
    {
      source: 'u_ex.log',
      digest: nodeCrypto,
      claim: (claim) => void claims.push(claim),
      note: (note) => void notes.push(note),
    },
    kernel,
  );
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return { claims, notes };
}

test('the reader of examine claims and notes the same with the kernel as without', () => {
  fc.assert(
    fc.property(arbitraryLog, borders, (log, cuts) => {
      const kernel = borrowKernel(ROOM_FOR_KNOWN);
      expect(kernel).not.toBeNull();
      expect(readWith(kernel, chunksOf(log, cuts))).toEqual(readWith(null, [log]));
    }),
    { numRuns: 300 },
  );
});

test('so it does where there are too many paths, hosts and endpoints, and where lines fill the room', () => {
  const fields = '#Fields: date time s-ip s-port cs-host cs-uri-stem sc-status sc-substatus sc-win32-status';
  const lines = Array.from({ length: 14_000 }, (_, i) => {
    const second = String(Math.floor(i / 300)).padStart(2, '0');
    const host = i % 3 === 0 ? `h${i}.example` : '-';
    const port = i % 7 === 0 ? i : 443;
    const status = ['200 0 0', '403 7 5', '403 7 x', '40 0 0'][i % 4];
    return `2026-11-24 10:00:${second} 192.0.2.${i % 200} ${port} ${host} /${i % 9000} ${status}`;
  });
  const log = Buffer.from([fields, ...lines, `${lines[0]} ${'x'.repeat(3 << 20)}`, ...lines, ''].join('\n'));
  const bytes = new Uint8Array(log);
  const plain = readWith(null, [bytes]);
  expect(readWith(borrowKernel(ROOM_FOR_KNOWN), chunksOf(bytes, [100_000, 1_000_000, 1_500_001]))).toEqual(
    plain,
  );
  expect(JSON.stringify(plain.notes)).toContain('counted without path or host header');
});

const NAMES = Object.keys(DIMENSIONS) as Dimension[];
const question: fc.Arbitrary<Question> = fc.record({
  by: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 7 }),
  status: fc.constantFrom(null, '403', '200'),
});

function tallyWith(counter: Counter, asked: Question, chunks: Iterable<Uint8Array>) {
  const tally = new LogTally(asked, counter);
  tally.begin(NO_STATE);
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const { room } = tally;
      const length = Math.min(room.length, chunk.length - at);
      room.set(chunk.subarray(at, at + length));
      tally.filled(length);
      at += length;
    }
  }
  tally.end();
  const { passed, sums } = tally;
  const rows = rowsOf(counter.groups('by-key'), asked.by);
  const given = [];
  let next = rows.next();
  for (; !next.done; next = rows.next()) given.push(next.value);
  return { passed, sums, rows: given, malformed: next.value };
}

test('lines are counted the same by both counters, by whatever is asked', () => {
  fc.assert(
    fc.property(arbitraryLog, borders, question, (log, cuts, asked) => {
      const kernel = openOnce();
      const fast = tallyWith(new KernelCounter(kernel, asked.status), asked, chunksOf(log, cuts));
      expect(fast).toEqual(tallyWith(new PlainCounter(asked.status), asked, [log]));
    }),
    { numRuns: 300 },
  );
});

let opened: Kernel | null = null;
function openOnce(): Kernel {
  opened ??= openKernel(32 << 20);
  if (!opened) throw new Error('no WebAssembly');
  opened.reset((20 << 20) + (32 << 20));
  return opened;
}

test('a status is found wherever it stands, and nothing else is taken for it', () => {
  const asked: Question = { by: ['path', 'status'], status: '403' };
  const lines = [
    '403 /a',
    '/b 403',
    '/403 200',
    '403 403',
    '1403 /c',
    '4033 /d',
    '/e 403\r',
    '#403 /f',
    '/g 403 7',
  ];
  for (const fields of ['sc-status cs-uri-stem date time', 'cs-uri-stem sc-status date time']) {
    // So that each line stands at each place of a block of 64 bytes.
    for (let shift = 0; shift < 70; shift++) {
      const padded = lines.map((line) => line.replace(/^\S+ \S+/, (two) => `${two} 2026-11-24 10:00:00`));
      const log = Buffer.from([`#Fields: ${fields}`, `#${'-'.repeat(shift)}`, ...padded, ''].join('\n'));
      const plain = tallyWith(new PlainCounter('403'), asked, [log]);
      expect(tallyWith(new KernelCounter(openOnce(), '403'), asked, [log])).toEqual(plain);
      expect(plain.rows.length).toBeGreaterThan(1);
    }
  }
});

test('what was counted under a wrong #Fields is taken back', () => {
  const asked: Question = { by: ['status', 'client'], status: null };
  const right = { fields: 'date time c-ip sc-status', day: null };
  const wrong = { fields: 'date time sc-status c-ip', day: null };
  const line = Buffer.from('2026-11-24 10:00:00 192.0.2.7 403\n2026-11-24 10:00:00 x\n');
  for (const counter of [new KernelCounter(openOnce(), null), new PlainCounter(null)]) {
    const tally = new LogTally(asked, counter);
    for (const [state, weight] of [
      [wrong, 1],
      [wrong, -1],
      [right, 1],
    ] as const) {
      tally.begin(state, 0, weight);
      tally.room.set(line);
      tally.filled(line.length);
      tally.end();
    }
    expect(tally.sums).toEqual({ lines: 2, misfits: 1, uncounted: 0 });
    expect([...rowsOf(counter.groups('by-key'), asked.by)]).toEqual([
      { values: ['403', '192.0.2.7'], count: 1 },
    ]);
  }
});

test('groups of several counters come together, the largest first when asked so', () => {
  const asked: Question = { by: ['path'], status: null };
  const log = (from: number, to: number) =>
    Buffer.from(
      `#Fields: date time cs-uri-stem sc-status\n${Array.from({ length: to - from }, (_, i) => `2026-11-24 10:00:00 /${(from + i) % 10_000} 200\n`).join('')}`,
    );
  for (const open of [() => new KernelCounter(openKernel(8 << 20)!, null), () => new PlainCounter(null)]) {
    const [a, b] = [open(), open()];
    tallyOnly(a, asked, log(0, 15_000));
    tallyOnly(b, asked, log(9_000, 10_500));
    a.absorb(b.pack());
    const rows = [...rowsOf(a.groups('by-count'), asked.by)];
    expect(rows).toHaveLength(10_000);
    expect(rows[0]).toEqual({ values: ['/0'], count: 3 });
    expect(rows.at(-1)).toEqual({ values: ['/8999'], count: 1 });
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(16_500);
  }
});

function tallyOnly(counter: Counter, asked: Question, log: Uint8Array): void {
  const tally = new LogTally(asked, counter);
  tally.begin(NO_STATE);
  tally.room.set(log);
  tally.filled(log.length);
  tally.end();
}

test('groups without end are counted as such, in the memory that was granted', () => {
  const asked: Question = { by: ['path'], status: null };
  const kernel = openKernel(8 << 20)!;
  const counter = new KernelCounter(kernel, null);
  const tally = new LogTally(asked, counter);
  tally.begin({ fields: 'date time cs-uri-stem sc-status', day: null });
  for (let k = 0; k < 40; k++) {
    const lines = Array.from({ length: 10_000 }, (_, i) => `2026-11-24 10:00:00 /${k * 10_000 + i} 200\n`);
    const bytes = Buffer.from(lines.join(''));
    tally.room.set(bytes);
    tally.filled(bytes.length);
  }
  const { lines, uncounted } = tally.sums;
  expect(lines).toBe(400_000);
  expect(uncounted).toBeGreaterThan(100_000);
  const counted = [...rowsOf(counter.groups('by-key'), asked.by)].reduce((sum, row) => sum + row.count, 0);
  expect(counted).toBe(lines - uncounted);
  expect(kernel.memory.buffer.byteLength).toBeLessThanOrEqual(28 << 20);
});

test('the compiled text is that of the source', async (context) => {
  const text = await generated();
  if (text === null) return context.skip('assemblyscript is not installed');
  const { readFileSync } = await import('node:fs');
  const kept = readFileSync(
    new URL('../../src/evidence/w3c-log/kernel.generated.ts', import.meta.url),
    'utf8',
  );
  expect(text, 'run npm run make:wasm').toBe(kept);
});
