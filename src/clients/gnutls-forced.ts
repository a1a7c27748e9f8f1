import { clientModel } from './rules/family.ts';
import { GNUTLS_SCHEME } from './rules/gnutls.ts';
import { ignoresList } from './rules/issuer-list.ts';
import { mayDigitallySign } from './rules/usage.ts';

/** GnuTLS with GNUTLS_FORCE_CLIENT_CERT and one identity: curl built with GnuTLS. */
export default clientModel({
  id: 'gnutls-forced',
  title: 'curl with GnuTLS',
  name: 'curl (GnuTLS)',
  source: 'curl lib/vtls/gtls.c, GnuTLS 3.7 lib/auth/cert.c; observed with GnuTLS 3.7.9',
  confidence: 'observed',
  checks: [mayDigitallySign('aborted'), GNUTLS_SCHEME, ignoresList],
  offers: 'offered',
});
