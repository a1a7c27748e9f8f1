import { splitArguments } from './cmd.ts';

/** What output is piped through at the prompt: `findstr`, `find` and `more`. */
export type Filter = (line: string, input: string) => { readonly output: string; readonly exitCode: number };

export function filterOf(program: string): Filter | undefined {
  return Object.hasOwn(FILTERS, program) ? FILTERS[program] : undefined;
}

const FILTERS: Readonly<Record<string, Filter>> = {
  more: (_, input) => ({ output: input, exitCode: 0 }),
  find(line, input) {
    const words = splitArguments(line).slice(1);
    const { isAny, isInverse } = switches(words);
    const wanted = words.find((word) => !word.startsWith('/')) ?? '';
    return kept(input, isInverse, (text) => folded(text, isAny).includes(folded(wanted, isAny)));
  },
  findstr(line, input) {
    const words = splitArguments(line).slice(1);
    const { isAny, isInverse } = switches(words);
    const literal = words.flatMap((word) => /^\/c:(.*)$/is.exec(word)?.[1] ?? []);
    // Several words in one argument are alternatives, each a pattern unless /l is given.
    const loose = words.filter((word) => !word.startsWith('/'))[0];
    const patterns = literal.length === 0 && loose ? loose.split(' ').filter((word) => word !== '') : [];
    const isLiteral = words.some((word) => /^\/l$/i.test(word));
    return kept(input, isInverse, (text) => {
      const line = folded(text, isAny);
      return (
        literal.some((one) => line.includes(folded(one, isAny))) ||
        patterns.some((one) =>
          isLiteral ? line.includes(folded(one, isAny)) : matches(line, folded(one, isAny)),
        )
      );
    });
  },
};

function switches(words: readonly string[]): { isAny: boolean; isInverse: boolean } {
  const has = (letter: string) => words.some((word) => new RegExp(`^/\\w*${letter}\\w*$`, 'i').test(word));
  return { isAny: has('i'), isInverse: has('v') };
}

const folded = (text: string, isAny: boolean): string => (isAny ? text.toLowerCase() : text);

/** findstr knows `.`, `*`, `[…]`, `^` and `$`, and `\<`, `\>` at the ends of words. */
function matches(text: string, pattern: string): boolean {
  const source = pattern.replace(/\\([<>])/g, '\\b').replace(/[+?(){}|]/g, '\\$&');
  try {
    return new RegExp(source).test(text);
  } catch {
    return text.includes(pattern);
  }
}

function kept(input: string, isInverse: boolean, fits: (line: string) => boolean) {
  const all = input.split('\r\n').slice(0, -1);
  const some = all.filter((line) => fits(line) !== isInverse);
  return { output: some.map((line) => `${line}\r\n`).join(''), exitCode: some.length > 0 ? 0 : 1 };
}
