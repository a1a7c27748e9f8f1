import type { Message } from '../../base/message.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import type { Choice, Decision, Identity } from '../model.ts';
import type { Family } from './family.ts';
import { sameNames } from './names.ts';
import { type Abilities, knownSchemes, usableSchemes } from './schemes.ts';
import { decision, message } from './verdict.ts';

/** How families choose among several identities. */

export interface Judged {
  readonly decision: Decision;
  /** Whether the checks that make a candidate let it through. */
  readonly isCandidate: boolean;
}

export interface Trial {
  readonly request: CertificateRequest;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly identities: readonly Identity[];
  /** One for each identity. */
  readonly judged: readonly Judged[];
  readonly family: Family;
}

/** What a pick adds to the candidates: their order, which is taken, and a verdict of its own on the whole. */
export interface Picked {
  readonly candidates: readonly number[];
  readonly chosen: number | null;
  readonly decision?: Decision;
}

export type Picks = (trial: Trial) => Picked;

export function choice(trial: Trial): Choice {
  const { judged, family } = trial;
  if (judged.length === 0) {
    const none = { offer: 'withheld', rule: 'no-identity', reason: message('no-identity') } as const;
    return {
      decision: decision(family, { ...none, changes: [message('give-identity')] }),
      chosen: null,
      candidates: [],
    };
  }
  const alone = candidatesOf(trial);
  const picked: Picked =
    judged.length === 1 ? { candidates: alone, chosen: alone[0] ?? null } : family.picks(trial);
  const { candidates, chosen } = picked;
  return { decision: picked.decision ?? decisionOn(chosen ?? candidates[0], judged), chosen, candidates };
}

/** Where nobody knows of one identity, nobody knows of all. */
function decisionOn(index: number | undefined, judged: readonly Judged[]): Decision {
  if (index !== undefined) return judged[index]!.decision;
  return (judged.find((one) => one.decision.offer === 'unknown') ?? judged[0]!).decision;
}

const candidatesOf = ({ judged }: Trial): number[] =>
  judged.flatMap(({ isCandidate }, i) => (isCandidate ? [i] : []));

/** The first candidate in the order in which they were given (Go, .NET). */
export const firstMatch: Picks = (trial) => {
  const candidates = candidatesOf(trial);
  return { candidates, chosen: candidates[0] ?? null };
};

/** The first of all, fit or not (.NET SslStream on Linux). */
export const firstOfAll: Picks = ({ judged }) => ({
  candidates: judged[0]!.isCandidate ? [0] : [],
  chosen: judged[0]!.isCandidate ? 0 : null,
  decision: judged[0]!.decision,
});

/** The user is shown the candidates. */
export const userPicks: Picks = (trial) => {
  const candidates = candidatesOf(trial);
  if (candidates.length < 2) return { candidates, chosen: candidates[0] ?? null };
  const facts = { count: candidates.length, given: trial.judged.length };
  return { candidates, chosen: null, decision: amongSeveral(trial, 'prompts-with-several', facts) };
};

/** A hash table's order decides, which cannot be seen from outside. */
export const hashOrder: Picks = (trial) => {
  const candidates = candidatesOf(trial);
  if (candidates.length < 2) return { candidates, chosen: candidates[0] ?? null };
  const facts = { count: candidates.length };
  return { candidates, chosen: null, decision: amongSeveral(trial, 'order-of-aliases', facts) };
};

function amongSeveral({ judged, family }: Trial, rule: string, facts: Message['facts']): Decision {
  const good = judged.find((one) => one.isCandidate && one.decision.offer === family.offers);
  const first = good ?? judged.find((one) => one.isCandidate)!;
  // Whichever is taken, it ends alike: then that is the thing to tell.
  if (!good) return first.decision;
  const { offer, confidence } = first.decision;
  return decision(family, { offer, rule, reason: message(rule, facts), changes: [], confidence });
}

/** The library takes one identity; with several the application's own code decides. */
export const applicationPicks: Picks = (trial) => ({
  candidates: candidatesOf(trial),
  chosen: null,
  decision: decision(trial.family, {
    offer: 'unknown',
    rule: 'application-decides',
    reason: message('application-picks', { count: trial.judged.length }),
    changes: [message('give-one-identity')],
    confidence: 'unverified',
  }),
});

/**
 * OpenSSL keeps one certificate for each kind of key, the last loaded. TLS 1.2 looks only at the last of all; under
 * TLS 1.3 the first scheme of the server for which a kind has one decides (t1_lib.c tls_choose_sigalg; observed).
 */
export function lastLoaded(can: Abilities): Picks {
  return (trial) => {
    const { request, identities, judged } = trial;
    const refused = judged.find((one) => one.decision.rule === 'security-level');
    if (refused) return { candidates: [], chosen: null, decision: refused.decision };
    const last = judged.length - 1;
    if (request.version < 0x0304) {
      return { candidates: [last].filter((i) => judged[i]!.isCandidate), chosen: last };
    }
    const kinds = identities.map(({ leaf }) => leaf.keyKind);
    const kept = candidatesOf(trial).filter((i) => kinds.lastIndexOf(kinds[i]!) === i);
    const rank = (i: number): number => {
      const { version, signatureAlgorithms: offered } = request;
      const [first] = usableSchemes({ leaf: identities[i]!.leaf, version, offered }, can);
      return (offered ?? []).indexOf(first?.id ?? -1);
    };
    const candidates = kept.sort((a, b) => rank(a) - rank(b));
    return { candidates, chosen: candidates[0] ?? null };
  };
}

/** GnuTLS goes through the listed names and takes the first identity that leads to one (lib/auth/cert.c). */
export const byListedName: Picks = (trial) => {
  const { request, identities } = trial;
  const reached = (i: number): number => {
    const { leaf, held } = identities[i]!;
    const issuers = [leaf, ...held].map((one) => one.issuer);
    return request.authorities.findIndex((name) => issuers.some((one) => sameNames('der', one, name)));
  };
  const candidates = candidatesOf(trial).sort((a, b) => reached(a) - reached(b));
  return { candidates, chosen: candidates[0] ?? null };
};

/** Java goes by kind of key in the server's order; `ranks` puts the better certificates first. */
export function byKeyType(
  can: Abilities,
  ranks: (identity: Identity, at: number) => number,
  order: 'as stored' | 'hash table',
): Picks {
  return (trial) => {
    const { request, identities, at } = trial;
    const { version, signatureAlgorithms } = request;
    const kinds = knownSchemes(signatureAlgorithms, version, can).map((one) => one.key);
    const place = (i: number): number[] => [
      ranks(identities[i]!, at),
      kinds.indexOf(identities[i]!.leaf.keyKind),
    ];
    const before = (a: number, b: number): number => {
      const [[rankA, kindA], [rankB, kindB]] = [place(a), place(b)];
      return rankA! - rankB! || kindA! - kindB!;
    };
    const candidates = candidatesOf(trial).sort(before);
    const [first] = candidates;
    if (first === undefined) return { candidates, chosen: null };
    const equals = candidates.filter((i) => before(first, i) === 0);
    if (order === 'as stored' || equals.length === 1) return { candidates, chosen: first };
    const only = trial.judged.map((one, i) => ({ ...one, isCandidate: equals.includes(i) }));
    return { ...hashOrder({ ...trial, judged: only }), candidates };
  };
}
