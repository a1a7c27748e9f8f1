import { fillSentence } from '../../base/message.ts';
import { heardGerman } from './heard.de.ts';
import type { Language, LanguageId } from './language.ts';

/**
 * What the probe says of a peer (why it cannot be reached, what it sent that does not fit, what it owed) is an English
 * sentence when it comes here, in the document too. Other languages have these sentences by their English form.
 */

const CATALOGS: Readonly<Partial<Record<LanguageId, Readonly<Record<string, string>>>>> = { de: heardGerman };

interface Pattern {
  readonly matches: RegExp;
  readonly names: readonly string[];
  readonly sentence: string;
}

/** Longer texts are what a peer said: no sentence of ours. */
const LONGEST = 600;
const DEPTH = 4;

/** The text in the language; what no catalog knows (a peer's own words, a resolver's) stays as it is. */
export function sayHeard(text: string, { id }: Language, depth = DEPTH): string {
  const catalog = CATALOGS[id];
  if (!catalog || depth === 0 || text.length > LONGEST) return text;
  if (Object.hasOwn(catalog, text)) return catalog[text]!;
  for (const { matches, names, sentence } of patternsOf(id, catalog)) {
    const found = matches.exec(text);
    if (!found) continue;
    const facts = names.map((name, i) => {
      const said = found[i + 1]!;
      return [name, INNER.has(name) ? sayHeard(said, { id } as Language, depth - 1) : said];
    });
    return fillSentence(sentence, Object.fromEntries(facts));
  }
  return text;
}

/** Facts that are sentences or words of ours themselves. */
const INNER = new Set(['what', 'why', 'belongs']);
/** Facts that are numbers: what stands there otherwise is not the sentence. */
const NUMBERS = new Set(['at', 'count', 'limit', 'left', 'port', 'type', 'code', 'seconds', 'version']);

const patterns = new Map<LanguageId, readonly Pattern[]>();

/** Made once it is wanted. Of several that fit, the catalog's first. */
function patternsOf(id: LanguageId, catalog: Readonly<Record<string, string>>): readonly Pattern[] {
  const made = patterns.get(id) ?? Object.entries(catalog).flatMap(patternOf);
  patterns.set(id, made);
  return made;
}

function patternOf([english, sentence]: [string, string]): Pattern[] {
  const parts = english.split(/\{(\w+)\}/);
  if (parts.length === 1) return [];
  const names = parts.filter((_, i) => i % 2 === 1);
  const source = parts.map((part, i) =>
    i % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : NUMBERS.has(part) ? '([\\da-fx]+)' : '(.+?)',
  );
  return [{ matches: new RegExp(`^${source.join('')}$`, 's'), names, sentence }];
}
