import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { asksForCertificate } from '../../facts/asking.ts';
import { keyOf } from '../../facts/endpoint.ts';
import { namesLength, SURELY_WHOLE, subjectsOf } from '../../facts/issuers.ts';
import { listCut } from '../../facts/list-cut.ts';
import { sendsList } from '../../facts/policy.ts';
import { wantedStore } from '../../facts/wanted-store.ts';
import { printKey } from '../../windows/http-sys/key.ts';
import { spelledStore, storeKey } from '../../windows/stores/names.ts';
import { printName } from '../../wire/x509/name.ts';

/** Names past the limit are not sent, and clients of those issuers offer nothing [SCH-OV, event 36885]. */
export default defineDiagnosis({
  id: 'issuer-list-truncated-16k',
  title: 'The list of acceptable issuers is longer than Schannel sends',
  severity: 'blocks-logon',
  cites: [
    'Microsoft, What is new in TLS/SSL (Schannel SSP): 16 KB limit',
    'Schannel event 36885',
    'KB931125',
    'KB2801679',
  ],
  about: 'endpoint',
  explains: ['issuer-list-wrong-source'],
  sentence:
    '[The issuers in {store} take {bytes} bytes, more than fit into the list that {key} sends: the last {missing} ' +
    'are left out, first «{first}»][Schannel cut the list of issuers that the host sends ({cuts} events 36885)].',
  needs: {
    key: keyOf,
    sends: sendsList,
    cut: listCut,
    asks: asksForCertificate,
    wanted: wantedStore,
  },
  check({ key, sends, cut, asks, wanted }) {
    // Without a list nothing of it can be missing.
    if (sends.known && !sends.value) return clear;
    const list = cut.value;
    if (!list) return clear;
    if (asks.known && asks.value === 'never')
      return notApplicable('this endpoint never asks for a client certificate');
    const { whole } = list;
    const target = wanted.known ? wanted.value : null;
    const shorter =
      key.known &&
      target?.certificates &&
      storeKey(target.store) !== whole?.store &&
      namesLength(subjectsOf(target.certificates)) <= SURELY_WHOLE;
    return found({
      because: evidence(sends, cut, asks),
      facts: whole
        ? {
            key: printKey(key.value),
            store: spelledStore(whole.store),
            bytes: whole.bytes,
            missing: whole.missing.length,
            first: printName(whole.missing[0]!),
          }
        : { cuts: list.events },
      changes: shorter
        ? [{ kind: 'http-sys/set-binding', key: key.value, set: { sslctlstorename: target.store } }]
        : [],
    });
  },
});
