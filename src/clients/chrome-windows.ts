import { BORINGSSL_CREDENTIAL } from './rules/boringssl.ts';
import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { BORINGSSL_LATE } from './rules/late.ts';
import { userPicks } from './rules/picks.ts';
import { forClientAuth, mayDigitallySign, valid } from './rules/usage.ts';

/** Chrome and Edge on Windows: CertFindChainInStore over the user's My store, the rest by BoringSSL. */
export default clientModel({
  id: 'chrome-windows',
  title: 'Chrome, Edge (Windows)',
  name: 'Chrome (Windows)',
  source: 'chromium net/ssl/client_cert_store_win.cc; name comparison by Microsoft documentation',
  confidence: 'source',
  checks: [
    forClientAuth('unverified'),
    // CERT_CHAIN_FIND_BY_ISSUER builds the chain from the cached system stores, without network.
    issuerListed({
      comparison: 'der',
      parents: 'store',
      place: 'windows-intermediates',
      unknownStore: 'unknown',
      alikeConfidence: 'unverified',
    }),
    mayDigitallySign('withheld'),
    valid('both ends'),
  ],
  // A key in a legacy CSP signs PKCS#1 only and fails under TLS 1.3; that is not seen in the certificate.
  afterwards: BORINGSSL_CREDENTIAL,
  offers: 'prompted',
  picks: userPicks,
  late: BORINGSSL_LATE,
});
