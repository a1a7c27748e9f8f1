import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCase } from '../diagnoses/case-file.ts';
import { faultsOf } from '../diagnoses/catalogue.ts';
import { sound, type Wrong } from './wrong.ts';

const folder = path.join(import.meta.dirname, 'definitions');

describe('the catalogue rejects', () => {
  test.each(readdirSync(folder).sort())('%s', async (file) => {
    const { default: wrong }: { default: Wrong } = await import(path.join(folder, file));
    const faults = faultsOf(wrong.entry, wrong.all ?? [wrong.entry.diagnosis]);
    expect(faults).toEqual(expect.arrayContaining([expect.stringContaining(wrong.rejectedFor)]));
  });
});

test('the sound definition that they are made of passes', () => {
  expect(faultsOf(sound, [sound.diagnosis], { [sound.folder]: 'advice' })).toEqual([]);
});

describe('a case file is rejected', () => {
  const good = '-- about --\nSomething.\n-- evidence: netsh.txt --\ntext\n-- expect --\nclear host\n';
  const bad: readonly (readonly [string, string, string])[] = [
    [
      'for an unknown section',
      good.replace('evidence:', 'evidenz:'),
      'unknown section -- evidenz: netsh.txt --',
    ],
    ['for an unknown outcome', good.replace('clear host', 'healthy host'), 'no expectation'],
    ['for an unknown keyword', good.replace('clear host', 'clear host since x'), 'unknown words'],
    ['without a verdict', good.replace('-- expect --\nclear host\n', ''), 'wants one section -- expect --'],
    ['that does not say what it is about', good.replace('Something.', ''), 'says nothing about itself'],
    ['with text before its sections', `x\n${good}`, 'begins with text outside a section'],
    [
      'with a certificate that nobody issued',
      good.replace('netsh.txt', 'Root.p7b = nobody').replace('text\n', ''),
      'no certificate is called nobody',
    ],
    ['with text beside certificates', good.replace('netsh.txt', 'Root.p7b = root'), 'has text as well'],
    [
      'with an unknown key in a probe',
      good.replace('evidence: netsh.txt --\ntext', 'probe: p.json --\ncolour red'),
      'a probe has no colour',
    ],
  ];

  test.each(bad)('%s', (_, text, why) => {
    expect(() => readCase('bad.case', text)).toThrow(why);
  });

  test('but not when it is good', () => {
    expect(readCase('good.case', good)).toMatchObject({ about: 'Something.', expect: [{ subject: 'host' }] });
  });
});
