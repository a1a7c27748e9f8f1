import { type Check, PASS } from './family.ts';
import type { Abilities } from './schemes.ts';
import { commonScheme } from './signing.ts';

/** What all ways of using GnuTLS share: the signature scheme after the choice. */

const GNUTLS_ABILITIES: Abilities = { sha1: true, pssKeys: true, ed25519: true, ed448: true };

/** TLS 1.2 ends the handshake, TLS 1.3 sends an empty Certificate (observed). */
export const GNUTLS_SCHEME: Check = commonScheme(GNUTLS_ABILITIES, { tls12: 'aborted', tls13: 'withheld' });

/** Makes a check only where the server names issuers. */
export function whereListed(check: Check): Check {
  return (question) => (question.request.authorities.length === 0 ? PASS : check(question));
}
