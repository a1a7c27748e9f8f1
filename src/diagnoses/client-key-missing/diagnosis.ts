import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { logonWorks } from '../../facts/exchange/accepted.ts';
import { keyMissing, keyPresent } from '../../facts/exchange/client-side.ts';
import { clientAnswered } from '../../facts/exchange/successes.ts';

/** A certificate without its key proves nothing, and a client that cannot sign does not offer it (RFC 5246 7.4.8). */
export default defineDiagnosis({
  id: 'client-key-missing',
  title: 'The client has no usable private key for its certificate',
  severity: 'blocks-logon',
  cites: [
    'RFC 5246 7.4.8, RFC 8446 4.4.3 (CertificateVerify)',
    'Microsoft, certutil -repairstore',
    'NTE_BAD_KEYSET 0x80090016, SEC_E_NO_CREDENTIALS 0x8009030E',
  ],
  about: 'exchange',
  sentence:
    'The client ({client}) has no usable private key for its certificate[ «{subject}»], so that it cannot log on with it.',
  needs: { ill: keyMissing, present: keyPresent, works: logonWorks, answered: clientAnswered },
  check({ ill, present, works, answered }) {
    if (!ill.known && (present.known || works.known || answered.known)) return clear;
    return found({ facts: { ...ill.value }, because: evidence(ill) });
  },
});
