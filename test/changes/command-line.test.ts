import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printCommand } from '../../src/changes/command-line.ts';

const APPID = 'appid={4dc3e181-e14b-4a21-b022-59fc669b0914}';

describe('what an administrator sees', () => {
  test.each([
    [APPID, APPID, `'${APPID}'`],
    [
      'hostnameport=www.example.com:443',
      'hostnameport=www.example.com:443',
      'hostnameport=www.example.com:443',
    ],
    ['ipport=[::]:443', 'ipport=[::]:443', "'ipport=[::]:443'"],
    ['certstorename=Remote Desktop', '"certstorename=Remote Desktop"', "'certstorename=Remote Desktop'"],
    ['HKLM\\A B\\', '"HKLM\\A B\\\\"', "'HKLM\\A B\\\\'"],
    ['HKLM\\A\\', 'HKLM\\A\\', 'HKLM\\A\\'],
    ["O'Hara", '"O\'Hara"', "'O''Hara'"],
    ['a’b', '"a’b"', "'a’’b'"],
    ['$(calc)', '"$(calc)"', "'$(calc)'"],
    ['a&calc', '"a&calc"', "'a&calc'"],
    ['%PATH%', '^"^%PATH^%^"', "'%PATH%'"],
    ['a"b', '^"a\\^"b^"', "'a\\\"b'"],
    ['a\\"b', '^"a\\\\\\^"b^"', "'a\\\\\\\"b'"],
    ['', '""', "''"],
    ['-addstore', '-addstore', '-addstore'],
    ['/v', '/v', '/v'],
  ])('%s', (argument, cmd, powershell) => {
    expect(printCommand(['netsh', argument], 'cmd')).toBe(`netsh ${cmd}`);
    expect(printCommand(['netsh', argument], 'powershell')).toBe(`netsh ${powershell}`);
  });

  test('a program whose name needs quotes is called in PowerShell', () => {
    expect(printCommand(['C:\\Program Files\\x.exe', '/f'], 'powershell')).toBe(
      "& 'C:\\Program Files\\x.exe' /f",
    );
  });

  test.each(['a\nb', 'a\0b', 'a\u2028b', 'a\x1b[31m'])('control characters are refused', (argument) => {
    expect(() => printCommand([argument], 'cmd')).toThrow(RangeError);
    expect(() => printCommand([argument], 'powershell')).toThrow(RangeError);
  });
});

const printable = fc.string({ unit: 'grapheme-ascii', maxLength: 20 });
const nasty = fc
  .array(
    fc.constantFrom(
      '"',
      "'",
      '\\',
      '%',
      '^',
      '&',
      '|',
      '<',
      '>',
      '$',
      '`',
      '(',
      ')',
      ' ',
      '!',
      '‘',
      '’',
      'a',
      '{',
      '}',
      ',',
      ';',
      '=',
      '@',
      '#',
    ),
    { maxLength: 14 },
  )
  .map((all) => all.join(''));
const argument = fc.oneof(printable, nasty);

describe('the program gets exactly the arguments', () => {
  test('through the prompt of cmd', () => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 4 }), (args) => {
        const line = printCommand(['netsh', ...args], 'cmd');
        expect(argvOf(throughCmd(line))).toEqual(['netsh', ...args]);
      }),
      { numRuns: 2000 },
    );
  });

  test('through Windows PowerShell 5.1', () => {
    // It drops an empty argument altogether; no command here has one.
    const some = argument.filter((text) => text !== '');
    fc.assert(
      fc.property(fc.array(some, { maxLength: 4 }), (args) => {
        const line = printCommand(['netsh', ...args], 'powershell');
        expect(argvOf(throughPowershell(line))).toEqual(['netsh', ...args]);
      }),
      { numRuns: 2000 },
    );
  });
});

/** What cmd hands on at its prompt: variables first (%NAME% of no caret in it), then quotes and carets. */
function throughCmd(line: string): string {
  const expanded = line.replace(/%([^%^:=]+)%/g, '<variable>');
  let handed = '';
  let quoted = false;
  for (let i = 0; i < expanded.length; i++) {
    const char = expanded[i]!;
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === '^') {
      i += 1;
      handed += expanded[i] ?? '';
      continue;
    } else if (!quoted && /[&|<>]/.test(char)) throw new Error(`cmd would act on ${char} in ${line}`);
    handed += char;
  }
  return handed;
}

/** What PowerShell 5.1 hands on: single-quoted strings and plain words, quoted again where there are blanks. */
function throughPowershell(line: string): string {
  const words: string[] = [];
  let rest = line;
  while (rest !== '') {
    const string = /^'((?:[^'‘’‚‛]|['‘’‚‛]{2})*)'(?: |$)/.exec(rest);
    const word = /^([^ '"`$(){}@,;&|<>#‘’]+)(?: |$)/.exec(rest);
    const found = string ?? word;
    if (!found) throw new Error(`PowerShell would read more into ${rest}`);
    words.push(string ? found[1]!.replace(/(['‘’‚‛])\1/g, '$1') : found[1]!);
    rest = rest.slice(found[0].length);
  }
  return words.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' ');
}

/** The C runtime's reading of a command line: 2n backslashes before a quote are n, an odd one escapes it. */
function argvOf(line: string): string[] {
  const argv: string[] = [];
  let current: string | null = null;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const slashes = /^\\*/.exec(line.slice(i))![0].length;
    if (slashes > 0 && line[i + slashes] === '"') {
      current = (current ?? '') + '\\'.repeat(slashes >> 1);
      i += slashes;
      if (slashes % 2 === 1) current += '"';
      else quoted = !quoted;
    } else if (line[i] === '"') {
      quoted = !quoted;
      current ??= '';
    } else if (line[i] === ' ' && !quoted) {
      if (current !== null) argv.push(current);
      current = null;
    } else current = (current ?? '') + line[i]!;
  }
  if (current !== null) argv.push(current);
  return argv;
}
