import type { Message, Told } from '../../base/message.ts';
import { sayHeard } from './heard.ts';
import { english, type Language } from './language.ts';

/** A message as documents keep it: with its words, English unless told otherwise. */
export function tell({ id, facts }: Message, language: Language = english): Told {
  return { id, facts, text: language.say(id, facts) };
}

/** A kept message in a language; where that lacks it (a document of a newer version), the words that it came with. */
export function retell({ id, facts, text }: Told, language: Language): string {
  if (!language.has(id)) return text;
  const { why } = facts;
  return language.say(id, typeof why === 'string' ? { ...facts, why: sayHeard(why, language) } : facts);
}
