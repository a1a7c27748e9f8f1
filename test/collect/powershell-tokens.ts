/** A small reader of PowerShell: enough for a script that keeps to single quotes, comments, braces and commands. */
export interface Tokens {
  /** Words in the position of a command, with the rest of their line. */
  readonly commands: readonly { readonly name: string; readonly rest: string }[];
  /** Braces and parentheses that are still open; negative: one too many was closed. */
  readonly depth: number;
  /** A quote that is still open. */
  readonly open: string | null;
}

const CLOSES: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

export function powershellTokens(script: string): Tokens {
  const text = script.replaceAll('\r\n', '\n');
  const commands: { name: string; rest: string }[] = [];
  const opened: string[] = [];
  let depth = 0;
  let begins = true;
  for (let i = 0; i < text.length; ) {
    const char = text[i]!;
    if (char === '#') {
      i = endOf(text, i);
    } else if (char === "'" || char === '"') {
      const end = closing(text, i, char);
      if (end < 0) return { commands, depth, open: char };
      i = end + 1;
      begins = false;
    } else if (CLOSES[char]) {
      opened.push(CLOSES[char]);
      begins = char === '{' || (char === '(' && text[i - 1] !== '@') || text.slice(i - 1, i + 1) === '@(';
      // The members of @{ … } are no commands.
      if (text.slice(i - 1, i + 1) === '@{') begins = false;
      depth++;
      i++;
    } else if (char === '}' || char === ')' || char === ']') {
      if (opened.pop() !== char) return { commands, depth: -1, open: null };
      depth--;
      begins = char === '}';
      i++;
    } else if (char === '|' || char === ';' || char === '\n' || char === '=') {
      begins = char !== '=' ? !insideHash(text, i, opened) : true;
      i++;
    } else if (/[A-Za-z]/.test(char) && !/[\w$:.%/\\-]/.test(text[i - 1] ?? '')) {
      const name = /^[\w-]+/.exec(text.slice(i))![0];
      const next = text.slice(i + name.length);
      if (begins && !/^\s*=/.test(next)) commands.push({ name, rest: next.slice(0, endOf(next, 0)) });
      // After these a command may begin.
      begins = /^(?:else|try|return)$/.test(name);
      i += name.length;
    } else {
      if (!/\s/.test(char)) begins = false;
      i++;
    }
  }
  return { commands, depth, open: null };
}

/** Whether the innermost brace is that of a hash table, on whose lines names stand. */
function insideHash(text: string, at: number, opened: readonly string[]): boolean {
  if (opened.at(-1) !== '}') return false;
  let depth = 0;
  for (let i = at; i >= 0; i--) {
    if (text[i] === '}') depth++;
    else if (text[i] === '{' && depth-- === 0) return text[i - 1] === '@';
  }
  return false;
}

const endOf = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

/** A doubled quote stands for itself. */
function closing(text: string, from: number, quote: string): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] !== quote) continue;
    if (text[i + 1] !== quote) return i;
    i++;
  }
  return -1;
}
