import type { Message } from '../../base/message.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import type { KeyKind } from '../../wire/x509/certificate.ts';
import type { Choice, Decision, Identity } from '../model.ts';
import type { Family } from './family.ts';
import { sameNames } from './names.ts';
import { type Abilities, usableSchemes } from './schemes.ts';
import { decision, message, naming } from './verdict.ts';

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
  /** Absent: the chosen one; where none is, all candidates. */
  readonly contenders?: readonly number[];
  readonly programs?: Choice['programs'];
  readonly decision?: Decision;
  readonly way: Message;
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
      contenders: [],
      decisions: [],
      programs: {},
      way: null,
    };
  }
  if (judged.length === 1) {
    const candidates = candidatesOf(trial);
    const decided = judged[0]!.decision;
    return {
      decision: decided,
      chosen: candidates[0] ?? null,
      candidates,
      contenders: candidates,
      decisions: [decided],
      programs: {},
      way: null,
    };
  }
  const picked = family.picks(trial);
  const { candidates, chosen } = picked;
  return {
    decision: picked.decision ?? decisionOn(chosen ?? candidates[0], judged),
    chosen,
    candidates,
    contenders: picked.contenders ?? candidates.filter((i) => chosen === null || i === chosen),
    decisions: judged.map((one) => one.decision),
    programs: picked.programs ?? {},
    way: naming(family, picked.way),
  };
}

/** Where nobody knows of one identity, nobody knows of all. */
function decisionOn(index: number | undefined, judged: readonly Judged[]): Decision {
  if (index !== undefined) return judged[index]!.decision;
  return (judged.find((one) => one.decision.offer === 'unknown') ?? judged[0]!).decision;
}

export const candidatesOf = ({ judged }: Trial): number[] =>
  judged.flatMap(({ isCandidate }, i) => (isCandidate ? [i] : []));

/** The first candidate in the order in which they were given (Go, .NET). */
export const firstMatch: Picks = (trial) => {
  const candidates = candidatesOf(trial);
  const rest = { candidates, way: message('takes-first-match') };
  const open = trial.judged.findIndex((one) => one.decision.offer === 'unknown');
  const isFirst = open >= 0 && !candidates.some((i) => i <= open);
  if (!isFirst) return { ...rest, chosen: candidates[0] ?? null };
  // It may be the one that is taken; if it is not, the first candidate is.
  const { decision: told } = trial.judged[open]!;
  return { ...rest, chosen: null, contenders: candidates.slice(0, 1), decision: told };
};

/** The first of all, fit or not (.NET SslStream on Linux). */
export const firstOfAll: Picks = ({ judged }) => ({
  candidates: judged[0]!.isCandidate ? [0] : [],
  chosen: judged[0]!.isCandidate ? 0 : null,
  decision: judged[0]!.decision,
  way: message('takes-first-of-all'),
});

/** The user is shown the candidates. */
export const userPicks: Picks = (trial) => {
  const candidates = candidatesOf(trial);
  const way = message('lets-user-choose');
  if (candidates.length < 2) return { candidates, chosen: candidates[0] ?? null, way };
  const facts = { count: candidates.length, given: trial.judged.length };
  return { candidates, chosen: null, decision: amongSeveral(trial, 'prompts-with-several', facts), way };
};

/** A hash table's order decides, which cannot be seen from outside. */
export const hashOrder: Picks = (trial) => amongAliases(trial, candidatesOf(trial));

/** The same among these alone. */
export function amongAliases(trial: Trial, contenders: readonly number[]): Picked {
  const way = message('takes-by-alias');
  const rest = { candidates: candidatesOf(trial), contenders, way };
  if (contenders.length < 2) return { ...rest, chosen: contenders[0] ?? null };
  const judged = trial.judged.map((one, i) => ({ ...one, isCandidate: contenders.includes(i) }));
  const facts = { count: contenders.length };
  return { ...rest, chosen: null, decision: amongSeveral({ ...trial, judged }, 'order-of-aliases', facts) };
}

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
  way: message('lets-application-choose'),
});

/**
 * OpenSSL keeps one certificate for each kind of key, the last loaded. TLS 1.2 looks only at the last of all; under
 * TLS 1.3 the first scheme of the server for which a kind has one decides (t1_lib.c tls_choose_sigalg; observed).
 */
export function lastLoaded(can: Abilities, programs: 'all alike' | 'Python differs'): Picks {
  return (trial) => {
    const { request, identities, judged } = trial;
    const refused = judged.find((one) => one.decision.rule === 'security-level');
    const way = message(request.version < 0x0304 ? 'takes-last-loaded' : 'takes-last-of-key-kind');
    if (refused) return { candidates: [], chosen: null, decision: refused.decision, way };
    const last = judged.length - 1;
    if (request.version < 0x0304) {
      return { candidates: [last].filter((i) => judged[i]!.isCandidate), chosen: last, way };
    }
    const kinds = identities.map(({ leaf }) => leaf.keyKind);
    const kept = candidatesOf(trial).filter((i) => kinds.lastIndexOf(kinds[i]!) === i);
    const rank = (i: number): number => {
      const { version, signatureAlgorithms: offered } = request;
      const [first] = usableSchemes({ leaf: identities[i]!.leaf, version, offered }, can);
      return (offered ?? []).indexOf(first?.id ?? -1);
    };
    const candidates = kept.sort((a, b) => rank(a) - rank(b));
    const chosen = candidates[0] ?? null;
    const [pythons] = candidates.toSorted(
      (a, b) => OWN_ORDER.indexOf(kinds[a]!) - OWN_ORDER.indexOf(kinds[b]!),
    );
    const differs = programs === 'Python differs' && pythons !== undefined && pythons !== chosen;
    // The last of all is kept for sure; where none that is kept fits, it does not.
    const told = chosen === null ? { decision: judged[last]!.decision } : {};
    return { candidates, chosen, way, ...told, ...(differs ? { programs: { Python: pythons } } : {}) };
  };
}

/**
 * Of its default signature algorithms, which decide instead of the server's under SSL_OP_CIPHER_SERVER_PREFERENCE
 * (tls1_set_shared_sigalgs); Python sets that in every context (observed with 3.11).
 */
const OWN_ORDER: readonly KeyKind[] = ['ec', 'ed25519', 'ed448', 'rsa-pss', 'rsa'];

/** GnuTLS goes through the listed names and takes the first identity that leads to one (lib/auth/cert.c). */
export const byListedName: Picks = (trial) => {
  const { request, identities, judged } = trial;
  const reached = (i: number): number => {
    const { leaf, held } = identities[i]!;
    const issuers = [leaf, ...held].map((one) => one.issuer);
    return request.authorities.findIndex((name) => issuers.some((one) => sameNames('der', one, name)));
  };
  const candidates = candidatesOf(trial).sort((a, b) => reached(a) - reached(b));
  const way = message('takes-by-listed-name');
  if (candidates.length > 0) return { candidates, chosen: candidates[0]!, way };
  // One that cannot be used at all ends the handshake only where there is no other (observed).
  const { decision: told } = judged.find((one) => one.decision.offer !== 'aborted') ?? judged[0]!;
  return { candidates, chosen: null, decision: told, way };
};
