import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { GRAMS, PhraseFinder, type Said } from '../../src/evidence/phrases/find-phrases.ts';
import { surroundingsOf, timeIn } from '../../src/evidence/phrases/surroundings.ts';
import { PHRASES } from '../../src/evidence/phrases/table.ts';
import { MESSAGE_CODES } from '../../src/evidence/program-claims.ts';

function find(text: string): Said[] {
  const said: Said[] = [];
  const finder = new PhraseFinder((one) => void said.push(one));
  for (const [i, line] of text.split('\n').entries())
    finder.line({ text: line, number: i + 1, ended: true, cut: false });
  return said;
}
const codes = (text: string): string[] => find(text).map(({ phrase }) => phrase.code);

describe.each(PHRASES)('$example', (phrase) => {
  test('is found, by its own row', () => {
    expect(phrase.says.test(phrase.example)).toBe(true);
    expect(GRAMS.test(phrase.example)).toBe(true);
    expect(phrase.says.flags).toBe('i');
    expect(find(phrase.example).map((one) => one.phrase)).toContain(phrase);
  });

  test('is found when a mail quotes and wraps it', () => {
    const words = phrase.example.split(' ');
    for (let at = 1; at < words.length; at++) {
      const head = words.slice(0, at).join(' ');
      const wrapped = `> ${head}\n> ${words.slice(at).join(' ')}`;
      // A first line as short as this is not one that a mail wraps.
      if (head.length < 60) continue;
      expect(codes(wrapped), wrapped).toContain(phrase.code);
    }
  });
});

test('every code has a row, but for the silence of a log', () => {
  const missing = MESSAGE_CODES.filter(
    (code) => code !== 'quiet-log' && !PHRASES.some((one) => one.code === code),
  );
  expect(missing).toEqual([]);
});

test.each([
  ['2025-06-03 10:11:12 10.0.0.1 GET /a - 443 - 10.0.0.9 Mozilla/5.0 - 200 0 0 10054'],
  ['the users see no prompt, the certificate is valid until 2027'],
  ['Get-AzApplicationGatewayTrustedClientCertificate -Name ca'],
  ['upstream sent 10.403.7.2 in header'],
  [
    '2025/06/03 10:11:12 [error] 31#31: *9 recv() failed (104: Connection reset by peer) while reading response header from upstream',
  ],
  ['ssl_context.post_handshake_auth = True'],
  ['2025/06/03 10:11:12 [notice] 31#31: start worker process 44'],
])('nothing is said by %s', (line) => {
  expect(codes(line)).toEqual([]);
});

test('an alert that a server gets is of its own certificate', () => {
  const alert =
    'SSL_do_handshake() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert number 48)';
  expect(codes(`2025/06/03 10:11:12 [crit] 31#31: *9 ${alert}`)).toEqual(['server-untrusted']);
  expect(
    codes('curl: (56) OpenSSL SSL_read: error:0A000418:SSL routines::tlsv1 alert unknown ca, errno 0'),
  ).toEqual(['issuer-unknown']);
});

test('events are left to their own reader', () => {
  const event = '<Event xmlns="x"><UserData><Result value="80092013">CRYPT_E_REVOCATION_OFFLINE</Result>';
  expect(codes(`${event}\n0x80092013\n</UserData></Event>\n0x80092013`)).toEqual(['revocation-unavailable']);
});

test.each([
  [
    'Get "https://web01.corp.example:8443/secure/a?b=1": local error',
    { host: 'web01.corp.example', port: 8443, path: '/secure/a' },
  ],
  [
    "HTTPSConnectionPool(host='win22', port=5986): Max retries exceeded with url: /wsman (Caused by",
    { host: 'win22', port: 5986, path: '/wsman' },
  ],
  [
    'x, client: 10.0.0.9, server: a.example, request: "GET /api?x HTTP/1.1", host: "a.example:444"',
    { host: 'a.example', port: 444, path: '/api' },
  ],
  [
    'AH02008: SSL library error 1 in handshake (server www.a.example:443), referer: https://b.example/',
    { host: 'www.a.example', port: 443 },
  ],
  ['see https://curl.se/docs/sslcerts.html', {}],
  ['https://[2001:db8::1]:444/', { host: '2001:db8::1', port: 444, path: '/' }],
])('place of %s', (line, expected) => {
  expect(surroundingsOf(line)).toEqual(expected);
});

test.each([
  ['2025-06-03T10:11:12.5Z x', '2025-06-03T10:11:12.000Z'],
  ['2025-06-03 10:11:12,345 +0200 x', '2025-06-03T08:11:12.000Z'],
  ['10.0.0.9 - - [03/Jun/2025:10:11:12 -0500] "GET', '2025-06-03T15:11:12.000Z'],
  ['{"level":"error","ts":1748945472.25,"msg"', '2025-06-03T10:11:12.250Z'],
  ['[Tue Jun 03 10:11:12.1 2025] [ssl:error]', null],
  ['2025/06/03 10:11:12 [error]', null],
])('time of %s', (line, expected) => {
  const time = timeIn(line);
  expect(time === undefined ? null : new Date(time).toISOString()).toBe(expected);
});

test('the grams let no line pass by that a row would take', () => {
  const folder = path.join(import.meta.dirname, '../../src/evidence');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /samples.+(?<!\.expect)$/.test(file),
  );
  let tested = 0;
  for (const file of files.filter((one) => /\.(?:txt|log|md|json|xml)$/.test(one)))
    for (const line of readFileSync(path.join(folder, file), 'latin1').split('\n')) {
      const wanted = PHRASES.filter(({ says }) => says.test(line));
      tested += wanted.length;
      if (wanted.length > 0) expect(GRAMS.candidates(line), line).toEqual(expect.arrayContaining(wanted));
    }
  expect(tested).toBeGreaterThan(50);
});
