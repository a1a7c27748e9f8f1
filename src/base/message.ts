/** Something to be said, before it has words: which sentence, and what stands in it. Plain data, fit for JSON. */
export interface Message {
  /** Key in a catalog: 'list-near-limit'. */
  readonly id: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** Sentences of one language by message id, with facts as {name}. */
export type Catalog = Readonly<Record<string, string>>;

/** A message with its English words, as documents keep it: readable as it is, and translatable. */
export interface Told extends Message {
  readonly text: string;
}

/**
 * The message in words. Where the catalog has `<id>.one`, that is said when the fact `count` is 1. An id that the
 * catalog lacks stays visible in braces: a test of the catalogs finds it.
 */
export function say(catalog: Catalog, { id, facts }: Message): string {
  const single = facts.count === 1 ? catalog[`${id}.one`] : undefined;
  const sentence = single ?? (Object.hasOwn(catalog, id) ? catalog[id] : undefined);
  return sentence === undefined ? `{${id}}` : fillSentence(sentence, inWords(catalog, facts));
}

/**
 * Facts that are words: {place: 'keychain'} is said as the catalog's 'place.keychain', where it has that. Words may
 * name facts of the message, too.
 */
function inWords(catalog: Catalog, facts: Message['facts']): Message['facts'] {
  const words = Object.entries(facts).flatMap(([name, value]) =>
    Object.hasOwn(catalog, `${name}.${value}`)
      ? [[name, fillSentence(catalog[`${name}.${value}`]!, facts)]]
      : [],
  );
  return words.length === 0 ? facts : { ...facts, ...Object.fromEntries(words) };
}

/**
 * Fills a sentence from facts. A part in brackets is left out when one of its facts is missing; a missing fact
 * outside brackets stays visible as {name}.
 */
export function fillSentence(sentence: string, facts: Message['facts'] = {}): string {
  return sentence
    .replace(/\[([^[\]]*)\]/g, (_, part: string) =>
      namesIn(part).every((name) => name in facts) ? part : '',
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => (name in facts ? String(facts[name]) : whole));
}

/** The facts that a sentence names outside brackets: whoever says it must carry them. */
export function factsWanted(sentence: string): string[] {
  return namesIn(sentence.replace(/\[[^[\]]*\]/g, ''));
}

/** All facts that a sentence can hold, optional ones too, each once, sorted: equal in every language. */
export function placeholders(sentence: string): string[] {
  return [...new Set(namesIn(sentence))].sort();
}

const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
