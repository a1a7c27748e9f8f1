import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { logonWorks } from '../../facts/exchange/accepted.ts';
import { requestsWork } from '../../facts/exchange/successes.ts';
import { usageMissing, usagePresent } from '../../facts/exchange/usage.ts';

/**
 * A certificate whose extended key usage lists other usages only is for those (RFC 5280 4.2.1.12). Many clients do not
 * offer it, and Windows, OpenSSL and their like refuse it. Public CAs stopped issuing clientAuth in 2025 and 2026.
 */
export default defineDiagnosis({
  id: 'eku-client-auth-missing',
  title: "The client's certificate is not for client authentication",
  severity: 'blocks-logon',
  cites: [
    'RFC 5280 4.2.1.12 (extended key usage)',
    'dotnet/runtime#121982',
    'mumble-voip/mumble#7076',
    'Microsoft KB943891: 403.16; CERT_E_WRONG_USAGE 0x800B0110',
  ],
  about: 'exchange',
  sentence:
    'The certificate[ «{subject}»] may not be used for client authentication: its extended key usage lacks clientAuth ' +
    '(1.3.6.1.5.5.7.3.2)[ and has {usages} only].',
  needs: { missing: usageMissing, present: usagePresent, works: logonWorks, answered: requestsWork },
  check({ missing, present, works, answered }) {
    if (!missing.known && (present.known || works.known || answered.known)) return clear;
    return found({ facts: { ...missing.value }, because: evidence(missing) });
  },
});
