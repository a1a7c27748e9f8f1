import { clientModel } from './rules/family.ts';
import { GNUTLS_SCHEME, GNUTLS_SELECTION, GNUTLS_SEVERAL } from './rules/gnutls.ts';
import { GNUTLS_LATE } from './rules/late.ts';
import { byListedName } from './rules/picks.ts';

/** GnuTLS choosing by itself: wget, GLib networking, and programs that set no callback and no flag. */
export default clientModel({
  id: 'gnutls',
  title: 'GnuTLS (wget, GLib)',
  name: 'GnuTLS',
  source: 'GnuTLS 3.7 and 3.8 lib/auth/cert.c; observed with GnuTLS 3.7.9 and wget',
  confidence: 'observed',
  checks: GNUTLS_SELECTION,
  afterwards: [GNUTLS_SCHEME],
  severally: GNUTLS_SEVERAL,
  offers: 'offered',
  picks: byListedName,
  late: GNUTLS_LATE,
});
