import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { schemas } from '../../src/report/schema.ts';
import { violations } from '../report/check-schema.ts';
import { unbalanced } from '../report/unbalanced.ts';
import { unseenIn } from '../report/unseen.ts';
import { CLI, handclasp } from '../support/cli.ts';
import { issue } from '../support/pki.ts';
import { httpsServer } from '../support/servers.ts';

const root = issue({ subject: 'Root', ca: true });
const issuing = issue({ subject: 'Issuing CA', issuer: root, ca: true });
const other = issue({ subject: 'Other \u001b[2J\u202e<b>CA</b>', ca: true });
const server = issue({ subject: '127.0.0.1', issuer: root, subjectAltNames: ['127.0.0.1'] });
const user = issue({ subject: 'user', issuer: issuing, extendedKeyUsage: ['clientAuth'], keyUsage: [0] });

const folder = mkdtempSync(path.join(os.tmpdir(), 'handclasp-why-output-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
};
const certificate = file('user.pem', `${user.pem}\n${user.keyPem}`);

/** Asks for a certificate and names these CAs. */
const listing = (...names: readonly string[]) => ({
  key: server.keyPem,
  cert: server.pem,
  ca: [...names],
  requestCert: true,
  rejectUnauthorized: false,
});

async function ask(...options: readonly string[]) {
  const port = await httpsServer(listing(root.pem, other.pem));
  return handclasp(['why', `https://127.0.0.1:${port}/`, '--quick', '--cert', certificate, ...options]);
}

describe('formats', () => {
  test('JSON fits its schema, which the schema command prints', async () => {
    const { out, code } = await ask('--json');
    const report = JSON.parse(out);
    expect(violations(report, schemas['handclasp/why/1']!)).toEqual([]);
    expect(report.lists[0].names).toHaveLength(2);
    expect(code).toBe(1);
    const printed = await handclasp(['schema', 'why']);
    expect(JSON.parse(printed.out)).toEqual(JSON.parse(JSON.stringify(schemas['handclasp/why/1'])));
  });
  test.each(['text', 'markdown', 'html'])('%s shows hostile names harmless', async (format) => {
    const { out } = await ask('--format', format);
    expect(out).toContain('Other');
    expect(unseenIn(out)).toEqual([]);
    if (format !== 'html') return;
    expect(out).not.toContain('<b>CA');
    expect(unbalanced(out)).toEqual([]);
  });
  test('an unknown one is wrong use', async () => {
    const { code, err } = await ask('--format', 'pdf');
    expect(code).toBe(64);
    expect(err).toContain('--format pdf: not a format');
  });
});

describe('languages', () => {
  test('--lang de', async () => {
    expect((await ask('--lang', 'de')).out).toContain('Clients');
    expect((await ask('--lang', 'de')).out).toContain('zulässige Aussteller');
  });
  test('HANDCLASP_LANG, as LANG is written; --lang goes before it', async () => {
    const port = await httpsServer(listing(root.pem));
    const why = (lang: string, ...options: string[]) =>
      handclasp(['why', `https://127.0.0.1:${port}/`, '--quick', ...options], {
        env: { HANDCLASP_LANG: lang },
      });
    expect((await why('de_DE.UTF-8')).out).toContain('verlangt ein Clientzertifikat');
    expect((await why('de', '--lang', 'en')).out).toContain('asks for a client certificate');
    expect((await why('xx')).out).toContain('asks for a client certificate');
  });
  test('JSON stays English', async () => {
    const { headline } = JSON.parse((await ask('--json', '--lang', 'de')).out);
    expect(headline).toMatch(/certificate/);
  });
  test('an unknown one is wrong use', async () => {
    expect((await ask('--lang', 'tlh')).code).toBe(64);
  });
});

describe('--verbose', () => {
  test('shows each client with its rule', async () => {
    expect((await ask()).out).not.toContain('Each client in detail');
    const { out } = await ask('--verbose');
    expect(out).toContain('Each client in detail');
    expect(out).toMatch(/rule issuer-\S+, observed/);
  });
});

describe('--since', () => {
  test('tells what has changed since a saved answer', async () => {
    const saved = file('saved.json', (await ask('--json')).out);
    expect((await ask('--since', saved)).out).toMatch(
      /Since \d{4}-\d\d-\d\d \d\d:\d\d UTC\n +nothing has changed/,
    );
    const port = await httpsServer(listing(issuing.pem, root.pem));
    const { out } = await handclasp(['why', `https://127.0.0.1:${port}/`, '--quick', '--since', saved]);
    expect(out).toContain('The list now names «CN=Issuing CA».');
    expect(out).toMatch(/The list no longer names «CN="Other /);
  });
  test.each([
    ['no file', 'nowhere.json', /cannot be read/],
    ['not JSON', file('text.json', 'hello'), /not an answer of why --json/],
    ['another document', file('other.json', '{"schema":"handclasp/report/1"}'), /not an answer/],
    ['a damaged one', file('damaged.json', '{"schema":"handclasp/why/1","probes":[{}]}'), /not an answer/],
  ])('%s', async (_, saved, says) => {
    const { code, err } = await ask('--since', saved);
    expect(err).toMatch(says);
    expect(code).toBe(2);
  });
});

describe('--watch', () => {
  /** Starts the command; `seen` grows by what it prints. */
  function start(...args: readonly string[]) {
    const child = spawn(process.execPath, [CLI, 'why', ...args], { env: { ...process.env, NO_COLOR: '1' } });
    const run = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      run.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      run.err += chunk;
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    return { run, ended, stop: () => child.kill('SIGINT') };
  }

  async function until(condition: () => boolean): Promise<void> {
    for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(condition()).toBe(true);
  }

  test('prints changes only, until Ctrl-C', async () => {
    let change = (_: string[]): void => undefined;
    const port = await httpsServer(listing(root.pem), null, (https) => {
      change = (ca) => https.setSecureContext({ key: server.keyPem, cert: server.pem, ca });
    });
    const { run, ended, stop } = start(`https://127.0.0.1:${port}/`, '--quick', '--watch', '1');
    await until(() => run.out.includes('\n'));
    expect(run.err).toContain('every second');
    change([root.pem, issuing.pem]);
    await until(() => run.out.includes('Issuing CA'));
    stop();
    expect(await ended).toBe(0);
    const lines = run.out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}The list now names «CN=Issuing CA»\.$/);
  });

  test('--count ends it; --json prints a document a line', async () => {
    let change = (_: string[]): void => undefined;
    let connections = 0;
    const port = await httpsServer(listing(root.pem), null, (https) => {
      change = (ca) => https.setSecureContext({ key: server.keyPem, cert: server.pem, ca });
      // The TLS of this connection has begun with the list as it was.
      https.on('connection', () => {
        if (++connections === 1) change([issuing.pem]);
      });
    });
    const { run, ended } = start(
      `https://127.0.0.1:${port}/`,
      ...['--quick', '--watch', '1', '--count', '2', '--json'],
    );
    expect(await ended).toBe(0);
    const [first, second, ...more] = run.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(violations(first, schemas['handclasp/why/1']!)).toEqual([]);
    expect(violations(second, schemas['handclasp/why-change/1']!)).toEqual([]);
    expect(second.changes.map(({ id }: { id: string }) => id)).toEqual([
      'change-name-added',
      'change-name-removed',
    ]);
    expect(more).toEqual([]);
    const saved = file('watched.jsonl', run.out);
    const since = await handclasp(['why', `https://127.0.0.1:${port}/`, '--quick', '--since', saved]);
    expect(since.out).toContain('The list now names «CN=Issuing CA».');
  });

  test.each([
    [['--watch', 'https://127.0.0.1:1/'], /give the address before --watch/],
    [['https://127.0.0.1:1/', '--watch', '0'], /not a number/],
    [['https://127.0.0.1:1/', '--count', '3'], /--count without --watch/],
    [['https://127.0.0.1:1/', '--watch', '1', '--format', 'html'], /--watch with --format html/],
  ])('wrong use: %s', async (args, says) => {
    const { code, err } = await handclasp(['why', ...args]);
    expect(err).toMatch(says);
    expect(code).toBe(64);
  });
});

describe('schema', () => {
  test('lists the documents', async () => {
    const { out, code } = await handclasp(['schema']);
    for (const name of ['report', 'why', 'explain', 'fix', 'story', 'probe'])
      expect(out).toMatch(new RegExp(`^${name} `, 'm'));
    expect(code).toBe(0);
  });
  test('prints each as a schema of its own', async () => {
    for (const [id, schema] of Object.entries(schemas)) {
      const { out } = await handclasp(['schema', id]);
      expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(schema)));
      expect(JSON.parse(out).$schema).toContain('2020-12');
    }
  });
  test('an unknown name is wrong use and told the known ones', async () => {
    const { code, err } = await handclasp(['schema', 'nothing']);
    expect(code).toBe(64);
    expect(err).toContain('report, why');
  });
  test('fix and story print what their schemas say', async () => {
    const lab = path.join(folder, 'story');
    await handclasp(['story', '--out', lab]);
    const story = JSON.parse(readFileSync(path.join(lab, 'story.json'), 'utf8'));
    expect(violations(story, schemas['handclasp/story/1']!)).toEqual([]);
    const fix = JSON.parse((await handclasp(['fix', '--lab', '--state', lab, '--apply', '--json'])).out);
    expect(violations(fix, schemas[fix.schema]!)).toEqual([]);
  }, 60_000);
});
