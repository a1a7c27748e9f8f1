import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { notAnnounced, postHandshakeNotNeeded } from '../../facts/exchange/post-handshake.ts';
import { requestsWork } from '../../facts/exchange/successes.ts';

/**
 * TLS 1.3 has no renegotiation. A server that learns from the path that it wants a certificate may ask after the
 * handshake, but only a client that sent post_handshake_auth (RFC 8446 4.2.6).
 */
export default defineDiagnosis({
  id: 'client-pha-not-offered',
  title: 'The server asks after a TLS 1.3 handshake, and the client did not announce that it can be asked',
  severity: 'blocks-logon',
  cites: [
    'RFC 8446 4.2.6 and 4.6.2 (post-handshake authentication)',
    'RFC 8740: not over HTTP/2',
    'Apache httpd, ssl_engine_kernel.c: AH10158',
    'Mozilla bug 1637754',
  ],
  about: 'exchange',
  sentence:
    '{server} wants the certificate after the TLS 1.3 handshake[, for {path},] and {client} did not announce ' +
    'post-handshake authentication.',
  needs: { missing: notAnnounced, fine: postHandshakeNotNeeded, works: requestsWork },
  check({ missing, fine, works }) {
    if (!missing.known && (fine.known || works.known)) return clear;
    const { server, client, path } = missing.value;
    return found({
      because: evidence(missing),
      facts: { server, client, ...(path === undefined ? {} : { path }) },
    });
  },
});
