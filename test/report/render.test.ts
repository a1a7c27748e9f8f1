import { describe, expect, test } from 'vitest';
import { type Format, render } from '../../src/report/render/index.ts';
import { ansiStyle } from '../../src/report/render/style.ts';
import { expectGolden } from './golden.ts';
import * as samples from './samples.ts';
import { unbalanced } from './unbalanced.ts';

const { found, cannotTell, clear, byHand, hostile } = samples;
const extension: Record<Format, string> = { text: 'txt', json: 'json', html: 'html', markdown: 'md' };
const formats = Object.keys(render) as Format[];

describe('every format', () => {
  test('has a renderer, and a golden of every kind of report', () => {
    expect(formats.sort()).toEqual(Object.keys(extension).sort());
  });
  for (const format of formats)
    for (const [name, report] of Object.entries({
      found,
      'cannot-tell': cannotTell,
      clear,
      'by-hand': byHand,
      hostile,
    }))
      test(`${name}.${extension[format]}`, () => {
        expectGolden(`${name}.${extension[format]}`, render[format](report));
      });

  for (const format of formats)
    test(`${format} tells the headline, each finding, its proof, each command line and what to collect`, () => {
      const text = unescaped(render[format](found));
      const told = [
        found.headline,
        ...found.entries.slice(0, 2).flatMap((one) => [one.title, one.subject]),
        ...found.entries[0]!.because.map((at) => at.source),
        ...found.plan!.steps.flatMap((step) => [...step.commands, ...step.powershell, ...step.undo]),
        ...found.plan!.foreseen,
        found.entries[5]!.wants[0]!,
        found.notes[0]!.message,
      ];
      for (const one of told) expect(text).toContain(one);
    });
});

/** Undoes each format's escaping of harmless characters, to look for a sentence. */
const unescaped = (text: string): string =>
  text
    .replace(/\\\\/g, '\\')
    .replace(/\\(["'`*_~:.|$<>[\]])/g, '$1')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

describe('text', () => {
  const open = Array.from({ length: 9 }, (_, i) =>
    Array.from({ length: i + 1 }, (_, j) => ({
      ...cannotTell.entries[0]!,
      title: `cause ${i}-${j}`,
      outcome: 'cannot-tell' as const,
      because: [],
      wants: [`thing ${i}`],
    })),
  ).flat();

  test('of much that is wanted what tells most comes first, and the rest is counted', () => {
    const text = render.text({ ...cannotTell, entries: open });
    const wanted = [...text.matchAll(/^ {2}(thing \d)$/gm)].map(([, name]) => name);
    expect(wanted).toEqual(['thing 8', 'thing 7', 'thing 6', 'thing 5', 'thing 4', 'thing 3']);
    expect(text).toContain('and 3 more things that would tell less');
  });

  test('beside a finding it is short', () => {
    const text = render.text({ ...found, entries: [found.entries[0]!, ...open] });
    expect(text).toMatch(
      /^Not told: 45 further causes \(--json\)\. Most would be told by\n {2}thing 8\n {2}thing 7\n {2}thing 6\n\n/m,
    );
  });

  test('the headline comes first, and commands stand alone on a line', () => {
    const lines = render.text(found).split('\n');
    expect(lines[0]).toBe(found.headline);
    expect(lines).toContain(found.plan!.steps[0]!.commands[0]);
  });
  test('styles are only what the caller injects', () => {
    expect(render.text(found)).not.toContain('\u001b');
    expect(render.text(found, ansiStyle)).toContain('\u001b[1m');
  });
  test('a clear report is short', () => {
    expect(render.text(clear).split('\n').length).toBeLessThan(9);
  });
});

describe('html', () => {
  test('is one file that fetches nothing and runs nothing', () => {
    for (const report of [found, hostile]) {
      const html = render.html(report);
      expect(html).not.toMatch(/<(script|img|iframe|object|embed|link|base|form|svg)\b/i);
      expect(html).not.toMatch(/<[^>]*\s(?:src|srcset|style|on\w+)\s*=/i);
      expect(html).not.toMatch(/url\(|@import/);
      expect(html).toContain('content="default-src &#39;none&#39;; style-src');
    }
  });
  test('opens and closes every element', () => {
    for (const report of [found, cannotTell, clear, byHand, hostile])
      expect(unbalanced(render.html(report))).toEqual([]);
  });
});
