import type { KeyKind } from '../../wire/x509/certificate.ts';
import type { Identity } from '../model.ts';
import type { IssuerRule } from './issuer-list.ts';
import { certificateTypeOf } from './key-types.ts';
import { amongAliases, candidatesOf, type Picks, type Trial } from './picks.ts';
import { type Abilities, knownSchemes, schemesById } from './schemes.ts';
import { ANY_USAGE, CLIENT_AUTH } from './usage.ts';
import { message } from './verdict.ts';

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
function pkixRank({ leaf }: Identity, at: number): number {
  const usages = leaf.extendedKeyUsage;
  const fits = !usages || usages.includes(CLIENT_AUTH) || usages.includes(ANY_USAGE);
  const needsBit = ['rsa', 'dsa', 'ec'].includes(leaf.keyKind);
  const signs = !needsBit || leaf.keyUsage === undefined || (leaf.keyUsage & 1) === 1;
  if (!fits || !signs) return 2;
  return at < leaf.notBefore || at > leaf.notAfter ? 1 : 0;
}

/**
 * Kinds of key in the order in which JSSE tries them, that of the listed schemes. Those count, too, that are fit for
 * certificates alone: SHA-1, and PKCS#1 under TLS 1.3 (observed; T12CertificateRequestConsumer, T13CertificateProducer).
 */
function kindsInOrder({ request }: Trial): KeyKind[] {
  const { version, signatureAlgorithms, certificateTypes } = request;
  const signing = new Set(knownSchemes(signatureAlgorithms, version, JAVA_ABILITIES).map((one) => one.key));
  const types = version < 0x0304 ? certificateTypes : undefined;
  const isWanted = (kind: KeyKind): boolean => !types || types.includes(certificateTypeOf(kind) ?? -1);
  const listed = schemesById(signatureAlgorithms).map((one) => one.key);
  return [...new Set(listed)].filter((kind) => signing.has(kind) && isWanted(kind));
}

/** The first kind of key of which it holds one decides, then the order of the aliases (SunX509KeyManagerImpl). */
export const sunX509Picks: Picks = (trial) => {
  const kinds = kindsInOrder(trial);
  const index = (i: number): number => kinds.indexOf(trial.identities[i]!.leaf.keyKind);
  const candidates = candidatesOf(trial).toSorted((a, b) => index(a) - index(b));
  const contenders = candidates.filter((i) => index(i) === index(candidates[0]!));
  return { ...amongAliases(trial, contenders), candidates, way: message('takes-by-key-type') };
};

/**
 * The first fit one of the first kind of key; where there is none, the first fit one that it comes upon; else the
 * least unfit (X509KeyManagerImpl.chooseAlias, getAliases).
 */
export const pkixPicks: Picks = (trial) => {
  const kinds = kindsInOrder(trial);
  const place = (i: number): string => {
    const rank = pkixRank(trial.identities[i]!, trial.at);
    return `${rank}${kinds.indexOf(trial.identities[i]!.leaf.keyKind)}`;
  };
  const candidates = candidatesOf(trial).toSorted((a, b) => place(a).localeCompare(place(b)));
  const best = candidates.length > 0 ? place(candidates[0]!) : '';
  const isFit = best.startsWith('0') && best !== '00';
  const contenders = candidates.filter((i) => (isFit ? place(i).startsWith('0') : place(i) === best));
  return { ...amongAliases(trial, contenders), candidates, way: message('takes-best-of-key-type') };
};
