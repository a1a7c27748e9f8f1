import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { logonWorks } from '../../facts/exchange/accepted.ts';
import { filteredByIssuer, passesFilter } from '../../facts/exchange/issuer-filter.ts';
import { clientAnswered } from '../../facts/exchange/successes.ts';

/** Many clients offer only certificates whose chain leads to a name of the list (RFC 5246 7.4.4). One of another CA, or one that signed itself, they keep to themselves, whatever the server would have said to it. */
export default defineDiagnosis({
  id: 'client-issuer-filter',
  title: "The client leaves its certificate out, for its issuer is not in the server's list",
  severity: 'blocks-logon',
  cites: [
    'RFC 5246 7.4.4, RFC 8446 4.2.4: certificate_authorities',
    'dotnet/corefx#25135',
    'Handclasp src/clients: which clients heed the list',
  ],
  about: 'exchange',
  sentence:
    '{client} leaves the certificate[ «{subject}»] out: none of the {listed} issuers that the server names issued it[; it is of «{issuer}»].',
  needs: { ill: filteredByIssuer, passes: passesFilter, works: logonWorks, answered: clientAnswered },
  check({ ill, passes, works, answered }) {
    if (!ill.known && (passes.known || works.known || answered.known)) return clear;
    return found({ facts: { ...ill.value }, because: evidence(ill) });
  },
});
