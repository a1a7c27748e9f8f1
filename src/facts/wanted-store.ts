import { openOf } from '../base/known.ts';
import { type StoredCertificate, store } from '../windows/host.ts';
import { storeKey } from '../windows/stores/names.ts';
import { Trail } from '../windows/trail.ts';
import { fieldOf } from './endpoint.ts';
import { expectedIssuers } from './issuers.ts';
import { otherValues } from './past.ts';
import { ask, type Question } from './question.ts';
import { wholeListing } from './records.ts';
import { siblingsOf, storeNameOf } from './siblings.ts';

/** The store that the endpoint's list was meant to come from. */
export interface WantedStore {
  /** As it is to be written into the record. */
  readonly store: string;
  readonly why: 'a record of the same site names it' | 'the record named it before' | 'it is filled';
  /** undefined: the store was not read. */
  readonly certificates?: readonly StoredCertificate[];
}

/** The store of AD FS for the trust of its proxies has nothing to do with users (domain 7, cause 27). */
const isForClients = (name: string | undefined): boolean =>
  name !== undefined && storeKey(name) !== 'adfstrusteddevices';

/**
 * null: nothing tells that a store of its own was ever wanted. A record of the same site tells most; else what the
 * record itself was before (an older listing, the script that made it); else a
 * filled ClientAuthIssuer, which has no other use.
 */
export const wantedStore: Question<WantedStore | null> = (subject) => {
  const trail = new Trail();
  const siblings = trail.read(ask(subject, siblingsOf));
  const named = siblings.find((record) => isForClients(storeNameOf(record)));
  if (named) {
    const name = trail.read(fieldOf(named, 'sslctlstorename'))!;
    const contents = store(subject.host, name);
    return trail.answer<WantedStore | null>({
      store: name,
      why: 'a record of the same site names it',
      ...(contents.is === 'known' ? { certificates: contents.value } : {}),
    });
  }
  const before = otherValues(subject, 'sslctlstorename').find(({ value }) => isForClients(value));
  if (before?.value !== undefined) {
    trail.note(before.because);
    const contents = store(subject.host, before.value);
    return trail.answer<WantedStore | null>({
      store: before.value,
      why: 'the record named it before',
      ...(contents.is === 'known' ? { certificates: contents.value } : {}),
    });
  }
  const expected = ask(subject, expectedIssuers);
  if (expected.is !== 'known') return openOf(expected);
  const certificates = trail.read(expected);
  if (certificates.length === 0) {
    // A record that was not shown may name one.
    trail.read(ask(subject, wholeListing));
    return trail.answer<WantedStore | null>(null);
  }
  return trail.answer<WantedStore | null>({ store: 'ClientAuthIssuer', why: 'it is filled', certificates });
};
