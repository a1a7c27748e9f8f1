import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { OPENSSL_LATE } from './rules/late.ts';
import { OPENSSL_ABILITIES, securityLevel2 } from './rules/openssl.ts';
import { lastLoaded } from './rules/picks.ts';
import { commonScheme, schemesPresent13, signaturesOnChain } from './rules/signing.ts';
import { type Check, message, PASS } from './rules/verdict.ts';

/** The check wants certificate_types, which TLS 1.3 has not; only EdDSA keys get past it. */
const neverUnderTls13: Check = ({ request, identity: { leaf } }) =>
  request.version < 0x0304 || leaf.keyKind.startsWith('ed')
    ? PASS
    : {
        is: 'stop',
        offer: 'withheld',
        rule: 'strict-tls13',
        reason: message('strict-tls13'),
        changes: [message('drop-strict'), message('use-tls12')],
      };

/** OpenSSL with SSL_CERT_FLAG_TLS_STRICT (`openssl s_client -strict`), rare in applications. */
export default clientModel({
  id: 'openssl-strict',
  title: 'OpenSSL (-strict)',
  name: 'OpenSSL (-strict)',
  source: 'OpenSSL 3.0 t1_lib.c tls1_check_chain; observed with OpenSSL 3.0',
  confidence: 'observed',
  checks: [securityLevel2, schemesPresent13, commonScheme(OPENSSL_ABILITIES, 'withheld')],
  afterwards: [
    neverUnderTls13,
    keyTypeListed('withheld', { edwards: 'unchecked' }),
    signaturesOnChain('leaf and held', [0x0303]),
    // Under TLS 1.3 the leaf is held against the schemes by its key alone.
    signaturesOnChain('held', [0x0304]),
    issuerListed({ comparison: 'openssl', parents: 'configured', place: 'chain-file' }),
  ],
  offers: 'offered',
  picks: lastLoaded(OPENSSL_ABILITIES, 'all alike'),
  late: OPENSSL_LATE,
});
