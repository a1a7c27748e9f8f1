import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { oldSessions, onlyFresh } from '../../facts/exchange/resumption.ts';

/** A resumed session asks for nothing and keeps the certificate, or the lack of one, that its first handshake settled (RFC 5246 7.3, RFC 8446 2.2). */
export default defineDiagnosis({
  id: 'session-resumption-hides-change',
  title: 'Old TLS sessions keep the state from before the change',
  severity: 'blocks-logon',
  cites: [
    'RFC 5246 7.3, RFC 8446 2.2 (resumption)',
    'Microsoft, TLS registry settings: ServerCacheTime, ClientCacheTime (10 hours)',
  ],
  about: 'exchange',
  sentence:
    'Clients take up {count} old TLS session(s) that keep the state from before the change[ of {since}]; fresh handshakes are asked for a certificate.',
  needs: { ill: oldSessions, fresh: onlyFresh },
  check({ ill, fresh }) {
    if (!ill.known && fresh.known) return clear;
    return found({ facts: { ...ill.value }, because: evidence(ill) });
  },
});
