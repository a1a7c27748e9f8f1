import { type Message, say } from '../../base/message.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import type { Confidence, Decision, Identity, Offer } from '../model.ts';
import { en } from '../words/en.ts';
import type { Family } from './family.ts';

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
  readonly reason?: Message;
  readonly confidence?: Confidence;
}

/** The check decides: the certificate is not offered, or nobody knows. */
export interface Stop {
  readonly is: 'stop';
  readonly offer: Offer;
  readonly rule: string;
  readonly reason: Message;
  readonly changes: readonly Message[];
  readonly confidence?: Confidence;
}

export type Check = (question: Question) => Pass | Stop;

export const PASS: Pass = { is: 'pass' };

/** A message of words/; each can name the family as {client}. */
export const message = (id: string, facts: Message['facts'] = {}): Message => ({ id, facts });

/** A verdict as a decision, with its English words. */
export function decision(
  family: Family,
  { offer, rule, reason, changes, confidence = family.confidence }: Omit<Stop, 'is'>,
): Decision {
  const why = naming(family, reason);
  const ways = changes.map((one) => naming(family, one));
  return {
    offer,
    because: say(en, why),
    rule,
    wouldChange: ways.map((one) => say(en, one)),
    confidence,
    reason: why,
    changes: ways,
  };
}

export const naming = (family: Family, { id, facts }: Message): Message =>
  message(id, { client: family.name, ...facts });
