import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { issue } from '../support/pki.ts';
import { read } from './readings.ts';

// Administrators paste everything into one text. Each part is read by its own reader, wherever it stands.

const samples = path.join(import.meta.dirname, '../../src/evidence');
const sample = (name: string): string =>
  readFileSync(path.join(samples, name), 'latin1').replaceAll('\r', '');
const netsh = `SSL Certificate bindings:
-------------------------

    IP:port                      : 0.0.0.0:443
    Certificate Hash             : aabbccddeeff00112233445566778899aabbccdd
    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}
    Certificate Store Name       : My
    Verify Client Certificate Revocation : Enabled
    Verify Revocation Using Cached Client Certificate Only : Disabled
    Usage Check                  : Enabled
    Revocation Freshness Time    : 0
    URL Retrieval Timeout        : 0
    Ctl Identifier               : (null)
    Ctl Store Name               : (null)
    DS Mapper Usage              : Disabled
    Negotiate Client Certificate : Disabled
`;
const query = `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL
    EventLogging    REG_DWORD    0x1
    SendTrustedIssuerList    REG_DWORD    0x1
`;
const log = `#Fields: date time s-ip cs-method cs-uri-stem s-port c-ip sc-status sc-substatus sc-win32-status
2025-06-03 10:11:12 10.0.0.1 GET /secure/ 443 10.0.0.9 403 7 5
`;
const trace = `java.io.IOException: x
Caused by: javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate
`;
const proxy = `Current WinHTTP proxy settings:

    Direct access (no proxy server).
`;
const parts = [netsh, query, log, trace, proxy, issue({ subject: 'Ada' }).pem];
const SAID = ['binding', 'certificate', 'logons', 'machine-setting', 'program-message', 'schannel-value'];

const ticket = (some: readonly string[]): string =>
  `Hello,\n\nwe have this since the weekend:\n\n${some.map((part, i) => `part ${i}:\n\n${part}\n`).join('')}\nRegards\n`;
const saidBy = (text: string | Uint8Array): string[] => [
  ...new Set(read('ticket.txt', text).claims.map(({ says }) => says)),
];

test.each([
  ['as it is', (text: string) => text],
  ['quoted by a mail', (text: string) => text.replace(/^/gm, '> ')],
  ['quoted twice', (text: string) => text.replace(/^/gm, '>> ')],
  ['with the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
  ['set in by blanks', (text: string) => text.replace(/^(?!#|2025)/gm, '    ')],
])('a ticket %s', (_, change) => {
  for (let turn = 0; turn < parts.length; turn++) {
    const turned = [...parts.slice(turn), ...parts.slice(0, turn)];
    expect(saidBy(change(ticket(turned)))).toEqual(expect.arrayContaining(SAID));
  }
});

test('a ticket in UTF-16', () => {
  const text = ticket(parts.filter((part) => part !== log));
  const bytes = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
  expect(saidBy(bytes)).toEqual(expect.arrayContaining(SAID.filter((says) => says !== 'logons')));
});

test('what stands below the first 64 KiB is found as well, and loci keep their lines', () => {
  const long = Array.from({ length: 3000 }, (_, i) => `line ${i} of nothing in particular`).join('\n');
  const text = `${netsh}\n${long}\n${query}\n${trace}`;
  const { claims, kind, also } = read('ticket.txt', text);
  expect(kind).toBe('netsh-sslcert');
  expect(also).toEqual(['messages', 'registry']);
  const lines = text.split('\n');
  for (const { at } of claims.filter(({ says }) => says !== 'bindings-whole'))
    if (at.line !== undefined) expect(lines[at.line - 1]).toBe(at.text);
  const quoted = read('mail.txt', text.replace(/^/gm, '> ')).claims;
  expect(quoted.map(({ at }) => at.line)).toEqual(claims.map(({ at }) => at.line));
});

test('a log is read alone, whatever its lines hold', () => {
  const reading = read(
    'u_ex250603.log',
    `#Software: Microsoft\n${log}${'2025-06-03 10:11:13 10.0.0.1 GET /ERR_CONNECTION_RESET 443 10.0.0.9 200 0 0\n'.repeat(9)}`,
  );
  expect(reading.kind).toBe('w3c-log');
  expect(reading.also).toBeUndefined();
});

test('a reader that finds nothing of its own says nothing', () => {
  const { notes, also } = read('ticket.txt', `please run netsh http show sslcert\n\n${trace}`);
  expect(also).toBeUndefined();
  expect(notes).toEqual([]);
});

test('the certificate of a server in a session of openssl is no loose one', () => {
  const { claims } = read('session.txt', sample('tls-trace/samples/openssl-1.3.txt'));
  expect(claims.map(({ says }) => says)).not.toContain('certificate');
});

test('requests that curl shows are no quotes', () => {
  const { claims } = read('curl.txt', sample('tls-trace/samples/curl-1.3-refused.txt'));
  expect(claims.map(({ says }) => says)).toContain('request-in-words');
});
