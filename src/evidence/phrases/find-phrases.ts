import type { Line } from '../../base/text.ts';
import { Grams } from './grams.ts';
import { KnownLines } from './known-lines.ts';
import type { Phrase } from './phrase.ts';
import { type Speaker, speakerOf } from './speaker.ts';
import { PHRASES } from './table.ts';

/** A phrase in a text: the line where it begins, and all of the text around it. */
export interface Said {
  readonly phrase: Phrase;
  readonly line: Line;
  /** The line, with the one above where the phrase was wrapped: blanks folded, marks of quoting taken off. */
  readonly text: string;
  readonly speaker: Speaker | null;
  readonly groups: Readonly<Record<string, string>>;
}

/** Which rows of the table a line is tested on. */
export const GRAMS = new Grams(PHRASES);

/** Longer lines are cut: what matters of a log line stands at its begin. */
const LONGEST = 4000;
/** How much of the line above a wrapped phrase may take, and from which length on a line may be a wrapped one. */
const TAIL = 200;
const WRAPPED = 40;
/** So many lines of a paragraph above are asked for who speaks in it. */
const PARAGRAPH = 40;

/** A line, and the rows that may stand in it: of a wrapped phrase some word stands whole in one of its lines. */
interface Seen {
  readonly line: Line;
  readonly candidates: readonly Phrase[];
}

/** Finds phrases line by line, also those that a mail wrapped. What stands in events is told by events. */
export class PhraseFinder {
  readonly #give: (said: Said) => void;
  #above: Seen | null = null;
  /** Lines of this paragraph: a stack trace names its program above what it says. */
  #paragraph: Line[] = [];
  #inEvent = false;
  readonly #lines = new KnownLines(GRAMS);

  constructor(give: (said: Said) => void) {
    this.#give = give;
  }

  line(line: Line): void {
    if (this.#isOfEvent(line.text)) return;
    const above = this.#above;
    const isBlank = line.text.trim() === '';
    const seen = { line, candidates: this.#lines.candidates(line.text) };
    const mayBe = !isBlank && seen.candidates.length + (above?.candidates.length ?? 0) > 0;
    if (mayBe && !this.#lines.isSilent(line.text, above?.line.text)) this.#look(seen, above);
    this.#above = isBlank ? null : seen;
    if (isBlank) this.#paragraph = [];
    else if (this.#paragraph.push(line) > PARAGRAPH) this.#paragraph.shift();
  }

  #look({ line, candidates }: Seen, above: Seen | null): void {
    const text = folded(line.text);
    const aboveText = above ? folded(above.line.text) : '';
    const tail = aboveText.length >= WRAPPED ? aboveText.slice(-TAIL) : '';
    const both = tail === '' ? text : `${tail} ${text}`;
    const own = speakerOf(text);
    const told = new Set<string>();
    let isSilent = true;
    for (const phrase of tail === '' ? candidates : inOrder(candidates, above!.candidates)) {
      if (told.has(phrase.code)) continue;
      const whole = phrase.says.exec(text);
      const found = whole ?? (tail === '' ? null : acrossLines(phrase.says.exec(both), tail.length));
      if (!found) continue;
      isSilent = false;
      if (phrase.unless?.test(whole ? text : both)) continue;
      if (phrase.notBelow?.test(aboveText)) continue;
      const speaker = own ?? this.#speaking(phrase);
      if (phrase.side && speaker?.side && phrase.side !== speaker.side) continue;
      told.add(phrase.code);
      this.#give({
        phrase,
        line: whole ? line : above!.line,
        text: whole ? text : `${aboveText} ${text}`,
        speaker,
        groups: given(found),
      });
    }
    if (isSilent) this.#lines.keepSilent(line.text, above?.line.text);
  }

  /** Who speaks in this paragraph, unless the phrase is of another. */
  #speaking({ program, side }: Phrase): Speaker | null {
    if (program !== undefined) return null;
    for (let i = this.#paragraph.length - 1; i >= 0; i--) {
      const speaker = speakerOf(folded(this.#paragraph[i]!.text));
      if (speaker) return side && speaker.side && side !== speaker.side ? null : speaker;
    }
    return null;
  }

  #isOfEvent(text: string): boolean {
    const was = this.#inEvent;
    if (!text.includes('<')) return was;
    if (/<Event[ >]/.test(text)) this.#inEvent = true;
    const is = this.#inEvent;
    if (/<\/Event>/.test(text)) this.#inEvent = false;
    return was || is;
  }
}

function inOrder(some: readonly Phrase[], more: readonly Phrase[]): readonly Phrase[] {
  if (more.length === 0) return some;
  return PHRASES.filter((one) => some.includes(one) || more.includes(one));
}

function acrossLines(found: RegExpExecArray | null, tail: number): RegExpExecArray | null {
  return found && found.index < tail && found.index + found[0].length > tail + 1 ? found : null;
}

const folded = (text: string): string =>
  text
    .slice(0, LONGEST)
    .replace(/^[\s|]*(?:>[ \t]?)+/, (marks) => (/^>>> ?$/.test(marks) ? marks : ''))
    .replace(/\s+/g, ' ')
    .trim();

function given({ groups = {} }: RegExpExecArray): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
