import { describe, expect, test } from 'vitest';
import { languages } from '../../src/report/lang/language.ts';
import { plainStyle } from '../../src/report/render/style.ts';
import { renderWhy } from '../../src/report/render/why.ts';
import { renderWhyAs } from '../../src/report/render/why-formats.ts';
import { expectGolden } from './golden.ts';
import { hostileWhy, why } from './samples.ts';
import { unbalanced } from './unbalanced.ts';
import { unseenIn } from './unseen.ts';

const { en, de } = languages;
const VIEWS = {
  '': { language: en, verbose: false },
  '.verbose': { language: en, verbose: true },
  '.de': { language: de, verbose: false },
  '.de.verbose': { language: de, verbose: true },
};
const ENDINGS = { text: 'txt', html: 'html', markdown: 'md' } as const;

describe('golden documents', () => {
  for (const [suffix, view] of Object.entries(VIEWS))
    for (const [format, ending] of Object.entries(ENDINGS)) {
      if (format === 'html' && view.verbose) continue;
      const name = `why${suffix}.${ending}`;
      test(name, () => expectGolden(name, renderWhyAs[format as 'text'](why, view, plainStyle)));
    }
  for (const [format, ending] of Object.entries(ENDINGS)) {
    const name = `hostile-why.${ending}`;
    test(name, () => {
      const text = renderWhyAs[format as 'text'](hostileWhy, VIEWS[''], plainStyle);
      expect(unseenIn(text)).toEqual([]);
      expectGolden(name, text);
    });
  }
});

describe('pages', () => {
  test('every element is closed, hostile names or not', () => {
    for (const report of [why, hostileWhy])
      for (const view of [VIEWS[''], VIEWS['.de']])
        expect(unbalanced(renderWhyAs.html(report, view, plainStyle))).toEqual([]);
  });
  test('tell their language', () => {
    expect(renderWhyAs.html(why, VIEWS['.de'], plainStyle)).toContain('<html lang="de">');
  });
});

describe('text', () => {
  test('without an identity there is no table of clients', () => {
    const text = renderWhy({ ...why, identity: null, clients: [] });
    expect(text).not.toContain('What clients do');
    expect(text).toContain('CN=Example Root CA');
  });
  test('lines of our own stay within 110 columns', () => {
    const long = renderWhy(why)
      .split('\n')
      .slice(1)
      .filter((line) => line.length > 110);
    expect(long).toEqual([]);
  });
});
