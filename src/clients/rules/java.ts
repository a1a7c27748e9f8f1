import type { Identity } from '../model.ts';
import type { IssuerRule } from './issuer-list.ts';
import type { Abilities } from './schemes.ts';
import { ANY_USAGE, CLIENT_AUTH } from './usage.ts';

/** What both key managers of JSSE share. */

/** jdk.tls.disabledAlgorithms keeps SHA-1 out; an EC key must fit the curve of the scheme in TLS 1.2, too. */
export const JAVA_ABILITIES: Abilities = {
  sha224: true,
  pssKeys: true,
  ed25519: true,
  ed448: true,
  curveBoundIn12: true,
};

export const JAVA_ENTRY: IssuerRule = { comparison: 'java', parents: 'entry', place: 'key-store-entry' };

/**
 * How the PKIX key manager ranks a certificate: fit, outside its validity, with usages that do not fit
 * (X509KeyManagerImpl.CheckResult). The worse ones are used when there is no better.
 */
export function pkixRank({ leaf }: Identity, at: number): number {
  const usages = leaf.extendedKeyUsage;
  const fits = !usages || usages.includes(CLIENT_AUTH) || usages.includes(ANY_USAGE);
  const needsBit = ['rsa', 'dsa', 'ec'].includes(leaf.keyKind);
  const signs = !needsBit || leaf.keyUsage === undefined || (leaf.keyUsage & 1) === 1;
  if (!fits || !signs) return 2;
  return at < leaf.notBefore || at > leaf.notAfter ? 1 : 0;
}
