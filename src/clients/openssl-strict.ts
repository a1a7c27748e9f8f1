import { type Check, clientModel, PASS } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { OPENSSL_ABILITIES, securityLevel2 } from './rules/openssl.ts';
import { commonScheme, schemesPresent13, signaturesOnChain } from './rules/signing.ts';

/** The check wants certificate_types, which TLS 1.3 has not; only EdDSA keys get past it. */
const neverUnderTls13: Check = ({ request, identity: { leaf }, family }) =>
  request.version < 0x0304 || leaf.keyKind.startsWith('ed')
    ? PASS
    : {
        is: 'stop',
        offer: 'withheld',
        rule: 'strict-tls13',
        because: `${family.name} never sends an RSA or EC certificate under TLS 1.3, because its check needs certificate_types, which TLS 1.3 lacks.`,
        wouldChange: ['drop the strict flag', 'use TLS 1.2'],
      };

/** OpenSSL with SSL_CERT_FLAG_TLS_STRICT (`openssl s_client -strict`), rare in applications. */
export default clientModel({
  id: 'openssl-strict',
  title: 'OpenSSL with the strict flag',
  name: 'Strict OpenSSL',
  source: 'OpenSSL 3.0 t1_lib.c tls1_check_chain; observed with OpenSSL 3.0',
  confidence: 'observed',
  checks: [
    securityLevel2,
    schemesPresent13,
    commonScheme(OPENSSL_ABILITIES, 'withheld'),
    neverUnderTls13,
    keyTypeListed('withheld', { edwards: 'unchecked' }),
    signaturesOnChain('leaf and held', [0x0303]),
    issuerListed({ comparison: 'openssl', parents: 'configured', place: 'the chain file' }),
  ],
  offers: 'offered',
});
