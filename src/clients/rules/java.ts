import type { IssuerRule } from './issuer-list.ts';
import type { Abilities } from './schemes.ts';

/** What both key managers of JSSE share. */

/** jdk.tls.disabledAlgorithms keeps SHA-1 out; an EC key must fit the curve of the scheme in TLS 1.2, too. */
export const JAVA_ABILITIES: Abilities = {
  sha224: true,
  pssKeys: true,
  ed25519: true,
  ed448: true,
  curveBoundIn12: true,
};

export const JAVA_ENTRY: IssuerRule = { comparison: 'java', parents: 'entry', place: 'the key store entry' };
