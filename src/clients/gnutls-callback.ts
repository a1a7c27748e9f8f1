import { clientModel } from './rules/family.ts';
import { GNUTLS_SCHEME } from './rules/gnutls.ts';
import { ignoresList } from './rules/issuer-list.ts';
import { GNUTLS_LATE } from './rules/late.ts';
import { applicationPicks } from './rules/picks.ts';
import { mayDigitallySign } from './rules/usage.ts';

/** GnuTLS with a callback that hands over its one identity: gnutls-cli. Key usage is enforced under TLS 1.2 only. */
export default clientModel({
  id: 'gnutls-callback',
  title: 'gnutls-cli',
  name: 'gnutls-cli',
  source: 'GnuTLS 3.7 src/cli.c; observed with gnutls-cli 3.7.9',
  confidence: 'observed',
  checks: [
    mayDigitallySign(({ request }) => (request.version < 0x0304 ? 'aborted' : 'pass')),
    GNUTLS_SCHEME,
    ignoresList,
  ],
  offers: 'offered',
  picks: applicationPicks,
  late: GNUTLS_LATE,
});
