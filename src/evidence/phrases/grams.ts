import type { Phrase } from './phrase.ts';

/**
 * Which phrases may stand in a line, by four characters that each of their alternatives must have: a walk over the
 * line instead of a hundred expressions. What it names too many, the expression itself sorts out.
 */
export class Grams {
  /** Bits of the hashes of all grams, and the phrases of each. */
  readonly #bits = new Uint8Array(1 << 13);
  readonly #phrases = new Map<number, number[]>();
  /** Phrases with an alternative too short for a gram. */
  readonly #always: number[] = [];
  readonly #all: readonly Phrase[];

  constructor(phrases: readonly Phrase[]) {
    this.#all = phrases;
    const runs = phrases.map(({ says }) => alternatives(says.source).map(literalRuns));
    const common = countGrams(runs.flat(2));
    for (const [i, each] of runs.entries()) {
      const grams = each.map((one) => rarest(one, common));
      if (grams.some((gram) => gram === null)) this.#always.push(i);
      else for (const gram of grams) this.#add(codeOf(gram!), i);
    }
  }

  /** In the order of the table. */
  candidates(text: string): readonly Phrase[] {
    let found: Set<number> | null = this.#always.length > 0 ? new Set(this.#always) : null;
    this.#walk(text, (code) => {
      const some = this.#phrases.get(code);
      if (some) {
        found ??= new Set();
        for (const i of some) found.add(i);
      }
      return false;
    });
    return found === null
      ? NONE
      : [...(found as Set<number>)].sort((a, b) => a - b).map((i) => this.#all[i]!);
  }

  test(text: string): boolean {
    return this.#always.length > 0 || this.#walk(text, (code) => this.#phrases.has(code));
  }

  #add(code: number, phrase: number): void {
    const hash = hashOf(code);
    this.#bits[hash >> 3] = this.#bits[hash >> 3]! | (1 << (hash & 7));
    this.#phrases.set(code, [...(this.#phrases.get(code) ?? []), phrase]);
  }

  /** Every run of four characters that may be a gram; true ends the walk. */
  #walk(text: string, take: (code: number) => boolean): boolean {
    let code = 0;
    for (let i = 0; i < text.length; i++) {
      code = (code << 8) | lowered(text.charCodeAt(i));
      const hash = hashOf(code);
      if ((this.#bits[hash >> 3]! >> (hash & 7)) & 1 && i >= 3 && take(code)) return true;
    }
    return false;
  }
}

const NONE: readonly Phrase[] = [];

const hashOf = (code: number): number => Math.imul(code, 0x9e3779b1) >>> 16;

/** ASCII capitals as small letters; of others the low byte, in phrases and lines alike. */
const lowered = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code & 0xff);

function codeOf(gram: string): number {
  let code = 0;
  for (let i = 0; i < 4; i++) code = (code << 8) | lowered(gram.charCodeAt(i));
  return code;
}

/** Of an expression, what `|` separates outside of groups. */
function alternatives(source: string): string[] {
  const found: string[] = [''];
  let depth = 0;
  for (const token of source.match(TOKEN) ?? []) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (token === '|' && depth === 0) found.push('');
    else found[found.length - 1] += token;
  }
  return found;
}

/** An escape, a class, a quantifier, or one character. */
const TOKEN = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|[\s\S]/g;

/** Characters that must stand one after another. What may be left out or may be otherwise ends a run. */
function literalRuns(alternative: string): string[] {
  const runs: string[] = [''];
  const tokens = withoutChoices(alternative).match(TOKEN) ?? [];
  for (const token of tokens) {
    const last = runs.length - 1;
    if (/^\\[^a-z0-9]/i.test(token)) runs[last] += token[1]!;
    else if (/^[^\\[\](){}.*+?^$|]$/.test(token)) runs[last] += token;
    else {
      if (/^[*?]$|^\{/.test(token)) runs[last] = runs[last]!.slice(0, -1);
      runs.push('');
    }
  }
  return runs.filter((run) => run.length >= 4);
}

/** A group of one alternative that must be there stands for its inside; of others a dot is left. */
function withoutChoices(source: string): string {
  let text = source;
  for (;;) {
    // Innermost first: no other group inside.
    const found =
      /\((\?(?:[:=!]|<[=!]|<\w+>))?((?:\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[^()\\[])*)\)(\?|\*|\{\d+(?:,\d*)?\}|\+)?/.exec(
        text,
      );
    if (!found) return text;
    const [all, kind = '', inside = '', quantifier = ''] = found;
    const isChoice = /[=!]$/.test(kind) || quantifier !== '' || alternatives(inside).length > 1;
    text = text.slice(0, found.index) + (isChoice ? '.' : inside) + text.slice(found.index + all.length);
  }
}

const gramsOf = (run: string): string[] =>
  Array.from({ length: run.length - 3 }, (_, i) => run.slice(i, i + 4).toLowerCase());

function countGrams(runs: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const gram of runs.flatMap(gramsOf)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return counts;
}

function rarest(runs: readonly string[], common: ReadonlyMap<string, number>): string | null {
  const all = runs.flatMap(gramsOf);
  // A mail wraps at blanks, and texts have many for one.
  const whole = all.filter((gram) => !gram.includes(' '));
  return (whole.length > 0 ? whole : all).reduce<string | null>(
    (best, gram) => (best === null || common.get(gram)! < common.get(best)! ? gram : best),
    null,
  );
}
