import type { Line } from '../../base/text.ts';
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

/** Cheap, and true of every line that has a phrase: most lines of a log have none. */
export const STEMS =
  /cert|ssl|tls|negoti|handshake|alert|0x[08]|-214|214|conn|reset|closed|remotehost|AH\d{5}|\b403|\b413|\b421|\b49[56]|\b500|ERR_|SNI|issuer|SEC_[EI]_|CRYPT_E|_E_|NTE_|algorithm|revo|sperr|key|schlüssel|purpose|verif|scheme|OCSP|CRL|hang up|authenticat|too large|SUPPORTED|HTTP_1_1|record|12044|12157|10054|hello|gültig|anmeldeinf|left with|intermediate|PKIX|decrypt|MSIS|alias|leaf/i;

/** Longer lines are cut: what matters of a log line stands at its begin. */
const LONGEST = 4000;
/** How much of the line above a wrapped phrase may take, and from which length on a line may be a wrapped one. */
const TAIL = 200;
const WRAPPED = 40;
const MOST_SILENT = 2000;

/** Finds phrases line by line, also those that a mail wrapped. What stands in events is told by events. */
export class PhraseFinder {
  readonly #give: (said: Said) => void;
  #above: { readonly line: Line; readonly text: string } | null = null;
  /** Of this paragraph: a stack trace names its program above what it says. */
  #speaker: Speaker | null = null;
  #inEvent = false;
  /** Lines, with what of the one above was looked at, that hold no phrase and name nobody: listings repeat them. */
  readonly #silent = new Set<string>();

  constructor(give: (said: Said) => void) {
    this.#give = give;
  }

  line(line: Line): void {
    if (this.#isOfEvent(line.text)) return;
    const text = folded(line.text);
    const above = this.#above;
    const tail = above && above.text.length >= WRAPPED ? above.text.slice(-TAIL) : '';
    this.#above = text === '' ? null : { line, text };
    if (text === '') this.#speaker = null;
    const both = tail === '' ? text : `${tail} ${text}`;
    const seen = `${tail}\n${text}`;
    if (text === '' || this.#silent.has(seen) || !STEMS.test(both)) return;
    const own = speakerOf(text);
    if (own) this.#speaker = own;
    const told = new Set<string>();
    let isSilent = own === null;
    for (const phrase of PHRASES) {
      if (told.has(phrase.code)) continue;
      const whole = phrase.says.exec(text);
      const found = whole ?? (tail === '' ? null : acrossLines(phrase.says.exec(both), tail.length));
      if (!found) continue;
      isSilent = false;
      if (phrase.unless?.test(whole ? text : both)) continue;
      if (above && phrase.notBelow?.test(above.text)) continue;
      const speaker = own ?? this.#speaking(phrase);
      if (phrase.side && speaker?.side && phrase.side !== speaker.side) continue;
      told.add(phrase.code);
      this.#give({
        phrase,
        line: whole ? line : above!.line,
        text: whole ? text : `${above!.text} ${text}`,
        speaker,
        groups: given(found),
      });
    }
    if (isSilent && seen.length < TAIL && this.#silent.size < MOST_SILENT) this.#silent.add(seen);
  }

  /** Who speaks in this paragraph, unless the phrase is of another. */
  #speaking({ program, side }: Phrase): Speaker | null {
    const speaker = this.#speaker;
    const isOther = program !== undefined || (side && speaker?.side && side !== speaker.side);
    return isOther ? null : speaker;
  }

  #isOfEvent(text: string): boolean {
    const was = this.#inEvent;
    if (/<Event[ >]/.test(text)) this.#inEvent = true;
    const is = this.#inEvent;
    if (/<\/Event>/.test(text)) this.#inEvent = false;
    return was || is;
  }
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
