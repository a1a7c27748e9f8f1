import { type Argument, type Expression, type Stage, type Statement, Unparsed } from './syntax.ts';

/** Reads one-liners: pipelines, assignments, comparisons, members and method calls. No loops, no functions. */
export function parse(text: string): Statement[] {
  const parser = new Parser(text);
  const statements = parser.statements();
  parser.end();
  return statements;
}

const OPERATOR =
  /^-([ci]?(?:eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains|notcontains|in|notin)|and|or|join|replace)\b/i;
const PRECEDENCE = (operator: string): number => {
  if (operator === 'and' || operator === 'or') return 1;
  return operator === '+' || operator === '-' ? 3 : 2;
};
/** Where a bare word ends. */
const BARE = /^[^\s|;,(){}'"&<>]+/;
const KEYWORD = /^(?:while|for|foreach|if|switch|do|until|trap|catch)$/i;
const SINGLE = /['\u2018-\u201b]/;
const DOUBLE = /["\u201c-\u201e]/;

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  end(): void {
    this.#blanks(true);
    if (this.#at < this.#text.length) throw this.#unparsed();
  }

  statements(): Statement[] {
    const all: Statement[] = [];
    for (;;) {
      while (this.#blanks(true) || this.#take(/^;/));
      if (this.#at >= this.#text.length || /^[)}]/.test(this.#rest())) return all;
      all.push(this.#statement());
      this.#blanks();
      if (this.#at < this.#text.length && !/^[;\n)}]/.test(this.#rest())) throw this.#unparsed();
    }
  }

  #statement(): Statement {
    const assign = this.#take(/^\$([A-Za-z_]\w*)\s*=(?!=)\s*/);
    const stages = [this.#stage()];
    for (this.#blanks(); this.#take(/^\|/); this.#blanks()) {
      this.#blanks(true);
      stages.push(this.#stage());
    }
    for (let to = this.#redirection(); to; to = this.#redirection()) if (to !== 'dropped') stages.push(to);
    const name = assign && /\$(\w+)/.exec(assign)?.[1];
    return name ? { assign: name.toLowerCase(), stages } : { stages };
  }

  /** `> file` is Out-File; what goes to the error stream's own place is dropped. */
  #redirection(): Stage | 'dropped' | null {
    this.#blanks();
    const arrow = this.#take(/^[*12]?>{1,2}(?:&1)?/);
    if (arrow === null) return null;
    if (arrow.endsWith('&1')) return 'dropped';
    const file: Argument = { is: 'positional', value: this.#argument() };
    if (arrow.startsWith('2')) return 'dropped';
    const append: Argument[] = arrow.includes('>>') ? [{ is: 'parameter', name: 'append' }] : [];
    return { is: 'command', name: 'Out-File', args: [file, ...append], text: '' };
  }

  #stage(): Stage {
    this.#blanks();
    const isCall = this.#take(/^&\s*/) !== null;
    if (!isCall && /^(?:[$(@'"\u2018-\u201e![]|-?\d|-not\b)/i.test(this.#rest()))
      return { is: 'expression', value: this.#list() };
    const start = this.#at;
    const quoted = this.#quoted();
    const name = quoted ? textOfLiteral(quoted) : this.#take(BARE);
    if (!name) throw this.#unparsed();
    if (KEYWORD.test(name) && /^\s*\(/.test(this.#rest())) throw new Unparsed(`the keyword ${name}`);
    const args = this.#arguments();
    return { is: 'command', name, args, text: this.#text.slice(start, this.#at).trim() };
  }

  #arguments(): Argument[] {
    const args: Argument[] = [];
    for (;;) {
      this.#blanks();
      if (this.#at >= this.#text.length || /^(?:[|;)}\n]|[*12]?>)/.test(this.#rest())) return args;
      const parameter = this.#take(/^-[A-Za-z?][\w]*/);
      if (parameter) {
        const name = parameter.slice(1).toLowerCase();
        const value = this.#take(/^:\s*/) ? this.#argumentList() : undefined;
        args.push(value ? { is: 'parameter', name, value } : { is: 'parameter', name });
      } else args.push({ is: 'positional', value: this.#argumentList() });
    }
  }

  #argumentList(): Expression {
    const items = [this.#argument()];
    for (this.#blanks(); this.#take(/^,\s*/); this.#blanks()) items.push(this.#argument());
    return items.length === 1 ? items[0]! : { is: 'list', items };
  }

  /** What stands behind a command: a bare word is a string. */
  #argument(): Expression {
    this.#blanks();
    if (/^(?:[$(@{]|['"\u2018-\u201e])/.test(this.#rest())) return this.#postfix();
    // Redirections and what else natives get: a native's line is split from its text anyway.
    const word = this.#take(BARE) ?? this.#take(/^[&<]+[^\s|;]*/);
    if (word === null) throw this.#unparsed();
    if (/^-?(?:\d{1,15}|0x[0-9a-f]{1,8})$/i.test(word)) return { is: 'value', value: Number(word) };
    let text = word.replace(/`(.)/g, '$1');
    // A quoted part in the middle of a word belongs to it: appid='{…}'.
    for (;;) {
      const quoted = this.#quoted();
      const more = quoted
        ? textOfLiteral(quoted)
        : /^\{/.test(this.#rest())
          ? this.#block()
          : this.#take(BARE);
      if (more === null) return { is: 'value', value: text };
      text += more;
    }
  }

  #list(): Expression {
    const items = [this.#binary(0)];
    while (this.#take(/^\s*,/)) items.push(this.#binary(0));
    return items.length === 1 ? items[0]! : { is: 'list', items };
  }

  #binary(least: number): Expression {
    let left = this.#unary();
    for (;;) {
      this.#blanks();
      const found = OPERATOR.exec(this.#rest())?.[1] ?? /^(?:\+|-(?=[\s\d$(]))/.exec(this.#rest())?.[0];
      const operator = found?.toLowerCase();
      if (!operator || PRECEDENCE(operator) <= least) return left;
      this.#at += found!.length + (/[+-]/.test(operator) ? 0 : 1);
      left = { is: 'binary', operator, left, right: this.#binary(PRECEDENCE(operator)) };
    }
  }

  #unary(): Expression {
    this.#blanks();
    if (this.#take(/^(?:!|-not\b)/i)) return { is: 'not', of: this.#unary() };
    // [int]1, [bool]$x: the cast changes nothing that matters here.
    this.#take(/^\[(?:int|string|bool|datetime|array)\]/i);
    return this.#postfix();
  }

  #postfix(): Expression {
    let value = this.#primary();
    for (;;) {
      const name = this.#take(/^(?:\.|::)([A-Za-z_]\w*)/)?.replace(/^[.:]+/, '');
      if (name !== undefined) {
        const args = this.#take(/^\(/) ? this.#callArguments() : undefined;
        value = { is: 'member', of: value, name, ...(args ? { args } : {}) };
      } else if (this.#take(/^\[/)) {
        const at = this.#binary(0);
        this.#must(/^\s*\]/);
        value = { is: 'index', of: value, at };
      } else return value;
    }
  }

  #callArguments(): Expression[] {
    const args: Expression[] = [];
    this.#blanks(true);
    if (this.#take(/^\)/)) return args;
    do args.push(this.#binary(0));
    while (this.#take(/^\s*,/));
    this.#must(/^\s*\)/);
    return args;
  }

  #primary(): Expression {
    const quoted = this.#quoted();
    if (quoted) return quoted;
    const number = this.#take(/^-?(?:0x[0-9a-f]{1,8}|\d{1,15}(?:\.\d{1,15})?)\b/i);
    if (number !== null) return { is: 'value', value: Number(number) };
    const variable = this.#take(/^\$(?:\w+:)?(?:_|[A-Za-z]\w*)/)?.slice(1);
    if (variable !== undefined) return { is: 'variable', name: variable.toLowerCase() };
    if (this.#take(/^(?:@|\$)?\(/)) {
      const statements = this.statements();
      this.#must(/^\s*\)/);
      return { is: 'pipelines', statements };
    }
    if (/^\{/.test(this.#rest())) return { is: 'block', text: this.#block() };
    throw this.#unparsed();
  }

  #quoted(): Expression | null {
    const first = this.#text[this.#at] ?? '';
    if (SINGLE.test(first)) return { is: 'value', value: this.#until(SINGLE, false) };
    return DOUBLE.test(first) ? expanding(this.#until(DOUBLE, true)) : null;
  }

  /** Up to the closing mark; a doubled one stands for itself. */
  #until(mark: RegExp, ticks: boolean): string {
    let text = '';
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]!;
      if (ticks && char === '`') text += `\`${this.#text[++this.#at] ?? ''}`;
      else if (!mark.test(char)) text += char;
      else if (mark.test(this.#text[this.#at + 1] ?? '')) text += this.#text[++this.#at];
      else {
        this.#at++;
        return text;
      }
    }
    throw new Unparsed(`a quotation mark is missing: ${text.slice(0, 60)}`);
  }

  /** Text between braces, those inside it paired. */
  #block(): string {
    const start = ++this.#at;
    for (let depth = 1; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]!;
      if (char === '{') depth++;
      if (char === '}' && --depth === 0) return this.#text.slice(start, this.#at++);
    }
    throw new Unparsed(`a closing brace is missing: ${this.#text.slice(start, start + 60)}`);
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #take(pattern: RegExp): string | null {
    const found = pattern.exec(this.#rest())?.[0];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }

  #must(pattern: RegExp): void {
    if (this.#take(pattern) === null) throw this.#unparsed();
  }

  #blanks(lines = false): boolean {
    return (this.#take(lines ? /^(?:\s|#[^\n]*)+/ : /^(?:[ \t\r]|`\r?\n)+/) ?? '') !== '';
  }

  #unparsed(): Unparsed {
    const rest = this.#rest().slice(0, 40);
    return new Unparsed(rest === '' ? 'the line ends too early' : `not understood from here: ${rest}`);
  }
}

/** Variables in a double-quoted string; a backtick takes the meaning of what follows. */
function expanding(text: string): Expression {
  const parts: Expression[] = [];
  let plain = '';
  for (let at = 0; at < text.length; at++) {
    const found = /^\$([A-Za-z_]\w*)/.exec(text.slice(at));
    if (text[at] === '`') plain += ESCAPES[text[++at] ?? ''] ?? text[at] ?? '';
    else if (found) {
      parts.push({ is: 'value', value: plain }, { is: 'variable', name: found[1]!.toLowerCase() });
      plain = '';
      at += found[0].length - 1;
    } else plain += text[at];
  }
  if (parts.length === 0) return { is: 'value', value: plain };
  return { is: 'expand', parts: [...parts, { is: 'value', value: plain }] };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0' };

/** Of a quoted word in a native's or a command's name. */
function textOfLiteral(value: Expression): string {
  if (value.is === 'value') return String(value.value ?? '');
  return value.is === 'expand' ? value.parts.map(textOfLiteral).join('') : '';
}
