import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { logonWorks } from '../../facts/exchange/accepted.ts';
import { chainComplete, chainIncomplete } from '../../facts/exchange/sent-chain.ts';
import { requestsWork } from '../../facts/exchange/successes.ts';

/**
 * A client has to send its certificate with the intermediates above it (RFC 5246 7.4.6, RFC 8446 4.4.2). Where it sends
 * the leaf alone, and the server neither holds the issuer nor fetches it, the chain ends there.
 */
export default defineDiagnosis({
  id: 'client-chain-incomplete',
  title: "The intermediate between the client's certificate and the server's root is missing",
  severity: 'blocks-logon',
  cites: [
    'RFC 5246 7.4.6 and 7.4.2, RFC 8446 4.4.2: the sender sends the chain',
    'dotnet/runtime#55368',
    'Microsoft KB943891: 403.16; CERT_E_CHAINING 0x800B010A',
  ],
  about: 'exchange',
  sentence:
    'The client sends its certificate[ «{subject}»] without the intermediate above it[, «{issuer}»], and the server does ' +
    'not have that one.',
  needs: { incomplete: chainIncomplete, complete: chainComplete, works: logonWorks, answered: requestsWork },
  check({ incomplete, complete, works, answered }) {
    if (!incomplete.known && (complete.known || works.known || answered.known)) return clear;
    return found({ facts: { ...incomplete.value }, because: evidence(incomplete) });
  },
});
