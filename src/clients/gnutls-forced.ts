import { clientModel } from './rules/family.ts';
import { GNUTLS_SCHEME, GNUTLS_SEVERAL } from './rules/gnutls.ts';
import { ignoresList } from './rules/issuer-list.ts';
import { GNUTLS_LATE } from './rules/late.ts';
import { byListedName } from './rules/picks.ts';
import { mayDigitallySign } from './rules/usage.ts';

/** GnuTLS with GNUTLS_FORCE_CLIENT_CERT and one identity: curl built with GnuTLS. */
export default clientModel({
  id: 'gnutls-forced',
  title: 'curl (GnuTLS)',
  name: 'curl (GnuTLS)',
  source: 'curl lib/vtls/gtls.c, GnuTLS 3.7 lib/auth/cert.c; observed with GnuTLS 3.7.9',
  confidence: 'observed',
  checks: [mayDigitallySign('aborted'), GNUTLS_SCHEME, ignoresList],
  severally: GNUTLS_SEVERAL,
  offers: 'offered',
  picks: byListedName,
  late: GNUTLS_LATE,
});
