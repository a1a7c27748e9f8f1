import { say } from '../../base/message.ts';
import type { Choice, ClientModel, Identity } from '../../clients/model.ts';
import { en } from '../../clients/words/en.ts';
import type { CertificatePart, ChoiceRecord, ChoiceRow } from '../../report/why.ts';
import { version } from '../../wire/tls/registry/index.ts';
import type { AnsweredProbe, SeenRequest } from './asking.ts';
import { lateDecision, requestsOfClients } from './client-rows.ts';
import type { WhyQuestion, WhyTools } from './question.ts';

/** What each client family does that is given all identities at once; empty with one, or when nothing was asked. */
export function choiceRows(
  answers: readonly AnsweredProbe[],
  { identity, others = [] }: WhyQuestion,
  { clients, now }: WhyTools,
): ChoiceRow[] {
  const requests = requestsOfClients(answers);
  if (!identity || others.length === 0 || requests.length === 0) return [];
  const identities = [identity, ...others.map((one) => one.identity)];
  return clients.map((client) => ({
    id: client.id,
    title: client.title,
    decisions: requests.map((seen) => choose(client, seen, identities, now)),
  }));
}

/** Who cannot answer that late never comes to choose. */
function choose(
  client: ClientModel,
  { request, when }: SeenRequest,
  identities: readonly Identity[],
  at: number,
): ChoiceRecord {
  const asked = { version: version.name(request.version), when };
  const late = lateDecision(client, when, asked);
  if (late) {
    const { wouldChange: _, changes: __, ...told } = late;
    const part = late.offer === 'unknown' ? 'possible' : 'never';
    return { ...told, parts: identities.map(() => part), how: null, programs: {} };
  }
  const choice = client.choose(request, identities, at);
  const { offer, because, rule, confidence, reason } = choice.decision;
  return {
    ...asked,
    ...{ offer, because, rule, confidence, reason },
    parts: identities.map((_, i) => partOf(choice, i)),
    how: choice.way && say(en, choice.way),
    ...(choice.way ? { way: choice.way } : {}),
    programs: Object.fromEntries(Object.entries(choice.programs).map(([name, i]) => [name, i + 1])),
  };
}

function partOf(choice: Choice, i: number): CertificatePart {
  const { decision, decisions, chosen, candidates, contenders } = choice;
  const alone = decisions[i]!.offer;
  if (contenders.includes(i)) {
    if (alone === 'withheld') return 'never';
    if (alone !== 'offered' && alone !== 'prompted') return alone === 'unknown' ? 'possible' : 'fails';
    if (decision.offer === 'prompted') return 'shown';
    return chosen === i ? 'taken' : 'possible';
  }
  if (candidates.includes(i)) return 'spare';
  // Of one that nobody can judge nobody can say that it is left out, unless the whole is decided.
  return alone === 'unknown' && chosen === null ? 'possible' : 'never';
}
