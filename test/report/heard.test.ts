import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordProbe } from '../../src/app/why/record.ts';
import { plainAsking } from '../../src/app/why.ts';
import { placeholders } from '../../src/base/message.ts';
import { probe } from '../../src/net/probe.ts';
import type { ProbeOptions, ProbeResult, ProbeTarget } from '../../src/net/probe-types.ts';
import { nodeCrypto } from '../../src/platform/crypto.ts';
import { heardGerman } from '../../src/report/lang/heard.de.ts';
import { sayHeard } from '../../src/report/lang/heard.ts';
import { languages } from '../../src/report/lang/language.ts';
import { plainStyle } from '../../src/report/render/style.ts';
import { renderWhyAs } from '../../src/report/render/why-formats.ts';
import { sayEnd } from '../../src/report/why-end.ts';
import { makeWhy } from '../../src/report/why-make.ts';
import { encodeAlert } from '../../src/wire/tls/alert.ts';
import { encodeHandshake } from '../../src/wire/tls/handshake/message.ts';
import { encodeRecord } from '../../src/wire/tls/record.ts';
import { rawServer } from '../support/servers.ts';

const german = languages.de;
const ENGLISH =
  /\b(the|and|with|from|not|which|its|it|is|are|of|a|no|where|than|server's|answer|closed|bytes)\b/;

/** Names of the standards, what stands in quotes and what is a name. */
const bare = (text: string): string => text.replace(/"[^"]*"|«[^»]*»|\([^)]*\)|`[^`]*`/g, '');

describe('the catalog', () => {
  test.each(Object.entries(heardGerman))('%s', (english, sentence) => {
    expect(placeholders(sentence)).toEqual(placeholders(english));
    expect(bare(sentence)).not.toMatch(ENGLISH);
  });
});

/** Where the sentences are formed, and the calls that take one. */
const FOLDERS = ['net', 'wire/tls/session', 'wire/tls/handshake', 'platform/stores'];
const FILES = ['base/bytes.ts', 'wire/tls/record.ts', 'wire/x509/der.ts', 'wire/x509/name.ts'];
const LITERAL = String.raw`(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|\x60((?:[^\x60\\]|\\.)*)\x60)`;
const CALLS = [
  /\brefused\(\s*/,
  /new Malformed\([^;]*?,[^;]*?,\s*/,
  /new Violation\([^,;]*,\s*/,
  /\bbad\(\s*/,
  /\bnote\(\s*/,
  /\bnotes\.push\(\s*/,
  /\bwhy: /,
  /const (?:why|note) =\s*/,
  /[?:] (?=['"\x60][^'"\x60]+ )/,
  /\breturn (?=['"\x60][^'"\x60]+ )/,
  /what: /,
];

function sentencesIn(text: string): string[] {
  const code = text
    .replace(/^\s*(?:\/\*\*?|\*|\/\/).*$/gm, '')
    .replace(/^import .*$|^ *(?:title|source): .*$/gm, '');
  return CALLS.flatMap((call) =>
    [...code.matchAll(new RegExp(call.source + LITERAL, 'g'))].map(
      ([, single, double, template]) => single ?? double ?? template!,
    ),
  );
}

/** A sentence as it comes: facts filled, escapes gone. */
const filled = (literal: string): string => literal.replace(/\$\{[^}]*\}/g, '7').replace(/\\(.)/g, '$1');

/** No sentences: what is said to a peer, ids and words of code. */
const isSentence = (literal: string): boolean =>
  / /.test(literal) &&
  /[a-z]{2,} |[a-z]{3,}$/.test(literal) &&
  !/\\r|\\n|[<>]|^7|^ |^Proxy-|HTTP\/1\.1/.test(filled(literal).replace(/^7 (?=[a-z])/, ''));

test('every sentence that is formed of a peer has its German', () => {
  const root = path.join(import.meta.dirname, '../../src');
  const files = [
    ...FOLDERS.flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${folder}/${file}`,
      ),
    ),
    ...FILES,
  ].filter((file) => file.endsWith('.ts'));
  const sentences = files.flatMap((file) =>
    sentencesIn(readFileSync(path.join(root, file), 'utf8')).map((one) => [file, one] as const),
  );
  const wanted = sentences.filter(([, one]) => isSentence(one));
  expect(wanted.length).toBeGreaterThan(90);
  const english = wanted.filter(([, one]) => {
    const text = filled(one);
    return sayHeard(text, german) === text;
  });
  expect(english).toEqual([]);
});

const ask = (target: Partial<ProbeTarget>, options: ProbeOptions = {}): Promise<ProbeResult> =>
  probe(
    { host: '127.0.0.1', port: 1, serverName: null, path: '/', ...target },
    { timeout: 700, http: true, ...options },
  );

const saying = (...bytes: (Uint8Array | string)[]): Promise<number> =>
  rawServer((socket) => {
    socket.once('data', () => {
      for (const one of bytes) socket.write(one);
      socket.end();
    });
  });
const silent = (): Promise<number> => rawServer(() => undefined);

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const hello = encodeRecord(22, 0x0303, encodeHandshake(2, new Uint8Array(40)));

/** Each kind of end, and the kinds of failure within. */
const ENDS: readonly [string, RegExp, () => Promise<ProbeResult>][] = [
  ['nothing listens', /lauscht nichts/, async () => ask({ port: await freePort() })],
  [
    'no such name',
    /lässt sich nicht auflösen|keine Antwort von der Namensauflösung/,
    () => ask({ host: 'b..invalid', port: 443 }),
  ],
  ['silence', /antwortet nicht rechtzeitig nach dem Client Hello/, async () => ask({ port: await silent() })],
  ['closed', /schließt die Verbindung nach dem Client Hello/, async () => ask({ port: await saying() })],
  [
    'reset',
    /bricht die Verbindung ab nach dem Client Hello/,
    async () =>
      ask({ port: await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy())) }),
  ],
  [
    'an alert',
    /lehnt ab mit Alarm 40 handshake_failure nach dem Client Hello/,
    async () =>
      ask({ port: await saying(encodeRecord(21, 0x0303, encodeAlert({ level: 'fatal', code: 40 }))) }),
  ],
  [
    'HTTP',
    /HTTP ohne TLS: "HTTP\/1.1 400 No"/,
    async () => ask({ port: await saying('HTTP/1.1 400 No\r\n\r\n') }),
  ],
  [
    'bytes',
    /3 Byte, mit denen kein TLS-Record beginnt/,
    async () => ask({ port: await saying(Uint8Array.of(0, 1, 2)) }),
  ],
  [
    'a broken hello',
    /kein gültiges TLS ist: der Server wählte 0x0000/,
    async () => ask({ port: await saying(hello) }),
  ],
  [
    'a wrong message',
    /an der Stelle von ServerHello/,
    async () =>
      ask({ port: await saying(encodeRecord(22, 0x0303, encodeHandshake(20, new Uint8Array(12)))) }),
  ],
  [
    'a long message',
    /kündigt 16777215 Byte an, mehr als 131072/,
    async () => ask({ port: await saying(encodeRecord(22, 0x0303, Uint8Array.of(2, 255, 255, 255))) }),
  ],
  [
    'a proxy that is not there',
    /der Proxy .*lauscht nichts/,
    async () => ask({}, { proxy: { kind: 'http', host: '127.0.0.1', port: await freePort() } }),
  ],
  [
    'a proxy that says no',
    /der Proxy antwortete 407 .* \(er verlangt NTLM\)/,
    async () =>
      ask(
        {},
        {
          proxy: {
            kind: 'http',
            host: '127.0.0.1',
            port: await saying('HTTP/1.1 407 P\r\nProxy-Authenticate: NTLM\r\n\r\n'),
          },
        },
      ),
  ],
  [
    'a proxy that is silent',
    /der Proxy blieb in der Frist schuldig: die Wahl eines Verfahrens/,
    async () => ask({}, { proxy: { kind: 'socks5', host: '127.0.0.1', port: await silent() } }),
  ],
  [
    'a proxy that speaks otherwise',
    /keine gültige Antwort: die Wahl eines Verfahrens: Version 4/,
    async () =>
      ask({}, { proxy: { kind: 'socks5', host: '127.0.0.1', port: await saying(Uint8Array.of(4, 0)) } }),
  ],
  [
    'no STARTTLS',
    /STARTTLS ist nicht unter dem, was er anbietet: SIZE/,
    async () => {
      const port = await rawServer((socket) => {
        socket.write('220 a\r\n');
        socket.on('data', () => socket.write('250-a\r\n250 SIZE\r\n'));
      });
      return ask({ port, starttls: 'smtp' });
    },
  ],
  [
    'silence before STARTTLS',
    /blieb in der Frist schuldig: die Begrüßung/,
    async () => ask({ port: await silent(), starttls: 'imap' }),
  ],
  [
    'closed before STARTTLS',
    /schloss die Verbindung, wo fällig war: die Antwort auf SSLRequest/,
    async () => ask({ port: await saying(), starttls: 'postgres' }),
  ],
];

test.each(ENDS)('%s is told in German', async (_, says, end) => {
  const result = await end();
  const record = recordProbe({ result, asking: plainAsking(result, 0x0304, 0x0303) }, nodeCrypto);
  const said = sayEnd(record.ending, german);
  expect(said).toMatch(says);
  expect(bare(said).replace(/STARTTLS|Client Hello|Server Hello/g, '')).not.toMatch(ENGLISH);
  const report = makeWhy({
    toolVersion: '0.1.0',
    madeAt: 0,
    url: 'https://127.0.0.1/',
    probes: [record],
    requests: [result.request ? [result.request] : []],
    atHand: {},
    identity: null,
    clients: [],
    notes: result.notes ?? [],
  });
  const text = renderWhyAs.text(report, { language: german, verbose: true }, plainStyle);
  expect(text).toMatch(/^Nicht zu sagen: /);
  expect(bare(text.replaceAll('\n', ' ')).replace(/STARTTLS|Client Hello|Server Hello/g, '')).not.toMatch(
    ENGLISH,
  );
});

test('what a peer says itself stays as it is', () => {
  expect(sayHeard('554 go away, the server is closed', german)).toBe('554 go away, the server is closed');
  const long = `${'x: '.repeat(2000)}(byte 1)`;
  expect(sayHeard(long, german)).toBe(long);
  expect(sayHeard('the proxy a: nothing listens on a port 1 (connection refused)', languages.en)).toContain(
    'nothing listens',
  );
});
