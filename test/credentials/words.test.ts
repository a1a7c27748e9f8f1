import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { factsWanted, placeholders, say } from '../../src/base/message.ts';
import type { Remark } from '../../src/credentials/remark.ts';
import { de } from '../../src/credentials/words/de.ts';
import { en } from '../../src/credentials/words/en.ts';
import { request } from '../clients/scene.ts';
import { issue } from '../support/pki.ts';
import { check, issuing, NOW, root, user } from './scene.ts';

test('both languages have the same sentences with the same facts', () => {
  expect(Object.keys(de)).toEqual(Object.keys(en));
  for (const [id, sentence] of Object.entries(en))
    expect([id, placeholders(de[id]!)]).toEqual([id, placeholders(sentence)]);
});

test('every remark that the checks can make has words, and no words lie idle', () => {
  const folder = new URL('../../src/credentials/checks/', import.meta.url);
  const source = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
  const idle = Object.keys(en).filter((id) => {
    const what = id.replace(
      /^certificate-(?:issuer-(?=expire|not-yet))?|\.one$|(?<=issuer-spelling-).*/g,
      '',
    );
    return !source.includes(what);
  });
  expect(idle).toEqual([]);
});

const MANY: readonly (readonly Remark[])[] = [
  check(user(), [], { elsewhere: [] }),
  check(user({ extendedKeyUsage: ['serverAuth'], keyUsage: [2], ca: true, crlUrls: [] }), [root, issuing]),
  check(user({ key: 'rsa', notAfter: NOW - 1 }), [issue({ subject: 'x' })], {
    requests: [request({ schemes: [0x0403], types: [64] })],
    provider: 'Microsoft Enhanced Cryptographic Provider v1.0',
  }),
  check(user({ subject: [], subjectAltNames: ['upn:a@b'] })),
];

describe.each([
  ['English', en],
  ['German', de],
])('in %s', (_, catalog) => {
  test.each(MANY.flat().map((one) => [one.id, one] as const))('%s says all it needs', (id, { message }) => {
    const told = say(catalog, message);
    expect(told).not.toMatch(/[{}[\]]/);
    for (const fact of factsWanted(catalog[id]!)) expect(message.facts).toHaveProperty(fact);
  });
});
