import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { asksForCertificate } from '../../facts/asking.ts';
import { storeFault, storeMatters } from '../../facts/ctl-store.ts';
import { keyOf } from '../../facts/endpoint.ts';
import { refusalsOf } from '../../facts/logons.ts';
import { printTime } from '../../facts/print-time.ts';
import { printKey } from '../../windows/http-sys/key.ts';

/**
 * The record names a store, and it is the wrong one: empty, misspelt (Windows makes such a store in silence), without
 * the CA of the clients, or on AD FS the one for the trust of proxies on the port of certificate logon.
 */
export default defineDiagnosis({
  id: 'ctl-store-wrong',
  title: 'The store of acceptable issuers that the http.sys record names is the wrong one',
  severity: 'blocks-logon',
  cites: [
    'Microsoft, What is new in TLS/SSL (Schannel SSP): a store that is empty counts as not set',
    'Microsoft Japan, Azure AD support: troubleshooting certificate logon of AD FS (2018)',
  ],
  about: 'endpoint',
  explains: ['issuer-list-wrong-source', 'trust-mode-without-store', 'binding-lost-ctl-store'],
  sentence:
    'The http.sys record {key} takes its issuers from the store {store}, which is {fault}[ the CAs of clients of «{issuer}»]' +
    '[; {meant} was probably meant][; since {since} logons ended in 403.7].',
  needs: {
    key: keyOf,
    fault: storeFault,
    matters: storeMatters,
    asks: asksForCertificate,
    refusals: refusalsOf,
  },
  check({ key, fault, matters, asks, refusals }) {
    const wrong = fault.value;
    if (!wrong) return clear;
    const isAdfs = wrong.is === 'meant for the proxies of AD FS';
    // AD FS switches the list on when it is set up; elsewhere the policy has to be known.
    if ((matters.known || !isAdfs) && !matters.value)
      return notApplicable('neither the list of issuers nor the trust mode looks at the store');
    if (!isAdfs && asks.value === 'never')
      return notApplicable('this endpoint never asks for a client certificate');
    const since = refusals.known && refusals.value ? { since: printTime(refusals.value.since) } : {};
    return found({
      because: evidence(fault, matters, refusals),
      facts: {
        key: printKey(key.value),
        store: wrong.store,
        fault: wrong.is,
        ...(wrong.issuer === undefined ? {} : { issuer: wrong.issuer }),
        ...(wrong.meant === undefined ? {} : { meant: wrong.meant }),
        ...since,
      },
      changes: wrong.meant
        ? [{ kind: 'http-sys/set-binding', key: key.value, set: { sslctlstorename: wrong.meant } }]
        : [],
    });
  },
});
