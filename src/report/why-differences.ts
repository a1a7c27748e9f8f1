import type { Language } from './lang/language.ts';
import type { Difference, WhyReport } from './why.ts';
import { sayAgain } from './why-again.ts';
import { saySide } from './why-label.ts';

/** Differences between connections in sentences. */

type Compared = Pick<WhyReport, 'probes' | 'lists' | 'differences' | 'again'>;

export function sayDifferences(report: Compared, language: Language): string[] {
  const byParameter = report.differences.flatMap((one) => {
    if (one.of === 'list') return sayLists(one, report, language);
    return [one.of === 'asking' ? sayAsking(one, language) : sayAnswers(one, language)];
  });
  return [...byParameter, ...sayAgain(report, language)];
}

/** 'A certificate is asked for with TLS 1.2, not with TLS 1.3.' */
function sayAsking({ what, sides }: Difference, language: Language): string {
  const parts = ASKING.flatMap(({ answer, id }) =>
    sides
      .filter((side) => side.answer === answer)
      .map(({ values }) => language.say(id, { where: saySide(what, values, language) })),
  );
  return language.say('asked-sides', { sides: parts.join(', ') });
}

const ASKING = [
  { answer: 'handshake', id: 'asked-where' },
  { answer: 'renegotiation', id: 'asked-late-where' },
  { answer: 'post-handshake', id: 'asked-late-where' },
  { answer: 'no', id: 'asked-not-where' },
];

const NAMED = 4;

/** Each list against the first: what only one of them names. */
function sayLists({ what, sides }: Difference, { lists }: Compared, language: Language): string[] {
  const [first, ...others] = sides.map((side) => ({
    where: saySide(what, side.values, language),
    names: lists[Number(side.answer)]?.names ?? [],
  }));
  return others.flatMap((other) => {
    const told = [
      [first!, other],
      [other, first!],
    ].flatMap(([here, there]) => {
      const known = new Set(there!.names.map(({ sha256 }) => sha256));
      const only = here!.names.filter(({ sha256 }) => !known.has(sha256)).map(({ name }) => name);
      const facts = { where: here!.where, names: language.listing(only, NAMED) };
      return only.length === 0 ? [] : [language.say('only-with', facts)];
    });
    const same = { where: other.where, other: first!.where };
    return told.length > 0 ? told : [language.say('same-names-other-order', same)];
  });
}

/** 'The answer depends on it: without certificate 403.7, with the certificate 200.' */
function sayAnswers({ what, sides }: Difference, language: Language): string {
  const answers = sides.map(({ values, answer }) => {
    const id = `answer-${answer}`;
    const said = language.has(id) ? language.say(id) : answer;
    return language.say('answer-where', { where: saySide(what, values, language), answer: said });
  });
  return language.say('answers-where', { answers: answers.join('; ') });
}
