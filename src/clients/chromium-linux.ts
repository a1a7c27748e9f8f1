import { BORINGSSL_CREDENTIAL } from './rules/boringssl.ts';
import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { BORINGSSL_LATE } from './rules/late.ts';
import { NSS_DATABASE, NSS_USAGE } from './rules/nss.ts';
import { userPicks } from './rules/picks.ts';

/** Chrome and Chromium on Linux: candidates by NSS, the rest by BoringSSL. */
export default clientModel({
  id: 'chromium-linux',
  title: 'Chrome, Chromium (Linux)',
  name: 'Chromium (Linux)',
  source: 'chromium net/ssl/client_cert_store_nss.cc; observed with Chromium 156',
  confidence: 'observed',
  // What the filters hide is never shown: no dialog, an empty Certificate.
  checks: [...NSS_USAGE, issuerListed(NSS_DATABASE)],
  afterwards: BORINGSSL_CREDENTIAL,
  offers: 'prompted',
  picks: userPicks,
  late: BORINGSSL_LATE,
});
