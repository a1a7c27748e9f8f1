import type { Line } from '../../base/text.ts';

/** `name arg arg;` or `name arg { … }`. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly line: number;
  /** Absent where no block follows. */
  readonly children?: Directive[];
}

interface Word {
  readonly text: string;
  readonly line: number;
  /** First of its line. */
  readonly leads: boolean;
}

const TOKEN =
  /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|[{};]|#.*|(?:[^\s{};"'#\\]|\\.|\$\{[^}]*\}|(?<=[^\s{};"'])[#"'])+|\\$/g;
/** A pasted text has other words around; no directive has so many. */
const MOST_WORDS = 200;
const DEEPEST = 50;

/**
 * Blocks in braces with semicolons, as nginx has them, wherever they stand in a text: a word that `known` takes begins
 * a directive where a line begins with it, whatever stood before. A block whose end is cut off ends with the text.
 */
export function directivesIn(lines: readonly Line[], known: RegExp): Directive[] {
  const roots: Directive[] = [];
  const open: Directive[][] = [roots];
  let words: Word[] = [];
  const take = (children?: Directive[]): void => {
    const at = children ? beginOfBlock(words) : 0;
    const [name, ...args] = words.slice(at);
    words = [];
    if (name)
      open.at(-1)!.push({
        name: name.text,
        args: args.map(({ text }) => text),
        line: name.line,
        ...(children ? { children } : {}),
      });
  };
  for (const { text, number } of lines) {
    let leads = true;
    for (const [token, double, single] of text.matchAll(TOKEN)) {
      if (token.startsWith('#')) break;
      if (token === ';') take();
      else if (token === '{') {
        const children: Directive[] = [];
        take(children);
        if (open.length < DEEPEST) open.push(children);
      } else if (token === '}') {
        words = [];
        if (open.length > 1) open.pop();
      } else {
        if (leads && known.test(token)) words = [];
        if (words.length < MOST_WORDS) words.push({ text: double ?? single ?? token, line: number, leads });
      }
      leads = false;
    }
  }
  return roots;
}

/** The name of a block stands at the begin of its line, or of the line above its brace. */
function beginOfBlock(words: readonly Word[]): number {
  return Math.max(
    0,
    words.findLastIndex(({ leads }) => leads),
  );
}
