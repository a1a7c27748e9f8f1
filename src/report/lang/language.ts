import { type Catalog, type Message, say } from '../../base/message.ts';
import { de as credentialGerman } from '../../credentials/words/de.ts';
import { en as credentialEnglish } from '../../credentials/words/en.ts';
import { fingerprintGerman } from '../../wire/fingerprint/de.ts';
import { fingerprintEnglish } from '../../wire/fingerprint/en.ts';
import { de } from './de.ts';
import { en } from './en.ts';

/** One language of the documents: sentences by id, and how lists and times are written. */
export interface Language {
  readonly id: LanguageId;
  say(id: string, facts?: Message['facts']): string;
  /** Whether there are words for the id. */
  has(id: string): boolean;
  /** 'a', 'a and b', 'a, b and c'; beyond `most` the rest is counted. */
  listing(items: readonly string[], most?: number): string;
}

export type LanguageId = 'en' | 'de';

const CATALOGS: Readonly<Record<LanguageId, Catalog>> = {
  en: { ...fingerprintEnglish, ...credentialEnglish, ...en },
  de: { ...fingerprintGerman, ...credentialGerman, ...de },
};

export const languages: Readonly<Record<LanguageId, Language>> = {
  en: languageOf('en'),
  de: languageOf('de'),
};

export const english = languages.en;

function languageOf(id: LanguageId): Language {
  const catalog = CATALOGS[id];
  const speak = (key: string, facts: Message['facts'] = {}): string => say(catalog, { id: key, facts });
  return {
    id,
    say: speak,
    has: (key) => Object.hasOwn(catalog, key),
    listing(items, most = 4) {
      const left = items.length - most;
      const shown = left > 0 ? [...items.slice(0, most), speak('and-more', { count: left })] : [...items];
      const last = shown.pop();
      if (last === undefined) return '';
      return shown.length === 0 ? last : speak('two-of', { before: shown.join(', '), last });
    },
  };
}
