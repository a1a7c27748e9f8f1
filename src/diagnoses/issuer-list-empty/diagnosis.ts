import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { namesMissing, namesPresent } from '../../facts/exchange/nameless.ts';

/** An empty list means "any issuer" (RFC 5246 7.4.4). A client with several certificates then has to guess, and may guess otherwise than under the version in which the names are sent. */
export default defineDiagnosis({
  id: 'issuer-list-empty',
  title: 'The server names no issuers where clients need them to choose',
  severity: 'blocks-logon',
  cites: [
    'RFC 8446 4.2.4: certificate_authorities is an extension, and may be absent',
    'libressl/portable#855',
  ],
  about: 'exchange',
  sentence:
    'The server names no issuers[ under {version}][, and {names} under {other}], so that a client with several certificates cannot tell which one is wanted.',
  needs: { ill: namesMissing, present: namesPresent },
  check({ ill, present }) {
    if (!ill.known && present.known) return clear;
    return found({ facts: { ...ill.value }, because: evidence(ill) });
  },
});
