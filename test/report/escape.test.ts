import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  escapeCsv,
  escapeHtml,
  escapeMarkdown,
  escapeTerminal,
  jsonPieces,
  markdownBlock,
  markdownCode,
} from '../../src/report/escape.ts';
import { render } from '../../src/report/render/index.ts';
import { renderWhy } from '../../src/report/render/why.ts';
import { renderWhyHtml } from '../../src/report/render/why-html.ts';
import { HOSTILE, hostile, hostileWhy } from './samples.ts';
import { unseenIn } from './unseen.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        '`',
        '```',
        '|',
        '[',
        ']',
        '(',
        ')',
        '*',
        '_',
        '@',
        '\\',
        '=',
        '+',
        '-',
        '#',
        '\u001b[31m',
        '\u202e',
        '\u200b',
        '\n',
        '\r',
        '\t',
        '1.',
        'www.',
        '://',
      ),
      anyText,
    ),
  )
  .map((parts) => parts.join(''));

describe('what cannot be seen becomes visible', () => {
  for (const [name, escaped] of Object.entries({
    escapeTerminal,
    escapeHtml,
    escapeMarkdown,
    escapeCsv,
    markdownCode,
  }))
    test(name, () => {
      fc.assert(
        fc.property(nasty, (text) => {
          const shown = escaped(text);
          expect(unseenIn(shown)).toEqual([]);
          expect(shown).not.toContain('\n');
        }),
      );
    });
  test('in the notation that programmers know', () => {
    expect(escapeTerminal('a\u001b[2Jb\u202ec\u200bd\u{e0041}e\nf')).toBe(
      'a\\x1b[2Jb\\u202ec\\u200bd\\u{e0041}e\\x0af',
    );
  });
  test('and what can be seen stays', () => {
    const text = 'CN=Müller & Söhne, O=Ελλάς 株式会社 😀';
    expect(escapeTerminal(text)).toBe(text);
  });
});

describe('html', () => {
  test('no markup comes of any text', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"'`]|&(?!(amp|lt|gt|quot|#39|#96);)/);
      }),
    );
  });
});

describe('csv', () => {
  test('no formula, one line, one field', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const field = escapeCsv(text);
        const bare = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
        expect(bare).not.toMatch(/^\s*[=+\-@]/);
        if (!field.startsWith('"')) expect(field).not.toMatch(/[",;]/);
      }),
    );
  });
  test('examples', () => {
    expect(escapeCsv("=cmd|'/c calc'!A0")).toBe("'=cmd|'/c calc'!A0");
    expect(escapeCsv('a,"b"')).toBe('"a,""b"""');
    expect(escapeCsv(' @x')).toBe("' @x");
  });
});

describe('markdown', () => {
  test('what could act is escaped, what could not stays readable', () => {
    expect(escapeMarkdown('hostnameport=www.example.com:443, CERT_E_UNTRUSTEDROOT (403.7)')).toBe(
      'hostnameport=www\\.example.com:443, CERT_E_UNTRUSTEDROOT (403.7)',
    );
    expect(escapeMarkdown('<b>`x`</b> [a](b) | *c* _d_ @team')).toBe(
      '&lt;b\\>\\`x\\`&lt;/b\\> \\[a\\](b) \\| \\*c\\* \\_d\\_ &#64;team',
    );
    expect(escapeMarkdown('1. x')).toBe('1\\. x');
    expect(escapeMarkdown('# x')).toBe('\\# x');
  });
  test('nothing inside closes a code span or a block', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const span = markdownCode(text);
        const fence = /^`+/.exec(span)![0];
        expect(span.slice(fence.length, -fence.length)).not.toMatch(new RegExp(`(?<!\`)${fence}(?!\`)`));
        const block = markdownBlock([text]).split('\n');
        expect(block).toHaveLength(3);
        expect(block[1]!.includes(block[0]!)).toBe(false);
      }),
    );
  });
});

describe('a document in which every text is hostile', () => {
  const outputs = {
    text: render.text(hostile),
    html: render.html(hostile),
    markdown: render.markdown(hostile),
    json: render.json(hostile),
    'why text': renderWhy(hostileWhy),
    'why html': renderWhyHtml(hostileWhy),
  };
  for (const [format, output] of Object.entries(outputs).filter(([format]) => format !== 'json'))
    test(`${format}: nothing unseen gets through`, () => {
      expect(unseenIn(output)).toEqual([]);
      expect(output).toContain('\\x1b[2J');
    });
  for (const format of ['html', 'why html'] as const)
    test(`${format}: no element of it comes to life`, () => {
      expect(outputs[format]).not.toMatch(/<(script|img)/i);
      expect(outputs[format]).not.toMatch(/href="(?!https:)/);
    });
  test('markdown: outside code nothing of it is HTML, link, image, mention or a cell', () => {
    const prose = outputs.markdown
      .replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, '')
      .replace(/(?<!\\)(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, '');
    expect(prose).not.toMatch(/<script|<img/);
    expect(prose).not.toMatch(/(?<!\\)\]\(/);
    expect(prose).not.toContain('@team');
    // The tables of evidence have two columns, the one of times has four.
    for (const row of outputs.markdown.split('\n').filter((line) => line.startsWith('| ')))
      expect([3, 5]).toContain(row.match(/(?<!\\)\|/g)?.length);
  });
  test('json: is JSON, carries the text as it was, and no unseen character', () => {
    expect(JSON.parse(outputs.json).headline).toContain(HOSTILE);
    expect(unseenIn(outputs.json)).toEqual([]);
  });
});

describe('JSON in pieces', () => {
  // Large enough that it is taken apart: what is small is written by JSON.stringify itself.
  const values = fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 60, maxLength: 90 });

  test.each([0, 2])('means what it meant, and looks as JSON.stringify has it, indented by %i', (indent) => {
    fc.assert(
      fc.property(values, (value) => {
        const json = [...jsonPieces({ value, also: { value } }, indent)].join('');
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ value, also: { value } })));
        const shown = JSON.stringify({ value, also: { value } }, null, indent);
        if (!/[^\x20-\x7e\n]/.test(shown)) expect(json).toBe(shown);
      }),
      { numRuns: 50 },
    );
  });

  test('leaves out what is not there, and keeps an empty frame', () => {
    const nothing = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`a${i}`, undefined]));
    const json = [...jsonPieces({ nothing, list: new Array(100).fill(undefined) })].join('');
    expect(JSON.parse(json)).toEqual({ nothing: {}, list: new Array(100).fill(null) });
  });

  test('never holds much at once', () => {
    const long = Array.from({ length: 20_000 }, (_, i) => ({ name: `CN=${i}` }));
    const pieces = [...jsonPieces(long)];
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
  });
});
