/** What the words at the places of switches mean in this listing, folded. */
export type FlagWords = ReadonlyMap<string, boolean>;

export const NO_WORDS: FlagWords = new Map();

/** Words that were seen on hosts of other languages (domain 2.4). What nobody saw is not put here. */
const SEEN: FlagWords = new Map([['aktiviert', true]]);

/**
 * The words of a language that nobody collected, by contrast: a listing prints two words for Enabled and Disabled and
 * two for Set and Not Set. Once one of a pair is told, the other is its opposite. One is told where it was seen
 * before, where it stands in a line that is printed only when it is on (`on`), or where the other puts a word before
 * it ('Set', 'Not Set'). Anything else stays unread (domain 2.5 rule 5): a third word, or one word in both pairs,
 * means that a line is missing and what follows it stands at the wrong place.
 */
export function wordsByContrast(
  enabled: readonly string[],
  set: readonly string[],
  on: readonly string[],
): { readonly enabled: FlagWords; readonly set: FlagWords } {
  const pair = distinct(enabled);
  const other = distinct(set);
  const isShifted = pair.length > 2 || other.length > 2 || other.some((word) => pair.includes(word));
  if (isShifted) return { enabled: NO_WORDS, set: NO_WORDS };
  return { enabled: meanings(pair, distinct(on)), set: meanings(other, []) };
}

export const foldWord = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** A mark or a number is a note of somebody's; letters of OEM code pages decode to odd characters and count. */
function distinct(texts: readonly string[]): string[] {
  const words = texts.map(foldWord).filter((word) => word !== '' && !/[\d<>()★☆※←→#…]|\/\//u.test(word));
  return [...new Set(words)];
}

function meanings(pair: readonly string[], on: readonly string[]): FlagWords {
  const yes = pair.filter((word) => SEEN.get(word) === true || on.includes(word) || isNegated(word, pair));
  if (yes.length !== 1) return NO_WORDS;
  return new Map(pair.map((word) => [word, word === yes[0]]));
}

/**
 * A note stands behind a value, so that only what stands before it can be the language's "not": a word ('Not Set'), or
 * a syllable ('désactivé' beside 'activé', 'disabilitato' beside 'abilitato', 'desabilitado' beside 'habilitado').
 */
const isNegated = (word: string, pair: readonly string[]): boolean =>
  pair.some((other) => {
    const stem = word.startsWith('h') && !other.endsWith(word) ? word.slice(1) : word;
    const before = other.slice(0, -stem.length);
    return (
      other.endsWith(` ${word}`) ||
      (other.endsWith(stem) && /^(?:d[eé]s?|dis|in|un|non|ne|nie)$/.test(before))
    );
  });
