import { known, unknown } from '../base/known.ts';
import { eventsWith } from './events.ts';
import { listCut } from './list-cut.ts';
import { ask, type Question, sisterOf } from './question.ts';
import { recordsShown } from './records.ts';

/** Whether Schannel was seen to cut a list (event 36885), or some record's list is longer than it sends. */
export const listTooLong: Question<true> = (subject) => {
  const events = eventsWith(subject, 'Schannel', [36885]);
  if (events.length > 0)
    return known(
      true,
      events.map(({ at }) => at),
    );
  for (const { key } of recordsShown(subject.host)) {
    const cut = ask(sisterOf(subject, key), listCut);
    if (cut.is === 'known' && cut.value) return known(true, cut.because);
  }
  return unknown('Schannel event 36885 of the System log (EventLogging 3 or more)');
};
