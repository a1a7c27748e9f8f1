import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WhyReport } from '../../src/report/why.ts';
import { handclasp } from '../support/cli.ts';
import { issue } from '../support/pki.ts';
import { httpsServer } from '../support/servers.ts';

const root = issue({ subject: 'Root', ca: true });
const server = issue({ subject: 'www.example.com', issuer: root });
const asking = {
  key: server.keyPem,
  cert: server.pem,
  ca: [root.pem],
  requestCert: true,
  rejectUnauthorized: false,
};

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'handclasp-why-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

async function answered(port: number, ...options: string[]): Promise<WhyReport> {
  const { out, code, err } = await handclasp(['why', `https://127.0.0.1:${port}/`, '--json', ...options]);
  expect(err, 'nobody watches: no progress').toBe('');
  expect(code).toBe(0);
  return JSON.parse(out);
}

const askedWith = (report: WhyReport): string[] =>
  report.probes.map(({ askedWith: { version, path, http2, method } }) =>
    [version, path, ...(http2 ? ['h2'] : []), ...(method === 'POST' ? ['POST'] : [])].join(' '),
  );

describe('how much is compared', () => {
  test('one connection, until the request', async () => {
    const report = await answered(await httpsServer(asking), '--quick');
    expect(askedWith(report)).toEqual(['TLS 1.3, TLS 1.2 /']);
    expect(report.probes[0]).toMatchObject({ asks: 'handshake', sent: null, http: null, completed: true });
  });

  test('versions alone, or what is named', async () => {
    const port = await httpsServer(asking);
    expect(askedWith(await answered(port, '--no-compare'))).toEqual(['TLS 1.3 /', 'TLS 1.2 /']);
    expect(askedWith(await answered(port, '--no-compare', '--tls', '1.2'))).toEqual(['TLS 1.2 /']);
    expect(askedWith(await answered(port, '--only', 'versions,http2'))).toEqual([
      'TLS 1.3 /',
      'TLS 1.2 /',
      'TLS 1.1 /',
      'TLS 1.0 /',
      'TLS 1.3 / h2',
    ]);
    expect(askedWith(await answered(port, '--no-compare', '--path', '/a', '--path', '/b', '--post'))).toEqual(
      ['TLS 1.3 /', 'TLS 1.2 /', 'TLS 1.3 /a', 'TLS 1.3 /b', 'TLS 1.3 / POST'],
    );
  });

  test('within a time for all', async () => {
    const never = await httpsServer({ key: server.keyPem, cert: server.pem }, () => undefined);
    const begun = performance.now();
    const { out, code } = await handclasp(['why', `https://127.0.0.1:${never}/`, '--json', '--within', '1']);
    expect(performance.now() - begun).toBeLessThan(15_000);
    const report: WhyReport = JSON.parse(out);
    expect(report.remarks.map(({ id }) => id)).toContain('remark-cut-time');
    expect(code).toBe(2);
  });

  test.each([
    [['--only', 'sni,colour'], /--only colour: no such comparison/],
    [['--tls', '1.4'], /--tls 1\.4/],
    [['--path', 'secure'], /--path secure: not a path/],
    [['--within', 'soon'], /--within soon/],
  ])('%j is refused in one line', async (options, message) => {
    const { code, err } = await handclasp(['why', 'https://127.0.0.1:1/', ...options]);
    expect(code).toBe(64);
    expect(err).toMatch(message);
  });
});

describe('many servers', () => {
  test('one document a line, whatever one of them says', async () => {
    const [asks, silent] = [
      await httpsServer(asking),
      await httpsServer({ key: server.keyPem, cert: server.pem }),
    ];
    const home = await folder();
    const file = path.join(home, 'targets.txt');
    const lines = [
      '# ours',
      `https://127.0.0.1:${asks}/`,
      '',
      `127.0.0.1:${silent}  # no scheme`,
      'ftq://x',
      '',
    ];
    await writeFile(file, `\ufeff${lines.join('\r\n')}`);
    const { out, err, code } = await handclasp(['why', '--targets', file]);
    const reports: WhyReport[] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(reports.map(({ url }) => new URL(url).port).sort()).toEqual([asks, silent].map(String).sort());
    for (const { probes, url } of reports) {
      expect(probes).toHaveLength(1);
      expect(probes[0]!.asks).toBe(new URL(url).port === String(asks) ? 'handshake' : null);
    }
    expect(err).toMatch(/targets\.txt:5: ftq:/);
    expect(code).toBe(2);
    // What it writes is evidence.
    const saved = path.join(home, 'answers.jsonl');
    await writeFile(saved, out);
    const { out: examined } = await handclasp(['examine', saved]);
    expect(examined).toMatch(/answers\.jsonl/);
  });

  test.each([
    [['--targets', '/nonexistent'], 2, /no such file/],
    [['--targets', '/dev/null'], 64, /no address in it/],
    [['--targets', 'x', 'https://127.0.0.1/'], 64, /an address beside --targets/],
    [[], 64, /missing required argument 'url'/],
  ])('%j is refused in one line', async (options, expected, message) => {
    const { code, err } = await handclasp(['why', ...options]);
    expect(err).toMatch(message);
    expect(code).toBe(expected);
  });
});
