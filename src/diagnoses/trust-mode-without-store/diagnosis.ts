import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { asksForCertificate } from '../../facts/asking.ts';
import { untrustedInSpiteOfRoot } from '../../facts/client-chain.ts';
import { ctlStoreOf, keyOf } from '../../facts/endpoint.ts';
import { trustMode } from '../../facts/policy.ts';
import { distrustedIssuer, filledCtlStore } from '../../facts/trust.ts';
import { printKey } from '../../windows/http-sys/key.ts';
import { printName } from '../../wire/x509/name.ts';

/**
 * In mode 1 and 2 a client is trusted through the store that the record names. Without one (or with one that
 * cannot vouch in that mode) whoever still sends a certificate may be refused with 403.16 [SCH-OV, LAB26].
 */
export default defineDiagnosis({
  id: 'trust-mode-without-store',
  title: 'ClientAuthTrustMode wants a store that vouches for clients, and the record has none',
  severity: 'blocks-logon',
  cites: ['Microsoft, What is new in TLS/SSL (Schannel SSP): trust modes'],
  about: 'endpoint',
  sentence:
    'ClientAuthTrustMode is {mode}, and {key} has no store that vouches for clients[ of «{issuer}»]: who sends ' +
    'such a certificate is refused with 403.16[ ({count} in the log)].',
  needs: {
    key: keyOf,
    mode: trustMode,
    store: filledCtlStore,
    asks: asksForCertificate,
    named: ctlStoreOf,
    seen: untrustedInSpiteOfRoot,
    distrusted: distrustedIssuer,
  },
  check({ key, mode, store, asks, named, seen, distrusted }) {
    if (mode.value === 0)
      return notApplicable('ClientAuthTrustMode is 0: any chain that the machine trusts will do');
    // Mode 2 takes any CA of the store, so that a filled store always vouches for its own.
    if (mode.value === 2 && store.value !== undefined) return clear;
    if (asks.value === 'never') return notApplicable('this endpoint never asks for a client certificate');
    // Refused although the machine's own trust is in order, and the record names no store: nothing else is left.
    if (named.known && named.value === undefined && seen.known && seen.value > 0)
      return found({
        because: evidence(mode, named, seen),
        facts: { key: printKey(key.value), mode: mode.value, count: seen.value },
      });
    const refused = distrusted.value;
    if (!refused) return clear;
    return found({
      because: evidence(mode, store, distrusted),
      facts: { key: printKey(key.value), mode: mode.value, issuer: printName(refused.issuer.subject) },
      changes: refused.cure
        ? [{ kind: 'http-sys/set-binding', key: key.value, set: { sslctlstorename: refused.cure } }]
        : [],
    });
  },
});
