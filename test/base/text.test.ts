import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, type Line, LineReader, looseText, utf8Bytes, utf16Text } from '../../src/base/text.ts';

function linesOf(chunks: readonly Uint8Array[]): Line[] {
  const lines: Line[] = [];
  const reader = new LineReader((line) => lines.push(line));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return lines;
}

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('decoding', () => {
  test('UTF-8 where it is that, one character a byte where it is not', () => {
    expect(looseText(Buffer.from('Prüfung ✓'))).toBe('Prüfung ✓');
    expect(looseText(Buffer.from('Prüfung', 'latin1'))).toBe('Prüfung');
  });

  test.each([
    ['UTF-8 with mark', Buffer.from('\ufeffä\n')],
    ['UTF-16 little-endian with mark', Buffer.from('\ufeffä\n', 'utf16le')],
    ['UTF-16 big-endian with mark', utf16be('\ufeffä\n')],
  ])('%s', (_, bytes) => expect(decodeText(bytes)).toBe('ä\n'));

  test('UTF-16 without a mark is told by its zero bytes', () => {
    expect(decodeText(Buffer.from('abc', 'utf16le'))).toBe('abc');
  });

  test('agrees with the platform on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(utf16Text(Buffer.from(text, 'utf16le'))).toBe(text);
        expect(looseText(utf8Bytes(text))).toBe(Buffer.from(utf8Bytes(text)).toString('utf8'));
      }),
    );
  });
});

describe('lines', () => {
  test('numbers, ends, carriage returns', () => {
    expect(linesOf([Buffer.from('a\r\n\nb\r\r\nc')])).toEqual([
      { text: 'a', number: 1, ended: true, cut: false },
      { text: '', number: 2, ended: true, cut: false },
      { text: 'b', number: 3, ended: true, cut: false },
      { text: 'c', number: 4, ended: false, cut: false },
    ]);
    expect(linesOf([])).toEqual([]);
  });

  test('one odd byte spoils its own line only', () => {
    const bytes = Buffer.concat([Buffer.from('grün\n'), Buffer.from('grün\n', 'latin1')]);
    expect(linesOf([bytes]).map(({ text }) => text)).toEqual(['grün', 'grün']);
  });

  test('a line without end is kept up to a megabyte', () => {
    const [line] = linesOf([Buffer.alloc(3 << 19, 'x'), Buffer.from('y\n')]);
    expect(line).toMatchObject({ ended: true, cut: true });
    expect(line!.text).toHaveLength(1 << 20);
  });

  test('are the same for any encoding and any chunks', () => {
    const text = fc.array(fc.string({ unit: fc.constantFrom('a', 'ß', '→', '𝄞', ' ', '\n', '\r\n') }), {
      maxLength: 30,
    });
    const encode = [
      (all: string) => Buffer.from(`\ufeff${all}`),
      (all: string) => Buffer.from(`\ufeff${all}`, 'utf16le'),
      (all: string) => utf16be(`\ufeff${all}`),
    ];
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...encode),
        fc.integer({ min: 1, max: 9 }),
        (parts, encoded, size) => {
          const all = parts.join('');
          const bytes = encoded(all);
          const chunks = Array.from(
            { length: Math.ceil(bytes.length / size) },
            (_, i) => new Uint8Array(bytes.subarray(i * size, (i + 1) * size)),
          );
          const expected = all.split('\n').map((line) => line.replace(/\r+$/, ''));
          if (all === '' || all.endsWith('\n')) expected.pop();
          expect(linesOf(chunks).map((line) => line.text)).toEqual(expected);
        },
      ),
    );
  });
});
