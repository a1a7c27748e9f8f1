import type { Found } from './diagnosis.ts';

/**
 * Fills a diagnosis's sentence from the facts of a finding. A part in brackets is left out when one of its
 * facts is missing; a missing fact outside brackets stays visible as {name}: a test of the catalogue finds it.
 */
export function fillSentence(sentence: string, facts: Found['facts'] = {}): string {
  return sentence
    .replace(/\[([^[\]]*)\]/g, (_, part: string) =>
      namesIn(part).every((name) => name in facts) ? part : '',
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => (name in facts ? String(facts[name]) : whole));
}

/** The facts that a sentence names outside brackets: every finding must carry them. */
export function factsWanted(sentence: string): string[] {
  return namesIn(sentence.replace(/\[[^[\]]*\]/g, ''));
}

const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
