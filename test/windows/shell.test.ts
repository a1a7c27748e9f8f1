import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printCommand } from '../../src/changes/command-line.ts';
import { freshRegistry } from '../../src/windows/registry/registry.ts';
import { readCmd, splitArguments } from '../../src/windows/shell/cmd.ts';
import { completions } from '../../src/windows/shell/complete.ts';
import { readTyped } from '../../src/windows/shell/paste.ts';
import { splitNative } from '../../src/windows/shell/powershell-native.ts';
import { runLine, runScript } from '../../src/windows/shell/run-line.ts';
import { HASH, ip, record, sni, wholeHost } from './support.ts';

const APPID = '{4dc3e181-e14b-4a21-b022-59fc669b0914}';
const host = () => ({
  ...wholeHost({ bindings: [record(ip('0.0.0.0:443')), record(sni('www.example.com:443'))] }),
  registry: freshRegistry(),
});
const run = (text: string, context = {}) => runLine(text, host(), context);

const argument = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text));

describe('what is printed for a shell is read back as it was', () => {
  test('cmd', () => {
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 4 }), (argv) => {
        const [part] = readCmd(printCommand(['netsh', ...argv], 'cmd'));
        expect(splitArguments(part!.line)).toEqual(['netsh', ...argv]);
      }),
      { numRuns: 300 },
    );
  });

  test('PowerShell', () => {
    // Marks inside an argument are escaped for the C runtime of the program, which 5.1 does not do itself.
    const plain = argument.filter((text) => text !== '' && !/["\\]/.test(text));
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 4 }), (argv) => {
        expect(splitNative(printCommand(['netsh', ...argv], 'powershell'))).toEqual(['netsh', ...argv]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('cmd.exe', () => {
  test.each([
    ['a "b c" d', ['a', 'b c', 'd']],
    ['a "x""y"', ['a', 'x"y']],
    ['a "x\\"y" \\\\s\\f', ['a', 'x"y', '\\\\s\\f']],
    ['a "c:\\d\\\\" e', ['a', 'c:\\d\\', 'e']],
    ['a ""', ['a', '']],
  ])('%s', (line, argv) => {
    expect(splitArguments(line)).toEqual(argv);
  });

  test('carets, joints, redirections and variables', () => {
    expect(readCmd('a ^& b & "c & d" && e || f | g')).toEqual([
      { line: 'a & b', joint: '' },
      { line: '"c & d"', joint: '&' },
      { line: 'e', joint: '&&' },
      { line: 'f', joint: '||' },
      { line: 'g', joint: '|' },
    ]);
    expect(readCmd('a >> "x y.txt" 2>&1')).toEqual([
      { line: 'a', joint: '', redirect: { file: 'x y.txt', append: true } },
    ]);
    expect(readCmd('%WinDir%\\x %other%', { windir: 'C:\\W' })).toEqual([
      { line: 'C:\\W\\x %other%', joint: '' },
    ]);
  });
});

describe('PowerShell hands on', () => {
  test.each([
    ["netsh appid='{a-b}'", ['netsh', 'appid={a-b}']],
    ['netsh appid={a-b}', ['netsh', 'appid=a-b']],
    ['a "b c" `"d', ['a', 'b c', '"d']],
    ['a \u2018b c\u2019', ['a', 'b c']],
  ])('%s', (line, argv) => {
    expect(splitNative(line)).toEqual(argv);
  });
});

describe('what was pasted', () => {
  test('loses its prompt, which tells the shell', () => {
    expect(readTyped('C:\\Windows\\system32>certutil -error 5')).toEqual([
      { text: 'certutil -error 5', shell: 'cmd' },
    ]);
    expect(readTyped('PS C:\\Users\\a b> netsh http show sslcert')).toEqual([
      { text: 'netsh http show sslcert', shell: 'powershell' },
    ]);
  });

  test('is joined where lines go on, with blanks behind the mark or the shell’s own question', () => {
    const wanted = [{ text: 'netsh http show sslcert', shell: 'cmd' }];
    expect(readTyped('netsh ^\r\nhttp ^  \r\nshow sslcert\r\n')).toEqual(wanted);
    expect(readTyped('C:\\>netsh ^\nMore? http ^\nMore? show sslcert')).toEqual(wanted);
    expect(readTyped('PS C:\\> netsh `\n>> http show sslcert')).toEqual([
      { text: 'netsh http show sslcert', shell: 'powershell' },
    ]);
  });

  test('is several commands when it has several lines', () => {
    expect(readTyped('ver\n\nhostname\n').map(({ text }) => text)).toEqual(['ver', 'hostname']);
  });

  test.each([
    ['Get-ChildItem Cert:\\', 'powershell'],
    ['(Get-WebBinding).AddSslCertificate("x", "my")', 'powershell'],
    ["netsh http add sslcert appid='{x}'", 'powershell'],
    ['%windir%\\x', 'cmd'],
    ['netsh http show sslcert', null],
  ])('%s is %s', (line, shell) => {
    expect(readTyped(line)).toEqual([{ text: line, shell }]);
  });

  test('never makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        for (const shell of ['cmd', 'powershell'] as const)
          expect(typeof runLine(text, host(), { shell }).output).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a line', () => {
  const update = `netsh http update sslcert ipport=0.0.0.0:443 certhash=${HASH} appid=${APPID} certstorename=My`;

  test('of cmd needs no quotation marks for braces, one of PowerShell does', () => {
    expect(run(`C:\\>${update}`)).toMatchObject({ exitCode: 0 });
    expect(run(`PS C:\\> ${update.replace(APPID, `'${APPID}'`)}`)).toMatchObject({ exitCode: 0 });
    // Error 87, as on a real host (domain 1.4).
    expect(run(`PS C:\\> ${update}`).output).toContain('The parameter is incorrect.');
  });

  test('goes through filters, into files and on to the next', () => {
    expect(run('netsh http show sslcert | findstr /i "port" | find "www"').output).toBe(
      '    Hostname:port                : www.example.com:443\r\n',
    );
    const { output, written } = run('hostname > a.txt & hostname');
    expect([output, written?.map(({ name }) => name)]).toEqual(['lab\r\n', ['a.txt']]);
    expect(run('frob || hostname').output).toMatch(/not recognized[\s\S]*lab\r\n$/);
    expect(run('frob && hostname')).toMatchObject({ exitCode: 9009 });
  });

  test('may name its program by path, and PowerShell from cmd', () => {
    expect(run('C:\\Windows\\System32\\netsh.exe http show sslcert').exitCode).toBe(0);
    expect(run('powershell -NoProfile -Command "(1,2,3).Count"').output).toBe('3\r\n');
  });

  test('that the lab does not know is said, and the others run', () => {
    expect(run('netsh http show urlacl\nhostname').output).toMatch(/^The lab cannot tell [^\n]*\r\nlab\r\n$/);
    expect(run('Get-Service W3SVC; hostname').output).toMatch(/cannot tell[^\n]*\r\nlab\r\n$/);
    expect(run('PS> frob').output).toContain("The term 'frob' is not recognized");
    expect(run('PS> while ($true) { }').output).toContain('cannot tell');
  });

  test('of a script file has its own rules', () => {
    const script = '@echo off\r\nrem hello\r\nhostname\r\n';
    expect(runScript(script, 'cmd', host(), {}).output).toBe('lab\r\n');
    const lines = '# hello\n$name = hostname\n"it is $name"\n';
    expect(runScript(lines, 'powershell', host(), {}).output).toBe('it is lab\r\n');
    expect(runScript('1+2-1', 'powershell', host(), {}).output).toBe('2\r\n');
  });
});

describe('completion', () => {
  const fitting = (line: string) => completions(line, host()).fitting;
  test('knows programs, words, records, stores and parameters', () => {
    expect(fitting('net')).toEqual(['netsh']);
    expect(fitting('netsh http up')).toEqual(['update']);
    expect(fitting('netsh http delete sslcert host')).toEqual([
      'hostnameport=',
      'hostnameport=www.example.com:443',
    ]);
    expect(fitting('certutil -store Cl')).toEqual(['ClientAuthIssuer']);
    expect(fitting('Get-ChildItem -Rec')).toEqual(['-recurse']);
    expect(fitting('hostname | Whe')).toEqual(['Where-Object']);
  });
});
