import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Claim } from '../../src/evidence/claims.ts';
import { readers } from '../../src/evidence/index.ts';
import type { EvidenceReader } from '../../src/evidence/reader.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { nodeDecipher } from '../../src/platform/decipher.ts';
import { KeyLog } from '../../src/wire/tls/passive/key-log.ts';
import { Chance, mutated } from '../support/mutate.ts';

// Each reader on mutations of its own samples: nothing is thrown, nothing hangs, nothing grows out of proportion.
// `FUZZ=1000000` makes that many for each reader, `FUZZ_SEED` another row of them; a failure names both.

const runs = Number(process.env.FUZZ ?? 150);
const seed = Number(process.env.FUZZ_SEED ?? 1);
/** Of one input of some kilobytes; generous, for machines that do other things as well. */
const LONGEST = 4000;
/** What is long for a reader that should need time in proportion, and not for a unit test. */
const LARGE = 1 << 18;

const samplesOf = ({ kind }: EvidenceReader): { name: string; bytes: Uint8Array }[] => {
  const folder = path.join(import.meta.dirname, '../../src/evidence', kind, 'samples');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.expect'))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(path.join(folder, name))) }));
};
const everySample = readers.flatMap(samplesOf).map(({ bytes }) => bytes);

interface Said {
  readonly claims: number;
  readonly notes: number;
  readonly milliseconds: number;
}

/** Drives the reader itself: openReading would turn what it throws into a note. */
function drive(reader: EvidenceReader, name: string, bytes: Uint8Array, step = bytes.length): Said {
  const claims: Claim[] = [];
  let notes = 0;
  const begun = performance.now();
  reader.sniff(bytes.subarray(0, 1 << 16), name);
  const open = reader.open({
    source: name,
    digest: nodeCrypto,
    secrets: new KeyLog(),
    decipher: nodeDecipher,
    claim: (claim) => void claims.push(claim),
    note: () => void notes++,
  });
  for (let at = 0; at < bytes.length; at += Math.max(1, step))
    open.push(bytes.slice(at, at + Math.max(1, step)));
  open.end();
  return { claims: claims.length, notes, milliseconds: performance.now() - begun };
}

describe.each(readers)('$kind', (reader) => {
  const samples = samplesOf(reader);
  const chanceOf = new Chance(seed);

  test(`on ${runs} mutations of its samples`, { timeout: 600_000 + runs * 100 }, () => {
    let slowest = 0;
    for (let run = 0; run < runs && samples.length > 0; run++) {
      const { name, bytes } = samples[run % samples.length]!;
      const input = mutated(bytes, everySample, chanceOf);
      const where = `${name}, FUZZ_SEED=${seed} run ${run}`;
      let said: Said | null = null;
      try {
        said = drive(reader, name, input, chanceOf.below(3) === 0 ? 1 + chanceOf.below(200) : input.length);
      } catch (error) {
        throw new Error(`${where}: ${error instanceof Error ? error.stack : error}`);
      }
      slowest = Math.max(slowest, said.milliseconds);
      if (said.milliseconds > LONGEST) throw new Error(`${where}: took ${Math.round(said.milliseconds)} ms`);
      if (said.claims + said.notes > 200 + input.length) throw new Error(`${where}: says more than it read`);
    }
    if (process.env.FUZZ) console.log(`${reader.kind}: ${runs} mutations, slowest ${Math.round(slowest)} ms`);
  });

  test('on samples repeated to a quarter of a megabyte', () => {
    for (const { name, bytes } of samples) {
      if (bytes.length === 0) continue;
      const many = new Uint8Array(LARGE);
      for (let at = 0; at < many.length; at += bytes.length)
        many.set(bytes.subarray(0, Math.min(bytes.length, many.length - at)), at);
      expect(drive(reader, name, many, 1 << 16).milliseconds, name).toBeLessThan(LONGEST);
    }
  }, 120_000);

  test('on samples that go on with one character for as long', () => {
    const slow: string[] = [];
    for (const { name, bytes } of samples.slice(0, 3)) {
      for (const char of ' :=<>&"[({-/\\.,a0\n\t\u0000') {
        const head = bytes.subarray(0, 2000);
        const input = new Uint8Array(LARGE).fill(char.charCodeAt(0));
        input.set(head);
        const { milliseconds } = drive(reader, name, input, 1 << 16);
        if (milliseconds > LONGEST)
          slow.push(`${name} then ${JSON.stringify(char)}: ${Math.round(milliseconds)} ms`);
      }
    }
    expect(slow).toEqual([]);
  }, 240_000);
});
