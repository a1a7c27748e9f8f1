import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { askingState } from '../../facts/not-asking.ts';

/** A rule that requires a certificate does not ask for one: that is SslNegotiateCert, or a field of the http.sys record. */
export default defineDiagnosis({
  id: 'iis-not-asking',
  title: 'IIS wants a client certificate and nobody asks for it',
  severity: 'blocks-logon',
  cites: ['Microsoft, IIS configuration reference: access, sslFlags'],
  about: 'host',
  sentence:
    'A client certificate is wanted at {where}, and nobody asks for it: its rule has no SslNegotiateCert, and the ' +
    'http.sys record does not negotiate.',
  needs: { state: askingState },
  check({ state }) {
    const now = state.value;
    if (now.is === 'asks') return clear;
    if (now.is === 'idle') return notApplicable('nothing shows that a certificate is wanted here');
    return found({ because: evidence(state), facts: { where: now.where } });
  },
});
