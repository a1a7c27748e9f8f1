import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { notRequiredNameless, requiredNameless } from '../../facts/exchange/nameless.ts';

/** A server that requires a certificate ends the handshake of whoever has none. Where it names no issuers, programs that know such a server by its list take the end for a broken server. */
export default defineDiagnosis({
  id: 'issuer-list-empty+required',
  title: 'A certificate is required, and the server does not say whose',
  severity: 'blocks-logon',
  cites: [
    'RFC 5246 7.2.2 (handshake_failure), RFC 8446 6.2 (certificate_required)',
    'matteocorti/check_ssl_cert#268',
  ],
  about: 'exchange',
  sentence:
    'The server[ at {host}] requires a certificate, names no issuers, and ends the handshake with {alert} when none comes.',
  needs: { ill: requiredNameless, fine: notRequiredNameless },
  check({ ill, fine }) {
    if (!ill.known && fine.known) return clear;
    return found({ facts: { ...ill.value }, because: evidence(ill) });
  },
});
