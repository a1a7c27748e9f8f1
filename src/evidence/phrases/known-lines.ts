import type { Grams } from './grams.ts';
import type { Phrase } from './phrase.ts';

const MOST = 2000;
const LONGEST = 200;
/** Of a longer line only this much is looked at. */
const CUT = 4000;

/**
 * What was found out about the lines of a text. A listing of ten thousand records has three hundred thousand, most of
 * them the same in every record. Bounded; in a text that repeats nothing it keeps what it has.
 */
export class KnownLines {
  readonly #grams: Grams;
  readonly #candidates = new Map<string, readonly Phrase[]>();
  /** Lines below which line hold no phrase. */
  readonly #silent = new Map<string, Set<string>>();
  #size = 0;
  #again = 0;

  constructor(grams: Grams) {
    this.#grams = grams;
  }

  candidates(text: string): readonly Phrase[] {
    const before = this.#candidates.get(text);
    if (before) {
      this.#again++;
      return before;
    }
    const found = isRow(text) ? NONE : this.#grams.candidates(text.slice(0, CUT));
    if (text.length <= LONGEST && this.#hasRoom()) this.#candidates.set(text, found);
    return found;
  }

  isSilent(text: string, above = ''): boolean {
    return this.#silent.get(above)?.has(text) === true;
  }

  keepSilent(text: string, above = ''): void {
    if (text.length > LONGEST || above.length > LONGEST || !this.#hasRoom()) return;
    const below = this.#silent.get(above) ?? new Set();
    this.#silent.set(above, below.add(text));
  }

  #hasRoom(): boolean {
    if (this.#size >= MOST && this.#again > this.#size) {
      this.#candidates.clear();
      this.#silent.clear();
      this.#size = 0;
      this.#again = 0;
    }
    return this.#size++ < MOST;
  }
}

const NONE: readonly Phrase[] = [];

/** Of a listing, with a hash, a GUID or an endpoint for its value: it says nothing, and differs in every record. */
const isRow = (text: string): boolean => text.startsWith('  ') && ROW.test(text);

const ROW =
  /^\s+(?:[\p{L} .-]{2,40}\s:\s(?:[0-9a-f]{40}|\{[0-9a-f-]{36}\})|[\p{L} ]{2,16}:\p{L}{2,10}\s+:\s\S+:\d{1,5})\s*$/u;
