import { clear, clearBy, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { issuerOutsideNtAuth, unmappedLogons } from '../../facts/account-mapping.ts';

/** Only CAs in the enterprise store NTAuth may vouch for accounts of the domain [domain 7, cause 20]. */
export default defineDiagnosis({
  id: 'client-issuer-not-in-ntauth',
  title: "The client's CA may not vouch for accounts of the domain",
  severity: 'blocks-logon',
  cites: ['Microsoft, enterprise NTAuth store and third-party CAs (KB295663)', 'Microsoft KB943891: 403.12'],
  about: 'exchange',
  sentence:
    "The enterprise store NTAuth lacks the client's CA «{issuer}», so its certificates reach no account ({count} logons " +
    'in the log).',
  needs: { outside: issuerOutsideNtAuth, unmapped: unmappedLogons },
  check({ outside, unmapped }) {
    if (outside.known && outside.value === null) return clear;
    if (unmapped.value === 0) return clearBy(unmapped);
    return found({
      because: evidence(outside, unmapped),
      facts: { issuer: outside.value!, count: unmapped.value },
    });
  },
});
