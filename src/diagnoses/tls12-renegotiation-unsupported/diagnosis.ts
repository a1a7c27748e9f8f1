import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { asksEarly } from '../../facts/exchange/late-asking.ts';
import { refusedRenegotiation, renegotiationAnswered } from '../../facts/exchange/renegotiation.ts';
import { clientAnswered } from '../../facts/exchange/successes.ts';

/**
 * A rule for a path makes the server ask after the request, under TLS 1.2 by a second handshake. Stacks that have no
 * renegotiation, or have it switched off, ignore the HelloRequest or refuse it (RFC 5246 7.4.1.1).
 */
export default defineDiagnosis({
  id: 'tls12-renegotiation-unsupported',
  title: 'The server asks by TLS 1.2 renegotiation, and the client does not renegotiate',
  severity: 'blocks-logon',
  cites: [
    'RFC 5246 7.4.1.1 and 7.2.2 (no_renegotiation)',
    'RFC 9113 9.2.1: no renegotiation under HTTP/2',
    'rustls/rustls#1999',
    'Venafi/vcert#438',
    'bcgit/bc-java#847',
  ],
  about: 'exchange',
  sentence:
    'The server asks for the certificate by TLS 1.2 renegotiation after the request[ for {path}], and {client} does ' +
    'not renegotiate.',
  needs: {
    refused: refusedRenegotiation,
    early: asksEarly,
    answered: renegotiationAnswered,
    works: clientAnswered,
  },
  check({ refused, early, answered, works }) {
    if (!refused.known && (early.known || answered.known || works.known)) return clear;
    const { client, path } = refused.value;
    return found({
      because: evidence(refused),
      facts: { client, ...(path === undefined ? {} : { path }) },
    });
  },
});
