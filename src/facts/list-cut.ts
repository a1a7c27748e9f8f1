import { unknown } from '../base/known.ts';
import { ISSUER_LIST_LIMIT } from '../windows/schannel/issuer-list.ts';
import { Trail } from '../windows/trail.ts';
import { WANTED } from '../windows/wanted.ts';
import type { Name } from '../wire/x509/name.ts';
import { requestSeen } from './handshakes.ts';
import { listPredicted, SURELY_WHOLE, subjectsOf, without } from './issuers.ts';
import { ask, type Question } from './question.ts';

/** A list of issuers and the part of it that does not go out. */
export interface ListCut {
  /** Lower case. */
  readonly store: string;
  /** Length of the whole. */
  readonly bytes: number;
  readonly missing: readonly Name[];
}

/** null: every name goes out. The wire decides where it was seen; near the limit nothing else does. */
export const listCut: Question<ListCut | null> = (subject) => {
  const trail = new Trail();
  const seen = ask(subject, requestSeen);
  if (seen.is === 'known' && seen.value.authoritiesLength <= SURELY_WHOLE) {
    trail.note(seen.because);
    return trail.answer<ListCut | null>(null);
  }
  const list = trail.read(ask(subject, listPredicted));
  if (!list || list.wantedBytes <= SURELY_WHOLE) return trail.answer<ListCut | null>(null);
  const cut = (missing: readonly Name[]) =>
    trail.answer<ListCut | null>(
      missing.length === 0 ? null : { store: list.source.store, bytes: list.wantedBytes, missing },
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
