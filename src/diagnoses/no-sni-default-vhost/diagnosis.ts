import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { noSniDefault, sameWithoutSni } from '../../facts/exchange/server-names.ts';
import { serverAnswers } from '../../facts/exchange/successes.ts';

/** CAs, and whether a certificate is asked for at all, are chosen by the name that the client sends (SNI). Without one the default applies. */
export default defineDiagnosis({
  id: 'no-sni-default-vhost',
  title: 'Clients that send no server name meet a virtual host that asks otherwise',
  severity: 'blocks-logon',
  cites: [
    'RFC 6066 3 (server_name)',
    'jcmoraisjr/haproxy-ingress#530',
    'K. Panday (Microsoft IIS), 2012: which binding a connection gets',
  ],
  about: 'exchange',
  sentence: 'A client that sends no server name {what}; one that sends[ {host}] is asked for a certificate.',
  needs: { ill: noSniDefault, same: sameWithoutSni, answered: serverAnswers },
  check({ ill, same, answered }) {
    if (!ill.known && (same.known || answered.known)) return clear;
    return found({ facts: { ...ill.value }, because: evidence(ill) });
  },
});
