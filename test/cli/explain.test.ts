import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explain, questionsIn } from '../../src/app/explain.ts';
import { run } from '../../src/cli/explain.ts';
import { UsageError } from '../../src/cli/usage.ts';
import * as tables from '../../src/codes/names.generated.ts';
import { openNames } from '../../src/codes/names.ts';
import { pages } from '../../src/diagnoses/pages.ts';
import { renderPage } from '../../src/report/render/page.ts';
import { plainStyle } from '../../src/report/render/style.ts';
import { expectGolden } from '../report/golden.ts';

async function call(...argv: string[]): Promise<{ code: number; out: string; refused: UsageError | null }> {
  const written: string[] = [];
  const output = {
    out: (text: string) => void written.push(text),
    pieces: async (text: Iterable<string>) => void written.push(...text),
    err: () => {},
    style: plainStyle,
  };
  try {
    const code = await run(argv, output);
    return { code, out: written.join(''), refused: null };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { code: error.exitCode, out: written.join(''), refused: error };
  }
}

describe('handclasp explain', () => {
  for (const argv of [
    ['5'],
    ['403.7'],
    ['403', '7', '5'],
    ['2148204809'],
    ['1722'],
    ['alert', '116'],
    ['403'],
  ])
    test(argv.join(' '), async () => {
      const { code, out } = await call(...argv);
      expect(code).toBe(0);
      expectGolden(`explain-${argv.join('-')}.txt`, out);
    });

  test('a negative number is an argument, not an option', async () => {
    const { code, out } = await call('-2146762487');
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe(
      'CERT_E_UNTRUSTEDROOT   0x800b0109 = 2148204809 = -2146762487   HRESULT, facility 11 CERT',
    );
  });
  test('several at once', async () => {
    const { out } = await call('5', '403.16', 'alert', '48', '-2146885613');
    for (const one of ['ERROR_ACCESS_DENIED', '403.16', 'unknown_ca', 'CRYPT_E_REVOCATION_OFFLINE'])
      expect(out).toContain(one);
  });
  test('a pasted log line, in one argument or in many', async () => {
    const line = '2026-11-24 09:03:11 10.0.0.1 GET /secure - 443 - 10.0.0.9 Mozilla/5.0 - 403 7 5 12';
    const whole = await call(line);
    expect(whole.code).toBe(0);
    expect((await call(...line.split(' '))).out).toBe(whole.out);
  });
  test('a number without a name: its forms, and exit code 2', async () => {
    const { code, out } = await call('0x80091234');
    expect(code).toBe(2);
    expect(out).toContain('0x80091234 = 2148078132 = -2146889164');
    expect(out).toContain('No name is known');
  });
  test('--json', async () => {
    const { out } = await call('--json', '5', '403.7');
    const json = JSON.parse(out);
    expect(json.schema).toBe('handclasp/explain/1');
    expect(json.answers.map((one: { asked: string }) => one.asked)).toEqual(['5', '403.7']);
    expect(json.answers[0].explanations[0].numbers).toEqual({ hex: '0x00000005', unsigned: 5, signed: 5 });
  });
  test('--help', async () => {
    const { code, out } = await call('--help');
    expect(code).toBe(0);
    expect(out).toContain('handclasp explain 403 7 5');
  });
});

describe('wrong use is one line, a hint, and exit code 64', () => {
  test('nothing given', async () => {
    const { code, refused } = await call();
    expect(code).toBe(64);
    expect(refused!.hint).toContain('CERT_E_UNTRUSTEDROOT');
  });
  test('neither a code nor a diagnosis', async () => {
    const { code, refused } = await call('hello');
    expect(code).toBe(64);
    expect(refused!.message).toBe('hello: neither a code nor a diagnosis that is known here');
  });
  test('nearly a name', async () => {
    expect((await call('untrusted_root')).refused!.hint).toBe('did you mean SEC_E_UNTRUSTED_ROOT?');
  });
  test('no such option', async () => {
    expect((await call('--jsn', '5')).refused!.message).toBe('--jsn: no such option');
  });
  test('what is known is printed all the same', async () => {
    const { code, out } = await call('5', 'hello');
    expect(code).toBe(64);
    expect(out).toContain('ERROR_ACCESS_DENIED');
  });
  test('names of the language itself are no pages', async () => {
    for (const name of ['__proto__', 'constructor', 'to-string']) expect((await call(name)).code).toBe(64);
  });
});

test('causes: every page has its line, and as JSON its entry', async () => {
  const { code, out } = await call('causes');
  expect(code).toBe(0);
  const ids = Object.keys(pages);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(ids);
  const json = JSON.parse((await call('causes', '--json')).out);
  expect(json.schema).toBe('handclasp/causes/1');
  expect(json.causes.map(({ id }: { id: string }) => id)).toEqual(ids);
});

describe('the page of a diagnosis', () => {
  for (const id of Object.keys(pages))
    test(id, async () => {
      const { code, out } = await call(id);
      expect(code).toBe(0);
      expect(out).toBe(renderPage(pages[id]!));
    });
  test('is found among whatever pages there are', async () => {
    const shelves = {
      names: async () => openNames(tables),
      pages: async () => ({ 'some-cause': '# Some cause' }),
    };
    expect(await explain(['some-cause'], shelves)).toMatchObject([{ is: 'page', id: 'some-cause' }]);
    expect(await explain(['some-other'], shelves)).toMatchObject([{ is: 'unknown' }]);
    expect(await explain(['cause'], shelves)).toMatchObject([{ is: 'unknown', perhaps: ['some-cause'] }]);
  });
  test('headings, code and links read well on a terminal', () => {
    expect(renderPage('# A\n\nSee `x*y`, **y**, *e* and [z](https://e.x/).\n\n```\nnetsh\n```\n')).toBe(
      'A\n\nSee x*y, y, e and z (https://e.x/).\n\n    netsh\n',
    );
  });
  test('and cannot act on it', () => {
    expect(renderPage('a\u001b[2J\u202eb')).toBe('a\\x1b[2J\\u202eb\n');
  });
});

describe('what starts fast', () => {
  test('the large table and the pages are not asked for what the hand-written table knows', async () => {
    const shelves = {
      names: () => Promise.reject(new Error('not needed')),
      pages: () => Promise.reject(new Error('not needed')),
    };
    for (const asked of ['5', '403.7', '403 7 5', '0x800b0109', 'CERT_E_EXPIRED', 'alert 48', 'event 36885'])
      expect((await explain([asked], shelves))[0]!.is).toBe('codes');
  });
  test('the command imports no option parser', () => {
    for (const file of ['cli/explain.ts', 'app/explain.ts'])
      expect(readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8')).not.toMatch(
        /from '(commander|[^.])/,
      );
  });
});

describe('arguments that belong together', () => {
  test.each([
    [
      ['alert', '48', '5'],
      ['alert 48', '5'],
    ],
    [
      ['5', 'event', '36885'],
      ['5', 'event 36885'],
    ],
    [['403', '7', '5'], ['403 7 5']],
    [['alert'], ['alert']],
    [
      ['183', '87', '1312'],
      ['183', '87', '1312'],
    ],
  ])('%j', (args, expected) => expect(questionsIn(args)).toEqual(expected));
});
