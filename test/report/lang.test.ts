import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { placeholders } from '../../src/base/message.ts';
import { clients } from '../../src/clients/index.ts';
import { en as clientWords } from '../../src/clients/words/en.ts';
import { de } from '../../src/report/lang/de.ts';
import { en } from '../../src/report/lang/en.ts';
import { languages } from '../../src/report/lang/language.ts';
import { tell } from '../../src/report/lang/tell.ts';
import { plainStyle } from '../../src/report/render/style.ts';
import { renderWhyAs } from '../../src/report/render/why-formats.ts';
import type { ProbeRecord, WhyReport } from '../../src/report/why.ts';
import { changesBetween } from '../../src/report/why-changes.ts';
import { makeWhy } from '../../src/report/why-make.ts';
import { ask, request as asked, issuing, NOW, root, stranger, user } from '../clients/scene.ts';
import { probe, why } from './samples.ts';

describe('the catalogs', () => {
  test('have the same keys in the same order', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en));
  });
  test.each(Object.keys(en))('%s holds the same facts', (id) => {
    expect(placeholders(de[id] ?? '')).toEqual(placeholders(en[id]!));
  });
  test('no sentence is the same in both, unless it has no words', () => {
    const same = Object.keys(en).filter((id) => en[id] === de[id] && /\p{L}{3}/u.test(bare(en[id]!)));
    expect(same).toEqual(['with-serverName', 'with-http2-true', 'with-http2-false']);
  });
  test('every key is said somewhere', () => {
    const root = path.join(import.meta.dirname, '../../src');
    const text = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/report[\\/]lang[\\/](en|de)\.ts$/.test(file))
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .join('\n');
    const patterns = [...text.matchAll(/[`']([a-z]+(?:-[a-z]+)*-)\$\{/g)].map((match) => match[1]!);
    const unsaid = Object.keys(en).filter((key) => {
      const id = key.replace(/\.[\w-]+$/, '');
      return !text.includes(`'${id}'`) && !patterns.some((start) => key.startsWith(start));
    });
    expect(unsaid).toEqual([]);
  });
});

const bare = (sentence: string): string => sentence.replace(/\{\w+\}/g, '');

describe('every rule of the client models', () => {
  test('has a short reason', () => {
    const folder = path.join(import.meta.dirname, '../../src/clients');
    const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n');
    const rules = new Set([...text.matchAll(/\brule: '([a-z0-9-]+)'/g)].map((match) => match[1]!));
    expect([...rules].filter((rule) => en[`short-${rule}`] === undefined)).toEqual([]);
    expect(rules.size).toBeGreaterThan(10);
  });
});

/** An answer with the decisions of the real client models. */
function realWhy(): WhyReport {
  const identity = user();
  const wish = { version: 0x0304, lists: [root, stranger] };
  const rows = clients.map(({ id, title, source }) => ({
    id,
    title,
    source,
    decisions: [wish, { ...wish, version: 0x0303 }].map((one) => ({
      version: one.version === 0x0304 ? 'TLS 1.3' : 'TLS 1.2',
      ...ask(id, one, identity, NOW),
    })),
    withIssuer: 'offered',
  }));
  const probes: ProbeRecord[] = [
    probe({}),
    probe({ serverName: null, request: null, sent: null, end: 'does not ask' }),
    probe({ sent: 1, http: { status: 403, substatus: '403.16' } }),
  ];
  return makeWhy({
    toolVersion: '0.1.0',
    madeAt: NOW,
    url: 'https://www.example.com/',
    probes,
    requests: [[asked(wish)], [], [asked(wish)]],
    atHand: { leaf: identity.leaf, known: [] },
    identity: { ...why.identity!, subject: 'CN=user', issuer: 'CN=Issuing CA' },
    clients: rows,
    notes: [],
    before: { ...why, probes: why.probes.slice(0, 1) },
  });
}

describe('--lang de', () => {
  const report = realWhy();
  const shown = (['text', 'markdown', 'html'] as const).map((format) =>
    renderWhyAs[format](report, { language: languages.de, verbose: true }, plainStyle),
  );

  test('holds no sentence of the English catalogs', () => {
    const sentences = [...Object.values(en), ...Object.values(clientWords)].filter(
      (one) => !Object.values(de).includes(one),
    );
    // Pieces between facts that are long enough to be English and not a name.
    const pieces = sentences
      .flatMap((one) => one.split(/\{\w+\}|[[\]]/))
      .filter((one) => / \w+ .* /.test(one.trim()));
    expect(pieces.length).toBeGreaterThan(100);
    for (const text of shown) expect(pieces.filter((piece) => text.includes(piece.trim()))).toEqual([]);
  });

  test('holds none of the small words of English', () => {
    const words = /\b(the|and|with|from|not|which|its|only|issuer|server asks|clients? do)\b/i;
    for (const text of shown) {
      const lines = text
        .replace(/<style>[\s\S]*<\/style>/, '')
        .replace(/«[^»]*»|\([^)]*\)/g, '')
        .split('\n')
        .filter((line) => !NAMES.some((name) => line.includes(name)));
      expect(lines.filter((line) => words.test(line))).toEqual([]);
    }
  });

  test('leaves no fact and no id unfilled', () => {
    for (const text of shown) expect(text.match(/\{[a-z][\w.-]*\}/gi) ?? []).toEqual([]);
  });
});

/** Rules, sources and names of the page itself: no sentences. */
const NAMES = [
  'Regel ',
  'clients/',
  'chromium',
  'class="soft">',
  '<meta',
  ...clients.map(({ title }) => title),
  ...clients.map(({ source }) => source.slice(0, 40)),
];

describe('every message that is kept has words', () => {
  test('remarks and changes', () => {
    const report = realWhy();
    const kept = [
      ...report.remarks,
      ...report.lists.flatMap((list) => list.remarks),
      ...(report.since?.changes ?? []),
      ...changesBetween(why, { ...why, probes: [] }).map((one) => tell(one)),
    ];
    expect(kept.length).toBeGreaterThan(2);
    for (const { id, text } of kept) {
      expect(languages.de.has(id), id).toBe(true);
      expect(text).not.toMatch(/\{/);
    }
  });
});

test('a rule of a later version is told by its whole sentence', () => {
  const row = why.clients[0]!;
  const clientsLater = [{ ...row, decisions: row.decisions.map((one) => ({ ...one, rule: 'of-tomorrow' })) }];
  const text = renderWhyAs.text(
    { ...why, clients: clientsLater },
    { language: languages.en, verbose: false },
    plainStyle,
  );
  expect(text).toContain(row.decisions[0]!.because.slice(0, 20));
});

test('the issuing CA stands for its name in remedies', () => {
  expect(issuing.subject).toBeDefined();
  const text = renderWhyAs.text(why, { language: languages.en, verbose: false }, plainStyle);
  expect(text).toContain('put the issuing CA into the key store entry');
});
