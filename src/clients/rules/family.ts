import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import type { ClientModel, Confidence, Decision, Identity, Offer } from '../model.ts';

/** What every check of a client family is given. */
export interface Question {
  readonly request: CertificateRequest;
  readonly identity: Identity;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly family: Family;
}

/** The check lets the certificate through; with a reason, when that is worth telling in the end. */
export interface Pass {
  readonly is: 'pass';
  readonly rule?: string;
  readonly because?: string;
  readonly confidence?: Confidence;
}

/** The check decides: the certificate is not offered, or nobody knows. */
export interface Stop {
  readonly is: 'stop';
  readonly offer: Offer;
  readonly rule: string;
  readonly because: string;
  readonly wouldChange: readonly string[];
  readonly confidence?: Confidence;
}

export type Check = (question: Question) => Pass | Stop;

/** A client family as a table: its checks in the order in which the program makes them. */
export interface Family {
  readonly id: string;
  readonly title: string;
  /** What a sentence calls it: 'Go', 'Firefox'. */
  readonly name: string;
  readonly source: string;
  /** How sure we are of the family as a whole; a check may say less of itself. */
  readonly confidence: Confidence;
  readonly checks: readonly Check[];
  /** What follows when every check passed. */
  readonly offers: 'offered' | 'prompted';
}

export const PASS: Pass = { is: 'pass' };

/**
 * The model of a family. A certificate that was given without its private key is judged as if the key were there
 * (the question is what the list does to it); an offer then says so.
 */
export function clientModel(family: Family): ClientModel {
  return {
    id: family.id,
    title: family.title,
    source: family.source,
    decide: (request, identity, at) => decide({ request, identity, at, family }),
  };
}

function decide(question: Question): Decision {
  const { family, identity } = question;
  let reason: Pass = PASS;
  for (const check of family.checks) {
    const verdict = check(question);
    if (verdict.is === 'stop') return stopped(verdict, family);
    if (verdict.because !== undefined) reason = verdict;
  }
  const because = reason.because ?? `Nothing keeps ${family.name} from offering it.`;
  return {
    offer: family.offers,
    rule: reason.rule ?? 'no-objection',
    because: identity.hasPrivateKey
      ? because
      : because.replace(/\.$/, ', provided that it has the private key.'),
    wouldChange: [],
    confidence: reason.confidence ?? family.confidence,
  };
}

function stopped({ offer, rule, because, wouldChange, confidence }: Stop, family: Family): Decision {
  return { offer, rule, because, wouldChange, confidence: confidence ?? family.confidence };
}
