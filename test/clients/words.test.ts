import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Message, placeholders, say } from '../../src/base/message.ts';
import { clients } from '../../src/clients/index.ts';
import type { LateKind } from '../../src/clients/model.ts';
import { de } from '../../src/clients/words/de.ts';
import { en } from '../../src/clients/words/en.ts';
import { ask, issuing, root, stranger, user } from './scene.ts';

const KINDS: readonly LateKind[] = [
  'renegotiation',
  'post-handshake',
  'renegotiation-h2',
  'post-handshake-h2',
];

describe('the catalogs', () => {
  test('have the same keys', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en));
  });

  test.each(Object.keys(en))('%s holds the same facts', (id) => {
    expect(placeholders(de[id]!)).toEqual(placeholders(en[id]!));
  });

  test('hold no sentence that no rule says', () => {
    const folder = path.join(import.meta.dirname, '../../src/clients');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('words'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n');
    // Some ids are put together: `issuer-listed${…}`.
    const made = ['issuer-listed', 'issuer-encoding'];
    const unsaid = Object.keys(en)
      .filter((id) => !id.includes('.') && !made.some((stem) => id.startsWith(stem)))
      .filter((id) => !sources.includes(`'${id}'`));
    expect(unsaid).toEqual([]);
  });
});

/** What is said in a language is whole: no braces left. */
function whole(catalog: typeof en, message: Message): string {
  const text = say(catalog, message);
  expect(text).not.toMatch(/[{}[\]]/);
  return text;
}

test('a decision is told in both languages, and its English is the sentence it carries', () => {
  const decision = ask('go', { lists: [root, stranger] }, user());
  expect(say(en, decision.reason)).toBe(decision.because);
  expect(decision.changes.map((one) => say(en, one))).toEqual(decision.wouldChange);
  expect(say(de, decision.reason)).toBe(
    'Der Aussteller «CN=Issuing CA» ist nicht unter den 2 genannten Ausstellern, und ohne das Zertifikat dieser Zertifizierungsstelle in der Zertifikatsdatei kann Go nicht weiter nach oben suchen.',
  );
  expect(decision.changes.map((one) => say(de, one))).toEqual([
    'die ausstellende Zertifizierungsstelle «CN=Issuing CA» in die Zertifikatsdatei aufnehmen, sofern eine genannte Zertifizierungsstelle sie ausgestellt hat',
    '«CN=Issuing CA» auf dem Server in die Liste aufnehmen',
  ]);
});

test('a name that looks like a fact stays what it is', () => {
  const sly = user({ issuer: { ...issuing, subject: user({ subject: '{client}[x]' }).leaf.subject.der } });
  expect(ask('go', { lists: [stranger] }, sly).because).toContain('«CN={client}[x]»');
});

describe.each(clients.map((client) => [client.id, client] as const))('%s', (_, client) => {
  test.each(KINDS)('tells of %s', (kind) => {
    const answer = client.late(kind);
    expect(answer.how).toBe(whole(en, answer.way));
    expect(answer.sees).toBe(whole(en, answer.sight));
    expect([whole(de, answer.way), whole(de, answer.sight)]).not.toContain('');
    expect(answer.source).not.toBe('');
    if (answer.can === 'unknown') expect(answer.confidence).not.toBe('observed');
  });
});
