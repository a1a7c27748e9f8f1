import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { logonWorks } from '../../facts/exchange/accepted.ts';
import { noCommonScheme, signsForRequest } from '../../facts/exchange/signing.ts';
import { clientAnswered } from '../../facts/exchange/successes.ts';

/**
 * The client has to sign with an algorithm that the CertificateRequest lists (RFC 5246 7.4.4, RFC 8446 4.3.2). Cards and
 * TPMs that know SHA-1 or PKCS#1 only find nothing in the lists of newer servers.
 */
export default defineDiagnosis({
  id: 'sigalg-no-overlap',
  title: "The client's key can sign with none of the algorithms that the server lists",
  severity: 'blocks-logon',
  cites: [
    'RFC 5246 7.4.4 and RFC 8446 4.3.2: supported signature algorithms',
    'SEC_E_ALGORITHM_MISMATCH 0x80090331',
    'dotnet/runtime#111785',
  ],
  about: 'exchange',
  sentence:
    "The client's key[ ({key})] can sign with none of the algorithms that the server lists[: {listed}][; where it works " +
    'the server lists {lacks} as well].',
  needs: { none: noCommonScheme, signs: signsForRequest, works: logonWorks, answered: clientAnswered },
  check({ none, signs, works, answered }) {
    if (!none.known && (signs.known || works.known || answered.known)) return clear;
    return found({ facts: { ...none.value }, because: evidence(none) });
  },
});
