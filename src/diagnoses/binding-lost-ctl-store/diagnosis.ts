import {
  clear,
  defineDiagnosis,
  evidence,
  found,
  type Given,
  notApplicable,
} from '../../engine/diagnosis.ts';
import { asksForCertificate } from '../../facts/asking.ts';
import { ctlStoreOf, keyOf } from '../../facts/endpoint.ts';
import { requestSeen } from '../../facts/handshakes.ts';
import { listPredicted, listSource, sameNames, subjectsOf } from '../../facts/issuers.ts';
import { type Refusals, refusalsOf } from '../../facts/logons.ts';
import { sendsList, trustMode } from '../../facts/policy.ts';
import { printTime } from '../../facts/print-time.ts';
import { rewrittenBefore } from '../../facts/rewritten.ts';
import { wantedStore } from '../../facts/wanted-store.ts';
import { printKey } from '../../windows/http-sys/key.ts';
import { storeKey } from '../../windows/stores/names.ts';

/**
 * Whoever binds a renewed server certificate without naming the store again (IIS Manager, most renewal tools)
 * leaves a record that names none; then another store may feed the list of issuers, and clients whose issuer is
 * not in that list offer nothing [SEED].
 */
export default defineDiagnosis({
  id: 'binding-lost-ctl-store',
  title: 'The http.sys record no longer names the store of acceptable issuers',
  severity: 'blocks-logon',
  cites: [
    'U. Gradenegger, 403 after renewing the web server certificate (gradenegger.eu)',
    'Microsoft, What is new in TLS/SSL (Schannel SSP): order of stores for the trusted issuer list',
  ],
  about: 'endpoint',
  explains: ['issuer-list-truncated-16k', 'trust-mode-without-store'],
  sentence:
    'The http.sys record {key} names no Ctl Store Name, so the issuers that it tells clients are not those of {store}' +
    '[; since {since} logons ended in 403.7 ({count} in the log)][; it was written anew at {written}].',
  needs: {
    key: keyOf,
    store: ctlStoreOf,
    sends: sendsList,
    mode: trustMode,
    asks: asksForCertificate,
    wanted: wantedStore,
    source: listSource,
    predicted: listPredicted,
    seen: requestSeen,
    refusals: refusalsOf,
    rewritten: rewrittenBefore,
  },
  check({ key, store, sends, mode, asks, wanted, source, predicted, seen, refusals, rewritten }) {
    if (store.value !== undefined) return clear;
    // Without a list nothing of it can be missing.
    if (!sends.value) return clear;
    if (asks.value === 'never') return notApplicable('this endpoint never asks for a client certificate');
    const target = wanted.value;
    if (!target) return notApplicable('nothing names a store of its own for this endpoint');
    // Lost in mode 1 or 2 it is missed by list or trust, whichever of the sources is right.
    const isMissed = refusedSince(refusals) || (mode.known && mode.value !== 0);
    const isTold = target.why === 'the record named it before' && isMissed;
    const from = source.known || !isTold ? source.value : null;
    const issuers = target.certificates && subjectsOf(target.certificates);
    const wire = issuers && seen.known ? seen.value.authorities : undefined;
    if (issuers && wire) {
      if (sameNames(wire, issuers)) return clear;
    } else if (from) {
      if (from.is === 'store' && from.store === storeKey(target.store)) return clear;
      if (issuers && predicted.known && predicted.value && sameNames(predicted.value.names, issuers))
        return clear;
    }
    const refused = refusals.known ? refusals.value : null;
    // Nobody was seen to be refused, and no list was seen.
    const isUnseen = isTold && !refusedSince(refusals) && !wire;
    return found({
      ...(isUnseen
        ? { likely: 'unless Schannel falls back to that store all the same; the list on the wire tells' }
        : {}),
      because: evidence(store, sends, seen, refusals, mode, wanted, asks, rewritten),
      facts: {
        key: printKey(key.value),
        store: target.store,
        ...(refused ? { since: printTime(refused.since), count: refused.count } : {}),
        ...(rewritten.known ? { written: printTime(rewritten.value) } : {}),
      },
      changes: [{ kind: 'http-sys/set-binding', key: key.value, set: { sslctlstorename: target.store } }],
    });
  },
});

/** Logons that worked before and end in 403.7: then what feeds the list now needs not be known. */
const refusedSince = (refusals: Given<Refusals | null>): boolean =>
  refusals.known && refusals.value?.lastSuccess !== undefined;
