import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { lateOverHttp2 } from '../../facts/late-http2.ts';
import { printKey } from '../../windows/http-sys/key.ts';

/** HTTP/2 forbids renegotiation (RFC 9113 9.2.1) and post-handshake authentication (RFC 8740): a late request fails. */
export default defineDiagnosis({
  id: 'http2-late-request',
  title: 'The certificate is asked for late, over HTTP/2, which forbids that',
  severity: 'blocks-logon',
  cites: ['RFC 9113, section 9.2.1', 'RFC 8740', 'dotnet/aspnetcore#23181'],
  about: 'host',
  sentence:
    'A client certificate is asked for after the request[ at {key}] over HTTP/2, which allows no such thing.',
  needs: { late: lateOverHttp2 },
  check({ late }) {
    const one = late.value;
    if (!one) return clear;
    return found({
      likely: 'by field reports; no source tells when http.sys gives up',
      because: evidence(late),
      facts: one.key ? { key: printKey(one.key) } : {},
      changes: one.key
        ? [{ kind: 'http-sys/set-binding', key: one.key, set: { clientcertnegotiation: true } }]
        : [],
    });
  },
});
