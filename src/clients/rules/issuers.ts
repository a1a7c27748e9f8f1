import type { Certificate } from '../../wire/x509/certificate.ts';
import { walkIssuers } from '../../wire/x509/chain.ts';
import { type Name, sameName } from '../../wire/x509/name.ts';
import type { Identity } from '../model.ts';
import { type Comparison, lookAlike, sameNames } from './names.ts';

/** The search for a listed issuer along what a client knows of the chain. */

export interface IssuerScope {
  readonly comparison: Comparison;
  /**
   * Whose issuers count beside the leaf's. 'configured': every certificate beside the leaf, as given;
   * 'entry': the chain that leads on from the leaf in the client's own file; 'store': that, and parents in its
   * machine's stores; 'system-store': parents in those stores alone.
   */
  readonly parents: 'configured' | 'entry' | 'store' | 'system-store';
  /** Names that count beside issuers: the leaf's own subject (Firefox), subjects of parents instead (Android). */
  readonly subjects?: 'own' | 'parents';
  /** Parents outside their validity are not followed. */
  readonly parentsMustBeValid?: boolean;
}

/** A name that may match the list, and the certificate it was found on. */
interface Candidate {
  readonly name: Name;
  readonly on: Certificate;
  readonly as: 'issuer' | 'subject';
}

export interface IssuerMatch {
  /** The first candidate that is listed. */
  readonly found?: Candidate;
  /** Issuer at the end of what the client knows, when that is not a self-signed certificate. */
  readonly missing?: Name;
  /** A listed name that only looks like a candidate. */
  readonly alike?: { readonly listed: Name; readonly name: Name };
  /** What the client knows of the chain, the leaf left out. */
  readonly chain: readonly Certificate[];
}

/** Looks for a listed name. `stores` are the parents that the client's machine is known to have. */
export function matchIssuers(
  identity: Identity,
  listed: readonly Name[],
  scope: IssuerScope,
  stores: readonly Certificate[],
  at: number,
): IssuerMatch {
  const { leaf } = identity;
  const chain = parentsOf(identity, scope, stores, at);
  const candidates = candidatesOf(leaf, chain, scope);
  const found = candidates.find(({ name }) => listed.some((one) => sameNames(scope.comparison, one, name)));
  const top =
    scope.parents === 'configured' ? (walkIssuers(leaf, chain).at(-1) ?? leaf) : (chain.at(-1) ?? leaf);
  const alike = candidates.flatMap(({ name }) => {
    const twin = lookAlike(name, listed);
    return twin ? [{ listed: twin, name }] : [];
  })[0];
  return {
    chain,
    ...(found ? { found } : {}),
    ...(sameName(top.issuer, top.subject) ? {} : { missing: top.issuer }),
    ...(alike ? { alike } : {}),
  };
}

function parentsOf(
  { leaf, held, besideOthers = [] }: Identity,
  scope: IssuerScope,
  stores: readonly Certificate[],
  at: number,
): readonly Certificate[] {
  const usable = (one: Certificate): boolean =>
    !scope.parentsMustBeValid || (at >= one.notBefore && at <= one.notAfter);
  switch (scope.parents) {
    case 'configured':
      return held;
    case 'entry':
      return walkIssuers(leaf, held);
    case 'store':
      return walkIssuers(leaf, [...held, ...stores, ...besideOthers].filter(usable));
    case 'system-store':
      return walkIssuers(leaf, stores);
  }
}

function candidatesOf(leaf: Certificate, chain: readonly Certificate[], scope: IssuerScope): Candidate[] {
  const issuer = (on: Certificate): Candidate => ({ name: on.issuer, on, as: 'issuer' });
  const subject = (on: Certificate): Candidate => ({ name: on.subject, on, as: 'subject' });
  if (scope.subjects === 'parents') return [issuer(leaf), ...chain.map(subject)];
  const own = scope.subjects === 'own' ? [subject(leaf)] : [];
  return [issuer(leaf), ...own, ...chain.map(issuer)];
}
