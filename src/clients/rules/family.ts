import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import type { Choice, ClientModel, Confidence, Identity, LateKind } from '../model.ts';
import { type LateRule, lateAnswer } from './late.ts';
import { choice, type Judged, type Picks } from './picks.ts';
import { type Check, decision, message, PASS, type Pass, type Question } from './verdict.ts';

/** A client family as a table: its checks in the order in which the program makes them. */
export interface Family {
  readonly id: string;
  /** As `name`, without words of a language. */
  readonly title: string;
  /** What a sentence calls it: 'Go', 'Chrome (Windows)'. A name in every language, without an article. */
  readonly name: string;
  readonly source: string;
  /** How sure we are of the family as a whole; a check may say less of itself. */
  readonly confidence: Confidence;
  /** What makes the certificate a candidate. */
  readonly checks: readonly Check[];
  /** What becomes of it once it is chosen: an abort, or an empty Certificate after all. */
  readonly afterwards?: readonly Check[];
  /** What follows when every check passed. */
  readonly offers: 'offered' | 'prompted';
  /** Which of several candidates is taken. */
  readonly picks: Picks;
  /** Where several identities are judged otherwise than a single one. */
  readonly severally?: Partial<Pick<Family, 'checks' | 'afterwards'>>;
  readonly late: Readonly<Record<LateKind, LateRule>>;
}

/**
 * The model of a family. A certificate that was given without its private key is judged as if the key were there
 * (the question is what the list does to it); an offer then says so.
 */
export function clientModel(family: Family): ClientModel {
  return {
    id: family.id,
    title: family.title,
    source: family.source,
    decide: (request, identity, at) => judge({ request, identity, at, family }).decision,
    choose: (request, identities, at) => choose(request, identities, at, family),
    late: (kind) => lateAnswer(family, kind),
  };
}

function choose(
  request: CertificateRequest,
  identities: readonly Identity[],
  at: number,
  single: Family,
): Choice {
  const family = identities.length > 1 ? { ...single, ...single.severally } : single;
  const judged = identities.map((one) => {
    const besideOthers = identities.flatMap((other) => (other === one ? [] : other.held));
    return judge({ request, identity: { ...one, besideOthers }, at, family });
  });
  return choice({ request, at, identities, judged, family });
}

function judge(question: Question): Judged {
  const { checks, afterwards = [] } = question.family;
  let reason: Pass = PASS;
  for (const check of [...checks, ...afterwards]) {
    const verdict = check(question);
    if (verdict.is === 'stop') {
      return { decision: decision(question.family, verdict), isCandidate: afterwards.includes(check) };
    }
    if (verdict.reason !== undefined) reason = verdict;
  }
  return { decision: passed(reason, question), isCandidate: true };
}

function passed({ rule = 'no-objection', reason, confidence }: Pass, { family, identity }: Question) {
  const { id, facts } = reason ?? message('no-objection');
  return decision(family, {
    offer: family.offers,
    rule,
    reason: message(id, identity.hasPrivateKey ? facts : { ...facts, proviso: 'key' }),
    changes: [],
    ...(confidence ? { confidence } : {}),
  });
}
