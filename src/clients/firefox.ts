import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { FIREFOX_LATE } from './rules/late.ts';
import { NSS_ABILITIES, NSS_DATABASE, NSS_USAGE } from './rules/nss.ts';
import { userPicks } from './rules/picks.ts';
import { commonScheme, schemesPresent13, someKnownScheme } from './rules/signing.ts';

/** Firefox on any platform with its own certificate store. */
export default clientModel({
  id: 'firefox',
  title: 'Firefox',
  name: 'Firefox',
  source: 'firefox TLSClientAuthCertSelection.cpp, NSS 3.110; observed with Firefox 153 ESR',
  confidence: 'observed',
  checks: [
    schemesPresent13,
    // Ed25519 is not known, nor PKCS#1 under TLS 1.3 (observed).
    someKnownScheme(NSS_ABILITIES, 'aborted', 0x0303),
    ...NSS_USAGE,
    // The whole chain is built with dates checked, and a listed subject anchors it as well as a listed issuer.
    issuerListed({
      ...NSS_DATABASE,
      subjects: 'own',
      parentsMustBeValid: true,
      place: 'certificate-store',
    }),
  ],
  // certificate_types is parsed and ignored; without a scheme it sends none, silently.
  afterwards: [commonScheme(NSS_ABILITIES, 'withheld')],
  offers: 'prompted',
  picks: userPicks,
  late: FIREFOX_LATE,
});
