import { issuerListed } from './issuer-list.ts';
import { keyTypeListed } from './key-types.ts';
import type { Abilities } from './schemes.ts';
import { commonScheme } from './signing.ts';
import { mayDigitallySign } from './usage.ts';
import { type Check, message, PASS, type Question } from './verdict.ts';
import { keyName } from './words.ts';

/** What the ways of using GnuTLS share. */

const GNUTLS_ABILITIES: Abilities = { sha1: true, pssKeys: true, ed25519: true, ed448: true };

/** After the choice: TLS 1.2 ends the handshake, TLS 1.3 sends an empty Certificate (observed). */
export const GNUTLS_SCHEME: Check = commonScheme(GNUTLS_ABILITIES, { tls12: 'aborted', tls13: 'withheld' });

/** A scheme by the public key algorithm GnuTLS files it under: rsa_pss_rsae_* counts as RSA-PSS, not as RSA. */
function algorithmOf(scheme: number): string {
  if (scheme === 0x0807) return 'ed25519';
  if (scheme === 0x0808) return 'ed448';
  if (scheme >> 8 === 8) return 'rsa-pss';
  return { 1: 'rsa', 2: 'dsa', 3: 'ec' }[scheme & 0xff] ?? 'other';
}

/** TLS 1.3 with a list of issuers: the key's algorithm must stand among the schemes, which for RSA means PKCS#1. */
const algorithmListed13: Check = ({ request, identity: { leaf } }) => {
  if (request.version < 0x0304) return PASS;
  if ((request.signatureAlgorithms ?? []).some((id) => algorithmOf(id) === leaf.keyKind)) return PASS;
  return {
    is: 'stop',
    offer: 'withheld',
    rule: 'key-algorithm',
    reason: message('key-algorithm', { key: keyName(leaf) }),
    changes: [
      leaf.keyKind === 'rsa'
        ? message('list-too', { entry: 'rsa_pkcs1_sha256' })
        : message('list-key-algorithm'),
    ],
  };
};

/** Set to TLS 1.3 alone it fails before the request is read, whatever that lists (observed with 3.7.9). */
const usableUnderTls13 = mayDigitallySign(({ request }) => (request.version < 0x0304 ? 'pass' : 'aborted'));

/** Under TLS 1.2 such an identity is not matched with a list, and without one the handshake fails. */
const keyUsageOutcome = ({ request }: Question) => (request.authorities.length > 0 ? 'withheld' : 'aborted');

/** Makes a check only where the server names issuers. */
function whereListed(check: Check): Check {
  return (question) => (question.request.authorities.length === 0 ? PASS : check(question));
}

/** The library's own choice (lib/auth/cert.c find_x509_client_cert). */
export const GNUTLS_SELECTION: readonly Check[] = [
  usableUnderTls13,
  issuerListed({ comparison: 'der', parents: 'configured', place: 'certificate-file' }),
  mayDigitallySign(keyUsageOutcome),
  whereListed(keyTypeListed('withheld', { edwards: 'never' })),
  whereListed(algorithmListed13),
];

/** With two identities or more it needs a name to choose by, and GNUTLS_FORCE_CLIENT_CERT changes nothing (observed). */
const someIssuerListed: Check = ({ request }) =>
  request.authorities.length > 0
    ? PASS
    : {
        is: 'stop',
        offer: 'withheld',
        rule: 'several-without-list',
        reason: message('several-without-list'),
        changes: [message('list-some-issuer'), message('give-one-identity')],
      };

export const GNUTLS_SEVERAL = {
  checks: [usableUnderTls13, someIssuerListed, ...GNUTLS_SELECTION],
  afterwards: [GNUTLS_SCHEME],
};
