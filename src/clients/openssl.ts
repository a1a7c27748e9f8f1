import { clientModel } from './rules/family.ts';
import { ignoresList } from './rules/issuer-list.ts';
import { OPENSSL_LATE } from './rules/late.ts';
import { OPENSSL_ABILITIES, securityLevel2 } from './rules/openssl.ts';
import { lastLoaded } from './rules/picks.ts';
import { certSchemesOfLeaf13, commonScheme, schemesPresent13 } from './rules/signing.ts';

/** OpenSSL and what is built on it: curl, Python (requests), Node, nginx as a client, Ruby, PHP, libpq. */
export default clientModel({
  id: 'openssl',
  title: 'OpenSSL, curl, Python, Node',
  name: 'OpenSSL',
  source:
    'OpenSSL 3.0 and 3.5 statem_clnt.c, t1_lib.c; observed with OpenSSL 3.0, curl 7.88, Python 3.11, Node 20',
  confidence: 'observed',
  // certificate_types, dates and usages are not looked at.
  checks: [
    securityLevel2,
    schemesPresent13,
    commonScheme(OPENSSL_ABILITIES, 'withheld'),
    certSchemesOfLeaf13,
    ignoresList,
  ],
  offers: 'offered',
  picks: lastLoaded(OPENSSL_ABILITIES, 'Python differs'),
  late: OPENSSL_LATE,
});
