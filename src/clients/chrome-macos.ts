import { BORINGSSL_CREDENTIAL } from './rules/boringssl.ts';
import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { BORINGSSL_LATE } from './rules/late.ts';
import { userPicks } from './rules/picks.ts';
import { forClientAuth, mayDigitallySign, valid } from './rules/usage.ts';

/** Chrome on macOS: identities of the keychain, the rest by BoringSSL. Read in source, not run. */
export default clientModel({
  id: 'chrome-macos',
  title: 'Chrome (macOS)',
  name: 'Chrome (macOS)',
  source: 'chromium net/ssl/client_cert_store_mac.cc',
  confidence: 'source',
  checks: [
    // Only the end of the validity is looked at.
    valid('end only'),
    mayDigitallySign('withheld'),
    forClientAuth('counts'),
    // NormalizeName folds case and blanks; which string types it folds was not read.
    issuerListed({
      comparison: 'openssl',
      parents: 'store',
      place: 'keychain',
      unknownStore: 'unknown',
      alikeConfidence: 'unverified',
    }),
  ],
  afterwards: BORINGSSL_CREDENTIAL,
  offers: 'prompted',
  picks: userPicks,
  late: BORINGSSL_LATE,
});
