import { clear, defineDiagnosis, evidence, found } from '../../../src/engine/diagnosis.ts';
import { ctlStoreOf, field, keyOf } from '../../../src/facts/endpoint.ts';
import { casesOf, entryOf, type Wrong } from '../wrong.ts';

/** Names the store and switches the asking off at once. */
const diagnosis = defineDiagnosis({
  id: 'change-breaks-something-else',
  title: 'A change that breaks something else',
  severity: 'blocks-logon',
  cites: ['nobody'],
  about: 'endpoint',
  sentence: 'The record names no store.',
  needs: { key: keyOf, store: ctlStoreOf },
  check({ key, store }) {
    if (store.value !== undefined) return clear;
    const set = { sslctlstorename: 'ClientAuthIssuer', usagecheck: false };
    return found({
      because: evidence(store),
      changes: [{ kind: 'http-sys/set-binding', key: key.value, set }],
    });
  },
});

const neighbour = defineDiagnosis({
  ...diagnosis,
  id: 'usage-check-off',
  needs: { usage: (subject) => field(subject, 'usagecheck') },
  check: ({ usage }) => (usage.value ? clear : found({ because: evidence(usage) })),
});

const wrong: Wrong = {
  entry: entryOf(diagnosis, casesOf('binding-lost-ctl-store', 'seed', 'seed-healthy-twin', 'line-cut-off')),
  all: [diagnosis, neighbour],
  rejectedFor: 'by the forecast usage-check-off on hostnameport=www.example.com:443',
};
export default wrong;
