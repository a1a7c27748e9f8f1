import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '../../src/evidence/bundle/manifest.ts';
import { ITEMS } from '../../src/machine/collection/items.ts';
import type { Report } from '../../src/report/report.ts';
import { makeLab, type TestLab, tempFolder } from '../lab/support.ts';
import { handclasp } from '../support/cli.ts';
import { netshListing } from '../support/netsh-listing.ts';

// From a host to its cause: the lab is collected from with the real command, and its bundle examined.

let lab: TestLab;
let folder: string;
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  lab = await makeLab({ broken: true });
  await lab.get({ path: '/secure' });
  folder = await tempFolder();
});
afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true, force: true });
});

async function examined(...evidence: string[]): Promise<Report> {
  const { out } = await handclasp(['examine', '--json', ...evidence]);
  return JSON.parse(out) as Report;
}

const found = (report: Report): string[] =>
  report.entries.filter((one) => one.outcome === 'found').map((one) => one.diagnosis);

test('a folder: what the lab has is in it, what it has not stands in the manifest, and examine reaches the cause', async () => {
  const run = await handclasp(['collect', '--lab', lab.folder, '--out', at('web01')]);
  expect(run.code).toBe(1);
  expect(run.out).toMatch(/^\d+ files, \d+ kB, from WEB01 in /);
  expect(run.out).toContain('not collected events-system: the lab keeps no event logs');
  const manifest = JSON.parse(await readFile(at('web01/handclasp-bundle.json'), 'utf8')) as Manifest;
  expect(manifest).toMatchObject({
    schema: 'handclasp/bundle/1',
    host: 'WEB01',
    os: { build: '20348', installationType: 'Server' },
  });
  const told = new Set(manifest.items.map((one) => one.id));
  const wanted = ITEMS.filter((one) => one.only === undefined && one.id !== 'stores-of-records');
  expect(wanted.filter((one) => !told.has(one.id)).map((one) => one.id)).toEqual([]);
  for (const { name, bytes, sha256 } of manifest.items.flatMap((one) => one.files)) {
    const content = await readFile(at(`web01/${name}`));
    expect([bytes, sha256], name).toEqual([
      content.length,
      createHash('sha256').update(content).digest('hex'),
    ]);
  }
  const report = await examined(at('web01'));
  expect(found(report)).toContain('binding-lost-ctl-store');
  expect(report.headline).toContain('ClientAuthIssuer');
  expect(report.entries[0]?.subject).toContain('on WEB01');
});

test('an archive says the same', async () => {
  await handclasp(['collect', '--lab', lab.folder, '--out', at('web01.zip')]);
  const report = await examined(at('web01.zip'));
  expect(found(report)).toContain('binding-lost-ctl-store');
  expect(report.sources.map((one) => one.kind)).not.toContain('not recognised');
});

test('what is there already is not overwritten', async () => {
  await writeFile(at('there.zip'), 'mine');
  for (const target of ['there.zip', '.']) {
    const run = await handclasp(['collect', '--lab', lab.folder, '--out', at(target)]);
    expect(run.code).toBe(64);
    expect(run.err).toMatch(/already/);
  }
  expect(await readFile(at('there.zip'), 'utf8')).toBe('mine');
});

test.skipIf(process.platform === 'win32')('elsewhere than on Windows it says so', async () => {
  const run = await handclasp(['collect'], { cwd: folder });
  expect(run.code).toBe(64);
  expect(run.err).toContain('gathers from Windows');
  expect(run.err).toContain('--script');
});

test('no lab, a wrong number, a file too many: one line each', async () => {
  for (const [args, says] of [
    [['--lab', at('none')], /no lab there yet/],
    [['--days', '0'], /above 0/],
  ] as const) {
    const run = await handclasp(['collect', ...args], { cwd: folder });
    expect(run.err).toMatch(says);
    expect(run.err).not.toMatch(/fault of ours/);
    expect(run.code).toBeGreaterThan(1);
  }
});

/** A bundle by hand: its manifest and files. */
async function bundle(
  name: string,
  manifest: Partial<Manifest>,
  files: Record<string, string> = {},
): Promise<string> {
  await mkdir(at(name), { recursive: true });
  const whole = { schema: 'handclasp/bundle/1', by: 'test', version: '0', items: [], ...manifest };
  await writeFile(at(`${name}/handclasp-bundle.json`), JSON.stringify(whole));
  for (const [file, text] of Object.entries(files)) await writeFile(at(`${name}/${file}`), text);
  return at(name);
}

const SSLCERT = netshListing({
  key: 'www.example.com:443',
  hash: '000102030405060708090a0b0c0d0e0f10111213',
});

test('"collect X" tells where X was tried and failed, and why', async () => {
  const problem = 'ERROR: Access is denied.';
  const evidence = await bundle(
    'denied',
    {
      host: 'WEB07',
      items: [
        {
          id: 'schannel',
          command: 'reg export SCHANNEL',
          exitCode: 1,
          error: problem,
          answers: 'schannel',
          files: [],
        },
      ],
    },
    { 'netsh-sslcert.txt': SSLCERT },
  );
  const report = await examined(evidence);
  const wants = report.entries.flatMap((one) => one.wants);
  expect(wants.join('\n')).toContain(
    '(tried and failed: reg export SCHANNEL: exit code 1: ERROR: Access is denied.)',
  );
  const ofHosts = report.entries.filter(({ subject }) => subject !== 'the evidence as a whole');
  expect(ofHosts.every((one) => one.subject.includes('WEB07'))).toBe(true);
});

test('bundles of several hosts stay apart, although most of their files name no host', async () => {
  const one = await bundle('one', { host: 'WEB08' }, { 'netsh-sslcert.txt': SSLCERT });
  const other = await bundle('other', { host: 'WEB09' }, { 'netsh-sslcert.txt': SSLCERT });
  const report = await examined(one, other);
  const hosts = new Set(report.entries.map((entry) => entry.subject.replace(/^.* on /, '')));
  // Some diagnoses are of clients and captures.
  hosts.delete('the evidence as a whole');
  expect([...hosts].sort()).toEqual(['WEB08', 'WEB09']);
  expect(report.notes.filter(({ message }) => /names no host/.test(message))).toEqual([]);
});

test('files belong to the time of the manifest, whatever a copy or an archive made of theirs', async () => {
  const evidence = await bundle(
    'old',
    { host: 'WEB10', takenAt: '2026-01-02T03:04:05Z', items: [] },
    { 'netsh-sslcert.txt': SSLCERT },
  );
  const later = await bundle(
    'new',
    { host: 'WEB10', takenAt: '2026-02-02T03:04:05Z' },
    {
      'netsh-sslcert.txt': SSLCERT.replace(
        'Ctl Store Name               : (null)',
        'Ctl Store Name               : Issuers',
      ),
    },
  );
  const report = await examined(evidence, later);
  const notes = report.notes.map(({ message }) => message).join('\n');
  expect(notes).toMatch(/older than other evidence and different/);
});

test('what is collected for people alone is not called unreadable', async () => {
  const items = [{ id: 'x', command: 'x', files: [{ name: 'state.txt' }] }];
  const evidence = await bundle(
    'people',
    { host: 'WEB11', items },
    {
      'state.txt': 'Snapshot of HTTP service state\n',
      'stray.txt': 'Snapshot of HTTP service state\n',
    },
  );
  const { notes } = await examined(evidence);
  expect(notes.filter(({ at: { source } }) => source === 'state.txt')).toEqual([]);
  expect(notes.filter(({ at: { source } }) => source === 'stray.txt')).toHaveLength(1);
  expect(await readdir(evidence)).toHaveLength(3);
});
