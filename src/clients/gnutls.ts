import { type Check, clientModel, PASS, type Question } from './rules/family.ts';
import { GNUTLS_SCHEME, whereListed } from './rules/gnutls.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { mayDigitallySign } from './rules/usage.ts';
import { keyWords } from './rules/words.ts';

/** A scheme by the public key algorithm GnuTLS files it under: rsa_pss_rsae_* counts as RSA-PSS, not as RSA. */
function algorithmOf(scheme: number): string {
  if (scheme === 0x0807) return 'ed25519';
  if (scheme === 0x0808) return 'ed448';
  if (scheme >> 8 === 8) return 'rsa-pss';
  return { 1: 'rsa', 2: 'dsa', 3: 'ec' }[scheme & 0xff] ?? 'other';
}

/** TLS 1.3 with a list of issuers: the key's algorithm must stand among the schemes, which for RSA means PKCS#1. */
const algorithmListed13: Check = ({ request, identity: { leaf }, family }) => {
  if (request.version < 0x0304) return PASS;
  if ((request.signatureAlgorithms ?? []).some((id) => algorithmOf(id) === leaf.keyKind)) return PASS;
  return {
    is: 'stop',
    offer: 'withheld',
    rule: 'key-algorithm',
    because: `${family.name} matches issuers only for keys of listed algorithms, counts rsa_pss_rsae_* as another algorithm than RSA, and finds none for this key, ${keyWords(leaf)}.`,
    wouldChange: [
      leaf.keyKind === 'rsa' ? 'list rsa_pkcs1_sha256 on the server, too' : 'list an algorithm of this key',
    ],
  };
};

/** No list: the handshake fails. With one: not matched under TLS 1.2, failed under TLS 1.3 (observed with 3.7.9). */
const keyUsageOutcome = ({ request }: Question) =>
  request.authorities.length > 0 && request.version < 0x0304 ? 'withheld' : 'aborted';

/** GnuTLS choosing by itself: wget, GLib networking, and programs that set no callback and no flag. */
export default clientModel({
  id: 'gnutls',
  title: 'GnuTLS (wget, GLib)',
  name: 'GnuTLS',
  source: 'GnuTLS 3.7 and 3.8 lib/auth/cert.c; observed with GnuTLS 3.7.9 and wget',
  confidence: 'observed',
  // With one identity. With several and an empty list it sends none.
  checks: [
    issuerListed({ comparison: 'der', parents: 'configured', place: 'the certificate file' }),
    mayDigitallySign(keyUsageOutcome),
    whereListed(keyTypeListed('withheld', { edwards: 'never' })),
    whereListed(algorithmListed13),
    GNUTLS_SCHEME,
  ],
  offers: 'offered',
});
