import { becauseOf, type Known, known, openOf, unknown } from '../base/known.ts';
import { ISSUER_LIST_LIMIT } from '../windows/schannel/issuer-list.ts';
import { Trail } from '../windows/trail.ts';
import { WANTED } from '../windows/wanted.ts';
import type { Name } from '../wire/x509/name.ts';
import { ctlStoreOf } from './endpoint.ts';
import { eventsWith } from './events.ts';
import { requestSeen } from './handshakes.ts';
import { listPredicted, namesLength, rootStore, SURELY_WHOLE, subjectsOf, without } from './issuers.ts';
import { ask, type Question, type Subject } from './question.ts';

/** A list of issuers of which a part does not go out. */
export interface ListCut {
  /** What the store shows; absent: Schannel itself said that it cut the list. */
  readonly whole?: {
    /** Lower case. */
    readonly store: string;
    /** Length of the whole. */
    readonly bytes: number;
    readonly missing: readonly Name[];
  };
  /** Schannel events 36885. */
  readonly events: number;
}

/** null: every name goes out. The wire decides where it was seen; near the limit nothing else does. */
export const listCut: Question<ListCut | null> = (subject) => {
  const shown = ask(subject, cutByStore);
  if (shown.is === 'known' && shown.value) return shown;
  const events = eventsWith(subject, 'Schannel', [36885]);
  const seen = subject.key ? ask(subject, requestSeen) : unknown(WANTED.wire);
  // A short list that was seen after all, or a store that is short now: the event tells of another time.
  if (events.length === 0 || seen.is === 'known' || shown.is === 'known')
    return shown.is === 'known' ? shown : ask(subject, shortWithoutStore);
  return known<ListCut | null>(
    { events: events.reduce((sum, { count }) => sum + count, 0) },
    events.map(({ at }) => at),
  );
};

const cutByStore: Question<ListCut | null> = (subject) => {
  const trail = new Trail();
  const seen = ask(subject, requestSeen);
  if (seen.is === 'known' && seen.value.authoritiesLength <= SURELY_WHOLE) {
    trail.note(seen.because);
    return trail.answer<ListCut | null>(null);
  }
  const predicted = ask(subject, listPredicted);
  if (predicted.is !== 'known') return openOf(predicted);
  const list = trail.read(predicted);
  if (!list || list.wantedBytes <= SURELY_WHOLE) return trail.answer<ListCut | null>(null);
  const cut = (missing: readonly Name[]) =>
    trail.answer<ListCut | null>(
      missing.length === 0
        ? null
        : {
            whole: { store: list.source.store, bytes: list.wantedBytes, missing },
            events: eventsOf(subject, trail),
          },
    );
  if (seen.is !== 'known')
    return list.wantedBytes > ISSUER_LIST_LIMIT ? cut(subjectsOf(list.cut)) : unknown(WANTED.wire);
  const whole = [...list.names, ...subjectsOf(list.cut)];
  const missing = without(whole, trail.read(seen).authorities);
  return missing.length < whole.length
    ? cut(missing)
    : unknown(
        `the host's evidence again: the list on the wire names nobody of the store ${list.source.store}`,
      );
};

function eventsOf(subject: Subject, trail: Trail): number {
  const events = eventsWith(subject, 'Schannel', [36885]);
  for (const { at } of events) trail.note([at]);
  return events.reduce((sum, { count }) => sum + count, 0);
}

/**
 * ClientAuthIssuer was not collected. Windows leaves it empty, and nobody puts more than a hundred CAs into it by
 * hand: where the record names no store and Root is short, no list is too long.
 */
const shortWithoutStore: Question<ListCut | null> = (subject): Known<ListCut | null> => {
  const shown = ask(subject, cutByStore);
  const named = ask(subject, ctlStoreOf);
  const root = ask(subject, rootStore);
  const seen = ask(subject, requestSeen);
  const isShort = root.is === 'known' && namesLength(subjectsOf(root.value)) <= SURELY_WHOLE;
  if (named.is !== 'known' || named.value !== undefined || !isShort || seen.is === 'known') return shown;
  return known(null, [...becauseOf(named), ...becauseOf(root)]);
};
