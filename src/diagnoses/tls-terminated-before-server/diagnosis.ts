import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { logonWorks } from '../../facts/exchange/accepted.ts';
import { endedBefore, reachesServer } from '../../facts/exchange/between.ts';

/** A reverse proxy, balancer or firewall answers the clients' handshakes. The server behind it speaks TLS with the proxy alone, which has no certificate to show. */
export default defineDiagnosis({
  id: 'tls-terminated-before-server',
  title: 'TLS ends at a proxy before the server that wants the certificates',
  severity: 'blocks-logon',
  cites: [
    'RFC 8446 4.4.3',
    'RFC 9440 (Client-Cert header)',
    'Microsoft, Application Request Routing: client certificate in X-ARR-ClientCert',
  ],
  about: 'exchange',
  sentence: 'TLS of the clients ends before this server: {how}.',
  needs: { ill: endedBefore, reaches: reachesServer, works: logonWorks },
  check({ ill, reaches, works }) {
    if (!ill.known && (reaches.known || works.known)) return clear;
    return found({ facts: { ...ill.value }, because: evidence(ill) });
  },
});
