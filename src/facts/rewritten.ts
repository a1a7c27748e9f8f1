import { known, unknown } from '../base/known.ts';
import { refusalsOf } from './logons.ts';
import { rewritten } from './past.ts';
import { ask, type Question } from './question.ts';

/**
 * When the record was written anew, by the events of http.sys: the last time before logons began to be refused, or at
 * all. Milliseconds since 1970 UTC.
 */
export const rewrittenBefore: Question<number> = (subject) => {
  const refusals = ask(subject, refusalsOf);
  const since = refusals.is === 'known' ? refusals.value?.since : undefined;
  const events = rewritten(subject)
    .flatMap(({ at, time }) => (time === undefined ? [] : [{ at, time }]))
    .filter(({ time }) => since === undefined || time <= since + 60_000)
    .toSorted((a, b) => b.time - a.time);
  const [last] = events;
  return last ? known(last.time, [last.at]) : unknown('events 15300 and 15301 of the System log');
};
