import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { sentAsAsked, suppressed } from '../../facts/exchange/client-side.ts';

/** Nothing in the request speaks against the certificate: then it is a choice of the client, remembered or ordered, that keeps it back. */
export default defineDiagnosis({
  id: 'client-selection-suppressed',
  title: 'The client has a certificate that fits the request, and sends none',
  severity: 'blocks-logon',
  cites: [
    'Chrome, AutoSelectCertificateForUrls',
    'Microsoft Edge and Internet Explorer: do not prompt for client certificate selection when only one certificate exists',
    'K. Panday (Microsoft IIS), client certificates, part 2',
  ],
  about: 'exchange',
  explains: ['issuer-list-empty'],
  sentence:
    '{client} was asked and sent none, though its certificate «{subject}» fits the request ({names} issuers named): its user or a policy keeps it back.',
  needs: { ill: suppressed, sent: sentAsAsked },
  check({ ill, sent }) {
    if (!ill.known && sent.known) return clear;
    return found({
      likely: 'nothing else that would keep it back was seen',
      facts: { ...ill.value },
      because: evidence(ill),
    });
  },
});
