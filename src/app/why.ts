import { known, unknown } from '../base/known.ts';
import type { Message } from '../base/message.ts';
import type { Identity } from '../clients/model.ts';
import { tell } from '../report/lang/tell.ts';
import type { CertificateRow, ServerRecord, WhyReport } from '../report/why.ts';
import { showingOf } from '../report/why-certificates.ts';
import { makeWhy } from '../report/why-make.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { type AnsweredProbe, type PlannedProbe, requestsOf } from './why/asking.ts';
import { certificateRows, recordHeld } from './why/certificates.ts';
import { choiceRows } from './why/choices.ts';
import { clientRows } from './why/client-rows.ts';
import { kindOf } from './why/kind.ts';
import { nextProbes, type Scope } from './why/plan.ts';
import { hostOf, portOf, showables, type WhyQuestion, type WhyTools } from './why/question.ts';
import { recordProbes } from './why/record.ts';
import { askAll, type Course, type Outcome } from './why/run.ts';
import { quickAsking, scopeOf } from './why/scope.ts';

export { PARAMETERS, type Parameter } from './why/asking.ts';
export { MOST_CONNECTIONS } from './why/plan.ts';
export type { Comparison, HeldCertificate, WhyQuestion, WhyTools } from './why/question.ts';
export { describeEnd, plainAsking, recordProbe } from './why/record.ts';
export { inParallel } from './why/run.ts';

/** Asks a server on the wire and says what each client family would answer. Connects, changes nothing. */
export async function why(question: WhyQuestion, tools: WhyTools): Promise<WhyReport> {
  const scope = scopeOf(question, await addressesOf(question, tools));
  const { answers, cut } = await askAll(planFor(question, scope), courseOf(question, tools));
  const { identity, others = [], mine, userNotes = [] } = question;
  const seen = kindOf(answers);
  return makeWhy({
    toolVersion: tools.toolVersion,
    madeAt: tools.now,
    url: question.url.href,
    probes: recordProbes(answers, tools.digest),
    requests: answers.map((one) => requestsOf(one).map(({ request }) => request)),
    atHand: { ...(identity ? { leaf: identity.leaf } : {}), known: certificatesAtHand(answers, question) },
    identity: identity
      ? await recordHeld({ where: '', ...question.about, identity }, answers, question, tools)
      : null,
    clients: clientRows(answers, question, tools),
    ...(others.length > 0 ? { others: await certificateRows(others, answers, question, tools) } : {}),
    ...(others.length > 0 ? { choices: choiceRows(answers, question, tools) } : {}),
    ...(mine ? { mine: await certificateRows(mine, answers, question, tools) } : {}),
    server: recordServer(seen),
    remarks: [...remarksOnKind(seen), ...remarksOnCut(cut, answers)],
    notes: [...new Set([...answers.flatMap(({ result }) => result.notes ?? []), ...userNotes])],
    ...(question.before ? { before: question.before } : {}),
  });
}

/** A proxy resolves the name itself, and a comparison of addresses would pass it by. */
async function addressesOf(question: WhyQuestion, { resolve }: WhyTools): Promise<readonly string[]> {
  const isWanted = question.compare?.parameters.has('addresses') && !question.shared?.proxy;
  return isWanted && resolve ? resolve(hostOf(question)) : [];
}

function planFor({ quick }: WhyQuestion, scope: Scope) {
  if (!quick) return (answers: readonly AnsweredProbe[]) => nextProbes(scope, answers);
  const only: PlannedProbe = { asking: quickAsking(scope), about: 'base' };
  return (answers: readonly AnsweredProbe[]) => (answers.length === 0 ? [only] : []);
}

const TIMEOUT = 10_000;
/** All connections together: as long as three that end by timeout one after the other. */
const TIMEOUTS = 3;
const MOST_BYTES = 16 * 2 ** 20;
const AT_ONCE = 8;

function courseOf(question: WhyQuestion, tools: WhyTools): Course {
  const { timeout = TIMEOUT, shared, starttls } = question;
  return {
    port: portOf(question),
    probe: tools.probe,
    identities: showables(question),
    timeout,
    within: question.within ?? TIMEOUTS * timeout,
    byteLimit: MOST_BYTES,
    parallel: AT_ONCE,
    untilRequest: question.quick ?? false,
    ...(shared ? { shared } : {}),
    ...(starttls === undefined ? {} : { starttls }),
    ...(tools.signal ? { signal: tools.signal } : {}),
    ...(tools.onProgress ? { onProgress: tools.onProgress } : {}),
  };
}

/** All CA certificates that may tell what the listed names are. */
function certificatesAtHand(
  answers: readonly AnsweredProbe[],
  { identity, issuers, mine = [] }: WhyQuestion,
): Certificate[] {
  const reachable = [identity, ...mine.map((one) => one.identity)].flatMap((one) =>
    one?.reachable.is === 'known' ? one.reachable.value : [],
  );
  const sent = answers.flatMap(({ result }) => result.serverChain);
  return [...(identity?.held ?? []), ...(issuers ?? []), ...new Set(reachable), ...sent];
}

type KindSeen = ReturnType<typeof kindOf>;

const recordServer = ({ tls, product, signs }: KindSeen): ServerRecord => ({
  kind: tls.kind,
  title: tls.title,
  confidence: tls.confidence,
  because: tls.because.map((one) => tell(one)),
  product,
  signs: signs.map((one) => tell(one)),
});

function remarksOnKind({ tls, product }: KindSeen): Message[] {
  const { title, confidence, because } = tls;
  return [
    ...(title === null
      ? []
      : [{ id: 'remark-server-kind', facts: { title, confidence, count: because.length } }]),
    ...(product === null ? [] : [{ id: 'remark-server-product', facts: { product } }]),
  ];
}

const remarksOnCut = (cut: Outcome['cut'], answers: readonly AnsweredProbe[]): Message[] =>
  cut === null ? [] : [{ id: `remark-cut-${cut}`, facts: { count: answers.length } }];

/**
 * 0 every client offers it, or one of several, or nothing was asked of us; 1 some client does not; 2 the server could not be read.
 * Of the user's own stores one certificate is enough.
 */
export function exitCodeOf(report: WhyReport): number {
  if (report.probes.every((probe) => !probe.completed && probe.request === null)) return 2;
  if (report.mine && !report.identity) return report.mine.some(isShown) || !isAsked(report) ? 0 : 1;
  const offers = (report.choices ?? report.clients).flatMap((row) => row.decisions.map(({ offer }) => offer));
  if (offers.some((offer) => offer !== 'offered' && offer !== 'prompted' && offer !== 'unknown')) return 1;
  return 0;
}

const isShown = (row: CertificateRow): boolean => showingOf(row) === 'good';
const isAsked = ({ probes }: WhyReport): boolean => probes.some(({ request }) => request !== null);

/** An identity from a file's certificates: the leaf, and what lies beside it. */
export function identityOf(
  certificates: readonly Certificate[],
  hasPrivateKey: boolean,
  store?: readonly Certificate[],
): Identity | null {
  const [leaf, ...held] = certificates;
  if (!leaf) return null;
  return {
    leaf,
    held,
    hasPrivateKey,
    reachable: store ? known(store) : unknown("the client machine's CA store"),
  };
}
