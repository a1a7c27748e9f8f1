import { keyTypeListed } from './key-types.ts';
import type { Abilities } from './schemes.ts';
import { commonScheme, edwardsUnverified } from './signing.ts';
import type { Check } from './verdict.ts';

/** BoringSSL signs with SHA-1 under TLS 1.2 when it is all that is offered (observed); keys bound to PSS it lacks. */
export const BORINGSSL_ABILITIES: Abilities = { sha1: true };

/**
 * check_credential of BoringSSL, after the choice: the key type before the schemes, and an alert where others
 * send an empty Certificate.
 */
export const BORINGSSL_CREDENTIAL: readonly Check[] = [
  edwardsUnverified,
  keyTypeListed('aborted', { shows: 'ERR_NOT_IMPLEMENTED' }),
  commonScheme(BORINGSSL_ABILITIES, 'aborted'),
];
