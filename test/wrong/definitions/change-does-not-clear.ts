import { clear, defineDiagnosis, evidence, found } from '../../../src/engine/diagnosis.ts';
import { ctlStoreOf, keyOf } from '../../../src/facts/endpoint.ts';
import { casesOf, entryOf, type Wrong } from '../wrong.ts';

/** Sets the asking where the store is missing. */
const diagnosis = defineDiagnosis({
  id: 'change-does-not-clear',
  title: 'A change that cures something else',
  severity: 'blocks-logon',
  cites: ['nobody'],
  about: 'endpoint',
  sentence: 'The record names no store.',
  needs: { key: keyOf, store: ctlStoreOf },
  check({ key, store }) {
    if (store.value !== undefined) return clear;
    return found({
      because: evidence(store),
      changes: [{ kind: 'http-sys/set-binding', key: key.value, set: { clientcertnegotiation: true } }],
    });
  },
});

const wrong: Wrong = {
  entry: entryOf(diagnosis, casesOf('binding-lost-ctl-store', 'seed', 'seed-healthy-twin', 'line-cut-off')),
  rejectedFor: 'seed.case: the change of change-does-not-clear is not foreseen to clear it',
};
export default wrong;
