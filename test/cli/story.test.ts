import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CliRun, handclasp } from '../support/cli.ts';

// The main job, as a user runs it: the whole incident on real TLS, and every statement of its output held.

let folder = '';
let story: CliRun;
let took = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'handclasp-test-'));
  const start = Date.now();
  story = await handclasp(['story', '--out', folder], { env: { HANDCLASP_STATE: folder } });
  took = Date.now() - start;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const section = (from: string, to?: string): string => {
  const start = story.out.indexOf(from);
  expect(start, `${from} is told`).toBeGreaterThanOrEqual(0);
  const end = to === undefined ? story.out.length : story.out.indexOf(to, start);
  return story.out.slice(start, end);
};

test('it ends well, in time', () => {
  expect(story.err).toBe('');
  expect(story.code).toBe(0);
  expect(took).toBeLessThan(15_000);
});

test('1. the client logs on in both versions of TLS', () => {
  const told = section('1. ', '2. ');
  expect(told).toContain('TLS 1.2: the client sent its certificate and got 200');
  expect(told).toContain('TLS 1.3: the client sent its certificate and got 200');
  expect(told).toContain('by hand: handclasp lab up');
});

test('2. after the renewal the same client sends none and gets 403 7 5', () => {
  const told = section('2. ', '3. ');
  expect(told).toContain('TLS 1.2: the client sent an empty Certificate and got 403');
  expect(told).toContain('TLS 1.3: the client sent an empty Certificate and got 403');
  expect(told).toMatch(/logged: .* 403 7 5 \d+$/m);
});

test('3. why names the roots and says what each client does', () => {
  const told = section('3. ', '4. ');
  expect(told).toContain('Handclasp Lab Root CA');
  expect(told).toContain('Handclasp Lab Unrelated Root CA');
  for (const client of ['Java', 'Go', 'Firefox', 'Chromium']) {
    expect(told).toMatch(new RegExp(`withheld[^\\n]*${client}`));
  }
  expect(told).toMatch(/offered[^\n]*OpenSSL, curl/);
  expect(told).toMatch(/depends[^\n]*Chrome[^\n]*Windows/);
});

test('4. examine names the cause with the lines that prove it', () => {
  const told = section('4. ', '5. ');
  expect(told).toContain('binding-lost-ctl-store');
  expect(told).toMatch(/netsh-sslcert\.txt:\d+ +Ctl Store Name +: \(null\)/);
  expect(told).toMatch(/schannel\.reg:\d+ +"SendTrustedIssuerList"=dword:00000001/);
  expect(told).toMatch(/u_ex\d{6}\.log:\d+/);
});

test('5. fix prints the whole line and applies it', () => {
  const line =
    /netsh http update sslcert hostnameport=www\.handclasp\.localhost:\d+ [^\n]*/.exec(story.out)?.[0] ?? '';
  for (const field of [
    'certhash=',
    'appid={4dc3e181-e14b-4a21-b022-59fc669b0914}',
    'certstorename=',
    'verifyclientcertrevocation=',
    'usagecheck=enable',
    'sslctlstorename=ClientAuthIssuer',
    'clientcertnegotiation=',
    'disabletls13=disable',
  ]) {
    expect(line).toContain(field);
  }
  expect(section('5. ', '6. ')).toContain('applied and read back');
});

test('6. the client logs on again and the list is the store', () => {
  const told = section('6. ');
  expect(told).toContain('TLS 1.2: the client sent its certificate and got 200');
  expect(told).toContain('TLS 1.3: the client sent its certificate and got 200');
  expect(told).toContain('exactly what ClientAuthIssuer holds');
});

test('the report is written, as JSON and as one page', async () => {
  const json = JSON.parse(await readFile(path.join(folder, 'story.json'), 'utf8'));
  expect(json.examined.verdict).toBe('found');
  expect(json.after.verdict).not.toBe('found');
  const [names] = json.proof.probes.map((probe: { request: { authorities: { name: string }[] } }) =>
    probe.request.authorities.map((one) => one.name),
  );
  expect(names).toEqual(['CN=Handclasp Lab Issuing CA, O=Handclasp Lab']);
  const html = await readFile(path.join(folder, 'story.html'), 'utf8');
  expect(html).toContain('<!doctype html>');
  expect(html).not.toMatch(/<script|https?:\/\/(?!www\.handclasp\.localhost)[^"' ]*\.(css|js)/);
  expect(story.out).toContain(path.join(folder, 'story.html'));
});

test('no private key is in what it writes for others', async () => {
  for (const file of ['story.json', 'story.html', 'journal.jsonl']) {
    expect(await readFile(path.join(folder, file), 'utf8')).not.toContain('PRIVATE KEY');
  }
});
