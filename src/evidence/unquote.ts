/**
 * Marks of quoting (`> `) that mail programs put before each line. They are taken off so that every reader meets the
 * text as it was; lines keep their numbers.
 */

const QUOTED_LINE = /^>/gm;
/** At least so many lines, and one in so many, begin with it. */
const LEAST = 3;
const SHARE = 10;
/** curl -v prints what it sends, openssl -msg what it sent, with such marks of their own. */
const OWN_MARKS = /^> (?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT) \S+ HTTP|^>>> /m;

export function isQuoted(text: string): boolean {
  const quoted = text.match(QUOTED_LINE)?.length ?? 0;
  if (quoted < LEAST || OWN_MARKS.test(text)) return false;
  return quoted * SHARE >= (text.match(/^.*\S/gm)?.length ?? 0);
}

const LF = 10;
const BLANK = 32;
const MARK = 62;

/** Takes the marks off a text in bytes (ASCII, UTF-8, ANSI), from chunks of any size. */
export class Unquoter {
  #state: 'begin' | 'marked' | 'inside' = 'begin';

  take(chunk: Uint8Array): Uint8Array {
    const kept = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      const isMark = byte === MARK && this.#state !== 'inside';
      const isBlank = byte === BLANK && this.#state === 'marked';
      if (isMark) this.#state = 'marked';
      else if (isBlank) this.#state = 'begin';
      else {
        this.#state = byte === LF ? 'begin' : 'inside';
        kept[length++] = byte;
      }
    }
    return kept.slice(0, length);
  }
}
