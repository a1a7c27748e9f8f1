import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Note } from '../../src/base/locus.ts';
import type { Claim } from '../../src/evidence/claims.ts';
import { readers } from '../../src/evidence/index.ts';
import { openReading, type Reading } from '../../src/evidence/read.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { nodeDecipher } from '../../src/platform/decipher.ts';
import { KeyLog } from '../../src/wire/tls/passive/key-log.ts';
import { printReading } from './print-reading.ts';

// Each reader proves itself on the samples beside it: a sample NAME and what it says in NAME.expect. Nothing else
// may lie in the folder. `UPDATE=1` writes what is missing or changed; look at it before you commit it.

const evidence = path.join(import.meta.dirname, '../../src/evidence');
const samples = readers.flatMap(({ kind }) => {
  const folder = path.join(evidence, kind, 'samples');
  return existsSync(folder)
    ? readdirSync(folder).map((name) => ({ kind, name, file: path.join(folder, name) }))
    : [];
});
const inputs = samples.filter(({ name }) => !name.endsWith('.expect'));

function read(name: string, ...chunks: readonly Uint8Array[]): Reading {
  const sharing = { secrets: new KeyLog(), decipher: nodeDecipher };
  const reading = openReading({ name }, readers, nodeCrypto, sharing);
  for (const chunk of chunks) reading.push(chunk);
  return reading.end();
}

describe.each(readers)('$kind', (reader) => {
  const mine = samples.filter(({ kind }) => kind === reader.kind);

  test('has a folder of that name, a title and samples', () => {
    expect(existsSync(path.join(evidence, reader.kind, 'reader.ts'))).toBe(true);
    expect(reader.title).not.toBe('');
    expect(mine.length).toBeGreaterThan(0);
  });

  test('nothing lies in samples/ but samples and what they say', () => {
    const names = mine.map(({ name }) => name);
    const strays = names.filter(
      (name) => name.endsWith('.expect') && !names.includes(name.replace(/\.expect$/, '')),
    );
    expect(strays, 'an expectation without its sample').toEqual([]);
  });
});

test('every kind of claim stands in some sample', () => {
  const said = new Set(
    inputs.flatMap(({ file, name }) => read(name, readFileSync(file)).claims.map(({ says }) => says)),
  );
  const all: Record<Claim['says'], true> = {
    'host-name': true,
    build: true,
    binding: true,
    'binding-field': true,
    'binding-past': true,
    'bindings-whole': true,
    'schannel-value': true,
    'schannel-key-whole': true,
    'store-certificate': true,
    'store-whole': true,
    certificate: true,
    site: true,
    'sites-whole': true,
    logons: true,
    'certificate-request': true,
    'store-listing': true,
    events: true,
    'http-errors': true,
    'failed-request': true,
    'iis-setting': true,
    'folder-access': true,
    'handshakes-unread': true,
    'request-in-words': true,
    bundle: true,
    'not-collected': true,
    'program-message': true,
    service: true,
    'machine-setting': true,
    'revocation-check': true,
  };
  expect([...said].sort()).toEqual(Object.keys(all).sort());
});

/** Samples whose end takes back what stands before it, each with why. */
const superseded: Readonly<Record<string, string>> = {
  'transcript-before-and-after.txt':
    'its second listing replaces the first, which is all that a cut file has',
  'reg-query-search.txt': 'its last line tells that it shows some values of many',
  'line-lost-in-a-ticket.txt':
    'that a line is lost shows at the end of its record only; where the text is cut before, positions count',
};

describe.each(inputs)('$kind/samples/$name', ({ kind, name, file }) => {
  const bytes = new Uint8Array(readFileSync(file));
  const reader = readers.find((one) => one.kind === kind)!;

  test('is read as its expectation says', () => {
    const printed = printReading(read(name, bytes));
    const expectation = `${file}.expect`;
    if (process.env.UPDATE) writeFileSync(expectation, printed);
    expect(existsSync(expectation), 'no expectation: UPDATE=1 writes one').toBe(true);
    expect(printed).toBe(readFileSync(expectation, 'utf8'));
  });

  test('is recognised by its own reader and certain to no other', () => {
    expect(reader.sniff(bytes, name)).not.toBe('no');
    const certain = readers.filter((one) => one.sniff(bytes, name) === 'certain').map((one) => one.kind);
    expect(certain.filter((other) => other !== kind)).toEqual([]);
  });

  test('says the same in chunks of any size', () => {
    const whole = printReading(read(name, bytes));
    expect(printReading(read(name, ...chunked(bytes, [1])))).toBe(whole);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 97 }), { minLength: 1, maxLength: 9 }), (sizes) => {
        expect(printReading(read(name, ...chunked(bytes, sizes)))).toBe(whole);
      }),
      { numRuns: 10 },
    );
  });

  // Files are read into the same buffers again and again (platform/file-chunks.ts).
  test('keeps nothing of a chunk that was lent', () => {
    const readLent = (size: number): string => {
      const claims: Claim[] = [];
      const notes: Note[] = [];
      const open = reader.open({
        source: name,
        digest: nodeCrypto,
        secrets: new KeyLog(),
        decipher: nodeDecipher,
        claim: (one) => void claims.push(one),
        note: (one) => void notes.push(one),
      });
      for (let at = 0; at < bytes.length; at += size) {
        const lent = bytes.slice(at, at + size);
        open.push(lent);
        lent.fill(0xee);
      }
      open.end();
      return printReading({ source: name, kind, title: reader.title, claims, notes });
    };
    const whole = readLent(bytes.length + 1);
    for (const size of [1, 61, 4096]) expect(readLent(size), `${size} at a time`).toBe(whole);
  });

  test.skipIf(superseded[name])(
    'cut at every byte it is read without a fault, and nothing is said that the whole does not say',
    () => {
      const claimsOf = (part: Uint8Array): Claim[] => {
        const claims: Claim[] = [];
        const context = {
          source: name,
          digest: nodeCrypto,
          claim: (one: Claim) => void claims.push(one),
          note() {},
        };
        const open = reader.open(context);
        open.push(part);
        open.end();
        return claims.filter(isSaid);
      };
      const whole = new Set(claimsOf(bytes).map(withoutText));
      for (let end = 0; end < bytes.length; end++) {
        const invented = claimsOf(bytes.slice(0, end)).filter((claim) => !whole.has(withoutText(claim)));
        expect(invented, `cut at byte ${end}`).toEqual([]);
      }
    },
  );
});

/** Claims that a shorter text may not make otherwise; counts of log lines and lists of rules grow with the text. */
function isSaid(claim: Claim): boolean {
  if (claim.says === 'binding-field') return claim.value.is === 'known';
  return ['schannel-value', 'schannel-key-whole', 'store-certificate', 'certificate', 'binding'].includes(
    claim.says,
  );
}

function withoutText(claim: Claim): string {
  return JSON.stringify(claim, (key, value) =>
    key === 'text' || key === 'der' || key === 'extensions' ? undefined : value,
  );
}

/** Cuts into chunks whose sizes go round; a zero is an empty chunk. */
function chunked(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const usable = sizes.some((size) => size > 0) ? sizes : [1];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = usable[i % usable.length]!;
    // A copy, as a stream hands over: views into one buffer would hide a reader that keeps what is not its own.
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return chunks;
}
