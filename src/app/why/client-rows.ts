import { known } from '../../base/known.ts';
import type { ClientModel, Identity, LateKind } from '../../clients/model.ts';
import { sameNames } from '../../net/weight.ts';
import type { ClientRow } from '../../report/why.ts';
import { version } from '../../wire/tls/registry/index.ts';
import type { Asked } from '../../wire/tls/session/client/index.ts';
import type { Name } from '../../wire/x509/name.ts';
import { type AnsweredProbe, requestsOf, type SeenRequest } from './asking.ts';
import type { WhyQuestion, WhyTools } from './question.ts';

type DecisionRecord = ClientRow['decisions'][number];

/** What each client family would answer to what was asked of an ordinary client. */
export function clientRows(
  answers: readonly AnsweredProbe[],
  question: WhyQuestion,
  { clients, now }: WhyTools,
): ClientRow[] {
  const { identity } = question;
  const requests = requestsOfClients(answers);
  const lists = listsOf(answers);
  if (!identity || requests.length === 0) return [];
  const better = withIssuers(identity, question);
  return clients.map((client) => {
    const decisions = requests.map((seen) => ({
      ...decide(client, seen, identity, now),
      ...(lists.length > 1
        ? { list: lists.findIndex((one) => sameNames(one, seen.request.authorities)) }
        : {}),
    }));
    const changed = better && requests.map((seen) => decide(client, seen, better, now).offer);
    const differs = changed?.some((offer, i) => offer !== decisions[i]!.offer);
    return {
      id: client.id,
      title: client.title,
      decisions,
      withIssuer: differs ? [...new Set(changed)].join(', ') : null,
      source: client.source,
    };
  });
}

/** In the order in which the document has them (report/why-lists.ts). */
function listsOf(answers: readonly AnsweredProbe[]): (readonly Name[])[] {
  const lists: (readonly Name[])[] = [];
  for (const { request } of answers.flatMap(requestsOf))
    if (!lists.some((one) => sameNames(one, request.authorities))) lists.push(request.authorities);
  return lists;
}

/** What an ordinary client meets: its own name, the version that comes about, the paths of the question. */
const OF_CLIENTS = new Set<AnsweredProbe['about']>(['base', 'late', 'paths']);

/** Each request once that differs in what a client looks at. */
export function requestsOfClients(answers: readonly AnsweredProbe[]): SeenRequest[] {
  const seen = answers.filter(({ about }) => OF_CLIENTS.has(about)).flatMap(requestsOf);
  return seen.filter((one, i) => seen.findIndex((other) => isAlike(one, other)) === i);
}

const isAlike = (a: SeenRequest, b: SeenRequest): boolean =>
  keyOf(a) === keyOf(b) && sameNames(a.request.authorities, b.request.authorities);

const keyOf = ({ when, request }: SeenRequest): string =>
  JSON.stringify([when, request.version, request.certificateTypes, request.signatureAlgorithms]);

function withIssuers(identity: Identity, { issuers }: WhyQuestion): Identity | null {
  if (!issuers?.length) return null;
  return { ...identity, held: [...identity.held, ...issuers], reachable: known([...issuers]) };
}

/** Who cannot answer that late never comes to choose. */
function decide(
  client: ClientModel,
  { request, when }: SeenRequest,
  identity: Identity,
  at: number,
): DecisionRecord {
  const asked = { version: version.name(request.version), when };
  return lateDecision(client, when, asked) ?? { ...asked, ...ordinary(client.decide(request, identity, at)) };
}

const ordinary = ({
  offer,
  because,
  rule,
  wouldChange,
  confidence,
  reason,
  changes,
}: ReturnType<ClientModel['decide']>) => ({
  offer,
  because,
  rule,
  wouldChange,
  confidence,
  reason,
  changes,
});

const LATE: Readonly<Record<Asked, LateKind | null>> = {
  handshake: null,
  renegotiation: 'renegotiation',
  'post-handshake': 'post-handshake',
};

/** null: it answers a late request as an early one. */
export function lateDecision(
  client: ClientModel,
  when: Asked,
  asked: Pick<DecisionRecord, 'version' | 'when'>,
): DecisionRecord | null {
  const kind = LATE[when];
  const late = kind && client.late(kind);
  if (!late || late.can === 'yes') return null;
  // A server that renegotiates meets a refusal; one that may not ask after the handshake is left without.
  const refused = when === 'renegotiation' ? 'aborted' : 'withheld';
  return {
    ...asked,
    offer: late.can === 'no' ? refused : 'unknown',
    because: `${late.how} ${late.sees}`,
    rule: `late-${late.can}`,
    wouldChange: [],
    confidence: late.confidence,
    reason: late.way,
    changes: [],
  };
}
