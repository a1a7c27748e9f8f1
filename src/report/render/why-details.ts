import { escapeTerminal as clean } from '../escape.ts';
import type { Language } from '../lang/language.ts';
import type { WhyReport } from '../why.ts';
import { detailsOf } from '../why-clients.ts';
import type { Style } from './style.ts';
import { hang } from './wrap.ts';

/** Each client with its whole sentence, the rule that decided, and how that is known. */
export function detailLines(report: WhyReport, style: Style, language: Language): string[] {
  const details = detailsOf(report, language);
  if (details.length === 0) return [];
  const lines = details.flatMap(({ title, answers, source }) => [
    `  ${clean(title)}`,
    ...answers.flatMap(({ text, rule }) => [
      ...hang(clean(text), 4, 6),
      ...hang(clean(rule), 6).map(style.dim),
    ]),
    ...hang(clean(source), 6).map(style.dim),
  ]);
  return [style.bold(language.say('details-title')), ...lines];
}
