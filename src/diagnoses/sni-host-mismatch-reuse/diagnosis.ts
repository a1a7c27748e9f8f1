import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { misdirected, notMisdirected } from '../../facts/exchange/server-names.ts';
import { serverAnswers } from '../../facts/exchange/successes.ts';

/** HTTP/2 clients use an open connection for every name that its certificate covers (RFC 9113 9.1.1). A server that chose by SNI whether to ask for a certificate has to refuse what comes for another host. */
export default defineDiagnosis({
  id: 'sni-host-mismatch-reuse',
  title: 'A request came over a connection that was opened for another host name',
  severity: 'blocks-logon',
  cites: [
    'RFC 9113 9.1.1 and 9.1.2 (421 Misdirected Request)',
    'caddyserver/caddy#4696',
    'Apache httpd: AH02032',
  ],
  about: 'exchange',
  sentence:
    'The connection was opened for[ {sni}] one host and used for another[, {header}], and the server refuses that because of client certificates.',
  needs: { ill: misdirected, apart: notMisdirected, answered: serverAnswers },
  check({ ill, apart, answered }) {
    if (!ill.known && (apart.known || answered.known)) return clear;
    return found({ facts: { ...ill.value }, because: evidence(ill) });
  },
});
