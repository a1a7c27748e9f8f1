/**
 * How cmd.exe reads a line (the pasted one, with its continuations joined), and how the C runtime splits what cmd
 * hands to a program (CommandLineToArgvW).
 */

/** A program to run, and what its output goes through. */
export interface CmdPart {
  /** The command line as the program gets it. */
  readonly line: string;
  /** What stands between it and the part before: `&`, `&&`, `||` or `|`; '' at the beginning. */
  readonly joint: '' | '&' | '&&' | '||' | '|';
  /** Where its output goes: a file, and whether it is appended. */
  readonly redirect?: { readonly file: string; readonly append: boolean };
}

/**
 * Carets taken away, joints and redirections found. Inside quotation marks nothing but the mark itself means
 * something; variables are expanded there too, as %NAME%.
 */
export function readCmd(text: string, variables: Readonly<Record<string, string>> = {}): CmdPart[] {
  const scan = new Scan(expanded(text, variables));
  const parts: CmdPart[] = [];
  let joint: CmdPart['joint'] = '';
  for (;;) {
    const { line, redirect, end } = scan.part();
    if (line.trim() !== '') parts.push({ line: line.trim(), joint, ...(redirect ? { redirect } : {}) });
    if (end === '') return parts;
    joint = end;
  }
}

/** A name that is not set stays as it stands, as at the prompt. */
function expanded(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/%([^%\s=]+)%/g, (whole, name: string) => {
    const known = Object.keys(variables).find((one) => one.toLowerCase() === name.toLowerCase());
    return known === undefined ? whole : variables[known]!;
  });
}

class Scan {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Up to the next joint. */
  part(): { line: string; redirect: CmdPart['redirect'] | undefined; end: CmdPart['joint'] } {
    let line = '';
    let redirect: CmdPart['redirect'] | undefined;
    let isQuoted = false;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at]!;
      if (char === '"') isQuoted = !isQuoted;
      if (!isQuoted && char === '^') {
        line += this.#text[this.#at + 1] ?? '';
        this.#at += 2;
        continue;
      }
      if (!isQuoted && (char === '&' || char === '|')) return { line, redirect, end: this.#joint(char) };
      if (!isQuoted && char === '>') {
        // A digit right before it is the number of the stream: 2>&1, 2>nul.
        const stream = /(?:^|\s)([12])$/.exec(line)?.[1];
        if (stream) line = line.slice(0, -1);
        const to = this.#target();
        if (stream !== '2' && to && to.file.toLowerCase() !== 'nul') redirect = to;
        continue;
      }
      line += char;
      this.#at++;
    }
    return { line, redirect, end: '' };
  }

  #joint(char: string): '&' | '&&' | '||' | '|' {
    const isDouble = this.#text[this.#at + 1] === char;
    this.#at += isDouble ? 2 : 1;
    return (isDouble ? char + char : char) as '&' | '&&' | '||' | '|';
  }

  #target(): { file: string; append: boolean } | undefined {
    const [whole = '>', arrows = '>', quoted, bare] =
      /^(>>?)\s*(?:"([^"]*)"|(&\d|[^\s&|<>]+))?/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += whole.length;
    const file = quoted ?? bare;
    if (file === undefined || file.startsWith('&')) return undefined;
    return { file, append: arrows === '>>' };
  }
}

/**
 * Arguments of a command line, the program's name first. Backslashes count only before a quotation mark; two marks
 * inside a quoted part are one.
 */
export function splitArguments(line: string): string[] {
  const all: string[] = [];
  let at = 0;
  const length = line.length;
  while (at < length) {
    while (at < length && /\s/.test(line[at]!)) at++;
    if (at >= length) break;
    let argument = '';
    let isQuoted = false;
    for (; at < length && (isQuoted || !/\s/.test(line[at]!)); at++) {
      const slashes = /^\\+/.exec(line.slice(at))?.[0].length ?? 0;
      if (slashes > 0 && line[at + slashes] === '"') {
        argument += '\\'.repeat(slashes >> 1);
        at += slashes;
        if (slashes % 2 === 1) argument += '"';
        else isQuoted = !isQuoted;
      } else if (slashes > 0) {
        argument += '\\'.repeat(slashes);
        at += slashes - 1;
      } else if (line[at] === '"' && isQuoted && line[at + 1] === '"') {
        argument += '"';
        at++;
      } else if (line[at] === '"') isQuoted = !isQuoted;
      else argument += line[at];
    }
    all.push(argument);
  }
  return all;
}
