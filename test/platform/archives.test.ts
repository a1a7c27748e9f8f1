import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { readAll } from '../../src/app/examine.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { sourcesIn } from '../../src/platform/sources.ts';
import { safeName } from '../../src/platform/zip.ts';
import { writeTar, writeZip } from '../support/archives.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'archives-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Unpacked {
  readonly name: string;
  readonly text: string;
  readonly notes: readonly string[];
}

async function unpacked(name: string, bytes: Uint8Array): Promise<Unpacked[]> {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const found: Unpacked[] = [];
  for await (const source of sourcesIn([file])) {
    const parts: Uint8Array[] = [];
    for await (const chunk of source.chunks()) parts.push(chunk);
    const notes = (source.notes?.() ?? []).map(({ message }) => message);
    found.push({ name: source.name, text: Buffer.concat(parts).toString(), notes });
  }
  return found;
}

const log = '2026-03-03 02:14:00 GET /login 403 7 5\r\n'.repeat(3000);

test('a packed log is one source', async () => {
  const [one, ...more] = await unpacked('u_ex260303.log.gz', gzipSync(log));
  expect(one).toEqual({ name: 'u_ex260303.log.gz/u_ex260303.log', text: log, notes: [] });
  expect(more).toEqual([]);
});

test('logs packed one after the other into one stream are read all', async () => {
  const [one] = await unpacked('joined.log.gz', Buffer.concat([gzipSync('first\n'), gzipSync('second\n')]));
  expect(one?.text).toBe('first\nsecond\n');
});

test('a cut stream gives what came and says so', async () => {
  const random = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i * 7919) % 251));
  const whole = gzipSync(random);
  const [one] = await unpacked('cut.log.gz', whole.subarray(0, whole.length / 2));
  expect(one!.text.length).toBeGreaterThan(1000);
  expect(one!.notes).toEqual([expect.stringContaining('cut off')]);
});

test('files of a zip keep their folders, stored or packed; names lead nowhere', async () => {
  const found = await unpacked(
    'bundle.zip',
    writeZip([
      { name: 'logs/W3SVC1/u_ex260303.log', bytes: log },
      { name: 'logs/', bytes: '', stored: true },
      { name: '..\\..\\C:\\netsh.txt', bytes: 'stored', stored: true },
      { name: 'ümlaut/Straße.txt', bytes: 'x' },
    ]),
  );
  expect(found.map(({ name }) => name)).toEqual([
    'bundle.zip/logs/W3SVC1/u_ex260303.log',
    'bundle.zip/C:/netsh.txt',
    'bundle.zip/ümlaut/Straße.txt',
  ]);
  expect(found[0]!.text).toBe(log);
  expect(found[1]!.text).toBe('stored');
});

test('an archive in an archive is unpacked, one in that is not', async () => {
  const third = writeZip([{ name: 'deep.txt', bytes: 'deep' }]);
  const second = writeZip([
    { name: 'netsh.txt', bytes: 'inner' },
    { name: 'third.zip', bytes: third },
  ]);
  const found = await unpacked(
    'outer.zip',
    writeZip([
      { name: 'second.zip', bytes: second },
      { name: 'u_ex.log.gz', bytes: gzipSync(log), stored: true },
    ]),
  );
  expect(found.map(({ name }) => name)).toEqual([
    'outer.zip/second.zip/netsh.txt',
    'outer.zip/second.zip/third.zip',
    'outer.zip/u_ex.log.gz/u_ex.log',
  ]);
  expect(found[2]!.text).toBe(log);
});

test('tar and tgz, with long names', async () => {
  const long = `${'folder/'.repeat(20)}u_ex.log`;
  const tar = writeTar([
    { name: 'a.txt', bytes: 'a' },
    { name: long, bytes: log },
  ]);
  for (const [name, bytes] of [
    ['logs.tar', tar],
    ['logs.tgz', gzipSync(tar)],
    ['logs.tar.gz', gzipSync(tar)],
  ] as const) {
    const found = await unpacked(name, bytes);
    expect(found.map((one) => one.name.split('/').at(-1))).toEqual(['a.txt', 'u_ex.log']);
    expect(found[1]!.name.endsWith(long)).toBe(true);
    expect(found[1]!.text).toBe(log);
  }
  const cut = await unpacked('cut.tar', tar.subarray(0, 5000));
  expect(cut.at(-1)!.notes).toEqual([expect.stringContaining('cut off')]);
});

test('what cannot be unpacked says why, and the rest is read', async () => {
  const found = await unpacked(
    'mixed.zip',
    writeZip([
      { name: 'secret.txt', bytes: 'x', encrypted: true },
      { name: 'large.log', bytes: 'x', method: 9 },
      { name: 'odd.log', bytes: 'x', method: 77 },
      { name: 'netsh.txt', bytes: 'good' },
    ]),
  );
  expect(found.map(({ notes }) => notes.join())).toEqual([
    expect.stringContaining('encrypted with a password'),
    expect.stringContaining('Deflate64'),
    expect.stringContaining('method 77'),
    '',
  ]);
  expect(found[3]!.text).toBe('good');
});

test('an archive without its end says that it is cut', async () => {
  const zip = writeZip([{ name: 'netsh.txt', bytes: log }]);
  const [one, ...more] = await unpacked('cut.zip', zip.subarray(0, zip.length - 10));
  expect(one!.notes).toEqual([expect.stringContaining('cut off')]);
  expect(more).toEqual([]);
});

test('a bomb ends with a note', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 2 ** 20));
  const file = path.join(folder, 'bomb.log.gz');
  writeFileSync(file, bomb);
  for await (const source of sourcesIn([file])) {
    let length = 0;
    for await (const chunk of source.chunks()) length += chunk.length;
    expect(length).toBeLessThan(70 * 2 ** 20);
    expect(source.notes?.()[0]?.message).toContain('grows');
  }
});

test('files that share their data are refused', async () => {
  const zip = writeZip([
    { name: 'a', bytes: 'aaaa', stored: true },
    { name: 'b', bytes: 'bbbb', stored: true },
  ]);
  const second = zip.lastIndexOf('PK\x01\x02');
  zip.writeUInt32LE(0, second + 42);
  const [one] = await unpacked('overlap.zip', zip);
  expect(one!.notes).toEqual([expect.stringContaining('overlap')]);
});

test('any damage to an archive ends in notes, never in a fault', async () => {
  const zip = writeZip([
    { name: 'a.txt', bytes: log.slice(0, 300) },
    { name: 'b.txt', bytes: 'bbbb', stored: true },
  ]);
  for (let at = 0; at < zip.length; at += 3) {
    const damaged = Buffer.from(zip);
    damaged[at] = damaged[at]! ^ 0xff;
    await expect(unpacked('damaged.zip', damaged)).resolves.toBeDefined();
    await expect(unpacked('cut.zip', zip.subarray(0, at))).resolves.toBeDefined();
  }
});

test('what was wrong with the bytes stands among the notes of the reading', async () => {
  const file = path.join(folder, 'notes.zip');
  writeFileSync(file, writeZip([{ name: 'secret.txt', bytes: 'x', encrypted: true }]));
  const [reading] = await readAll(sourcesIn([file]), nodeCrypto);
  expect(reading!.notes.map(({ message }) => message).join()).toContain('encrypted');
});

test.each([
  ['../../etc/passwd', 'etc/passwd'],
  ['/abs/./x', 'abs/x'],
  ['C:\\logs\\u.log', 'logs/u.log'],
  ['a\x1b[2Jb', 'a?[2Jb'],
  ['folder/', 'folder/'],
])('%j is shown as %s', (given, shown) => {
  expect(safeName(given)).toBe(shown);
});
