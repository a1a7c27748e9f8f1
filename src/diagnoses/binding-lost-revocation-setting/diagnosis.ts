import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { asksForCertificate } from '../../facts/asking.ts';
import { keyOf } from '../../facts/endpoint.ts';
import { printTime } from '../../facts/print-time.ts';
import { checksRevocation, refusedUnchecked, revocationWasOff } from '../../facts/revocation-setting.ts';
import { printKey } from '../../windows/http-sys/key.ts';

/**
 * Tools that bind a renewed certificate write the record anew with the default, which checks clients for revocation.
 * Where that had been switched off because no CRL can be reached, all of them are refused since (domain 1.6).
 */
export default defineDiagnosis({
  id: 'binding-lost-revocation-setting',
  title: 'The http.sys record checks clients for revocation again, which had been switched off',
  severity: 'blocks-logon',
  cites: [
    'C. Polydorou, IIS client certificate revocation check (2018)',
    'Microsoft, netsh http add sslcert: verifyclientcertrevocation',
  ],
  about: 'endpoint',
  explains: ['binding-divergence-sni-vs-ip'],
  sentence:
    'The http.sys record {key} checks clients for revocation; by an earlier {source} that was switched off' +
    '[; since {since} clients end in 403.13 ({count} in the log)].',
  needs: {
    key: keyOf,
    checks: checksRevocation,
    wasOff: revocationWasOff,
    refused: refusedUnchecked,
    asks: asksForCertificate,
  },
  check({ key, checks, wasOff, refused, asks }) {
    if (!checks.value) return clear;
    if (refused.known && !refused.value)
      return notApplicable('the log shows nobody who was refused for want of an answer on revocation');
    if (asks.known && asks.value === 'never')
      return notApplicable('this endpoint never asks for a client certificate');
    const before = wasOff.value;
    const told = refused.known ? refused.value : null;
    return found({
      because: evidence(checks, wasOff, refused),
      facts: {
        key: printKey(key.value),
        source: before.how,
        ...(told?.since === undefined ? {} : { since: printTime(told.since), count: told.count }),
      },
      changes: [{ kind: 'http-sys/set-binding', key: key.value, set: { verifyclientcertrevocation: false } }],
    });
  },
});
