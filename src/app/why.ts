import { toHex } from '../base/bytes.ts';
import { known, unknown } from '../base/known.ts';
import type { Digest, SigningKey } from '../base/ports.ts';
import type { ClientModel, Identity } from '../clients/model.ts';
import type { BeforeTls, ProbeEnd, ProbeOptions, ProbeResult, ProbeTarget } from '../net/probe-types.ts';
import type { ClientRow, IdentityRecord, ProbeRecord, RequestRecord, WhyReport } from '../report/why.ts';
import {
  alert,
  cipherSuite,
  clientCertificateType,
  signatureScheme,
  version,
} from '../wire/tls/registry/index.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { printName } from '../wire/x509/name.ts';

export interface WhyQuestion {
  readonly url: URL;
  /** server_name to send; null for none. */
  readonly serverName: string | null;
  /** Connect here instead of to the name in the URL. */
  readonly connectTo?: string;
  /** Protocol in whose words TLS is begun: an id of net/starttls. */
  readonly starttls?: string;
  /** Options that all connections share: a proxy, whether there is HTTP to speak. */
  readonly shared?: ProbeOptions;
  /** TLS versions to ask with, one connection each. */
  readonly versions: readonly number[];
  readonly identity?: Identity;
  /** The leaf first; with a key the certificate is really shown to the server as well. */
  readonly key?: SigningKey;
  /** The leaf's issuing CA, when the user has it but the client's file does not. */
  readonly issuers?: readonly Certificate[];
  readonly timeout?: number;
}

export interface WhyTools {
  readonly probe: (target: ProbeTarget, options?: ProbeOptions) => Promise<ProbeResult>;
  readonly digest: Digest;
  readonly clients: readonly ClientModel[];
  readonly now: number;
  readonly toolVersion: string;
}

/** Asks a server on the wire and says what each client family would answer. Connects, changes nothing. */
export async function why(question: WhyQuestion, tools: WhyTools): Promise<WhyReport> {
  const target = targetOf(question);
  const bare = await Promise.all(question.versions.map((v) => ask(target, v, question, tools, false)));
  const shown = question.key && question.identity ? await showTo(bare, target, question, tools) : [];
  const probes = [...bare, ...shown].map(({ asked, result }) => recordProbe(result, asked, tools.digest));
  const clients = question.identity ? bare.flatMap(({ result }) => result) : [];
  const rows = question.identity ? clientRows(clients, question, tools) : [];
  return {
    schema: 'handclasp/why/1',
    tool: { name: 'handclasp', version: tools.toolVersion },
    madeAt: new Date(tools.now).toISOString(),
    url: question.url.href,
    headline: headline(target, probes, rows, question.identity),
    probes,
    identity: question.identity ? recordIdentity(question.identity, tools.digest) : null,
    clients: rows,
    notes: notesOf(question, bare),
  };
}

/** What limits the answer. */
function notesOf({ identity, key }: WhyQuestion, bare: readonly Asked[]): string[] {
  const asked = bare.some(({ result }) => result.request !== null);
  if (!identity || key || !asked) return [];
  return [
    'the certificate came without its private key: what clients do is predicted as if they had it, and it was not shown to the server',
  ];
}

interface Asked {
  readonly asked: number;
  readonly result: ProbeResult;
}

function targetOf({ url, serverName, connectTo, starttls }: WhyQuestion): ProbeTarget {
  const host = connectTo ?? url.hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    host,
    port: url.port === '' ? 443 : Number(url.port),
    serverName,
    path: url.pathname + url.search,
    ...(starttls === undefined ? {} : { starttls }),
  };
}

async function ask(
  target: ProbeTarget,
  asked: number,
  question: WhyQuestion,
  tools: WhyTools,
  show: boolean,
): Promise<Asked> {
  const { identity, key, timeout } = question;
  const chain = identity && key && show ? [identity.leaf, ...identity.held].map((c) => c.der) : null;
  const options: ProbeOptions = {
    http: true,
    ...question.shared,
    versions: [asked],
    choose: () => (chain && key ? { chain, key } : null),
    ...(timeout === undefined ? {} : { timeout }),
  };
  return { asked, result: await tools.probe(target, options) };
}

/** Only where the server asked is there anything to show. */
function showTo(
  bare: readonly Asked[],
  target: ProbeTarget,
  question: WhyQuestion,
  tools: WhyTools,
): Promise<Asked[]> {
  const asking = bare.filter(({ result }) => result.request !== null);
  return Promise.all(asking.map(({ asked }) => ask(target, asked, question, tools, true)));
}

function clientRows(results: readonly ProbeResult[], question: WhyQuestion, tools: WhyTools): ClientRow[] {
  const identity = question.identity!;
  const requests = results.flatMap((result) => (result.request ? [{ result, request: result.request }] : []));
  if (requests.length === 0) return [];
  const withIssuers: Identity | null = question.issuers?.length
    ? { ...identity, held: [...identity.held, ...question.issuers], reachable: known([...question.issuers]) }
    : null;
  return tools.clients.map((client) => {
    const decisions = requests.map(({ request }) => ({
      version: version.name(request.version),
      ...client.decide(request, identity, tools.now),
    }));
    const better = withIssuers
      ? requests.map(({ request }) => client.decide(request, withIssuers, tools.now).offer)
      : [];
    const changed = better.some((offer, i) => offer !== decisions[i]!.offer);
    return {
      id: client.id,
      title: client.title,
      decisions,
      withIssuer: changed ? [...new Set(better)].join(', ') : null,
      source: client.source,
    };
  });
}

export function recordProbe(result: ProbeResult, asked: number, digest: Digest): ProbeRecord {
  const { target, http } = result;
  return {
    schema: 'handclasp/probe/1',
    target: { host: target.host, port: target.port, path: target.path },
    address: result.address,
    serverName: target.serverName,
    version: version.name(result.version ?? asked),
    cipherSuite: result.cipherSuite === null ? null : cipherSuite.name(result.cipherSuite),
    end: describeEnd(result),
    completed: result.end.is === 'completed',
    request: result.request ? recordRequest(result.request, digest) : null,
    sent: result.sent,
    http: http
      ? { status: http.status, substatus: /HTTP Error (\d{3}\.\d{1,3})/.exec(http.body)?.[1] ?? null }
      : null,
    at: new Date(result.startedAt).toISOString(),
    milliseconds: Math.round(result.milliseconds),
  };
}

function recordRequest(request: NonNullable<ProbeResult['request']>, digest: Digest): RequestRecord {
  return {
    version: request.version,
    certificateTypes: request.certificateTypes?.map(clientCertificateType.name) ?? null,
    signatureAlgorithms: request.signatureAlgorithms?.map(signatureScheme.name) ?? null,
    authoritiesPresent: request.authoritiesPresent,
    authoritiesLength: request.authoritiesLength,
    authorities: request.authorities.map((name) => ({
      name: printName(name),
      der: Buffer.from(name.der).toString('base64'),
      sha256: toHex(digest.digest('sha256', name.der)),
    })),
  };
}

function recordIdentity(identity: Identity, digest: Digest): IdentityRecord {
  const { leaf } = identity;
  return {
    subject: printName(leaf.subject),
    issuer: printName(leaf.issuer),
    thumbprint: toHex(digest.digest('sha1', leaf.der)),
    notAfter: new Date(leaf.notAfter).toISOString(),
    hasPrivateKey: identity.hasPrivateKey,
    held: identity.held.map((one) => printName(one.subject)),
  };
}

/** One sentence on how a conversation ended; a refusal is the peer's answer, not an error. */
export function describeEnd(result: ProbeResult): string {
  const asked = result.request ? 'asks for a certificate' : 'does not ask for a certificate in the handshake';
  const sent = result.sent === null ? '' : result.sent === 0 ? ', none sent' : `, ${result.sent} sent`;
  return result.end.is === 'completed'
    ? `${asked}${sent}`
    : `${result.request ? `${asked}${sent}; ` : ''}${sayEnd(result.end)}`;
}

function sayEnd(end: Exclude<ProbeEnd, { is: 'completed' }>): string {
  switch (end.is) {
    case 'refused':
      return `refused with alert ${end.alert} ${alert.name(end.alert)} after ${end.after}`;
    case 'closed':
      return `closed the connection after ${end.after}`;
    case 'reset':
      return `reset the connection after ${end.after}`;
    case 'timeout':
      return `no answer in time after ${end.after}`;
    case 'unreachable':
      return `unreachable: ${end.why}`;
    case 'before-tls':
      return sayBeforeTls(end);
    case 'not-tls':
      return `speaks no TLS there: ${end.saw}`;
    case 'malformed':
      return `sent what is not valid TLS: ${end.why}`;
  }
}

/** "the proxy answered 407 …", "its SMTP did not come to TLS: 454 …" */
function sayBeforeTls({ stage, protocol, how, said }: BeforeTls): string {
  const who = stage === 'proxy' ? 'the proxy' : `the server, asked for TLS in ${protocol},`;
  switch (how) {
    case 'refused':
      return `${who} answered ${said}`;
    case 'malformed':
      return `${who} sent what is not ${protocol}: ${said}`;
    case 'closed':
      return `${who} closed the connection where its ${said} was due`;
    case 'reset':
      return `${who} reset the connection where its ${said} was due`;
    case 'timeout':
      return `${who} sent no ${said} in time`;
  }
}

function headline(
  target: ProbeTarget,
  probes: readonly ProbeRecord[],
  rows: readonly ClientRow[],
  identity?: Identity,
): string {
  const where = `${target.serverName ?? target.host}:${target.port}`;
  const asking = probes.find((probe) => probe.request !== null);
  if (!asking?.request) {
    const lost = probes.every((probe) => !probe.completed);
    return lost
      ? `Cannot tell: ${where} — ${probes[0]?.end ?? 'nothing was asked'}.`
      : `${where} does not ask for a client certificate in the handshake; whether it asks after the request, this probe cannot tell.`;
  }
  const names = asking.request.authorities;
  const listed =
    names.length === 0
      ? 'names no issuers (any will do)'
      : `names ${names.length} acceptable issuer${names.length === 1 ? '' : 's'}`;
  const asks = `${where} asks for a client certificate and ${listed}`;
  if (!identity || rows.length === 0) return `${asks}.`;
  const issuer = printName(identity.leaf.issuer);
  const isListed =
    names.length === 0 ||
    names.some((one) => one.der === Buffer.from(identity.leaf.issuer.der).toString('base64'));
  const withheld = rows.filter((row) => row.decisions.every((d) => d.offer === 'withheld')).length;
  const offered = rows.filter((row) =>
    row.decisions.every((d) => d.offer === 'offered' || d.offer === 'prompted'),
  ).length;
  const own = isListed ? '' : `; «${issuer}», which issued this certificate, is not among them`;
  return `${asks}${own}: ${offered} of ${rows.length} client families offer the certificate, ${withheld} withhold it.`;
}

/** 0 every client offers it, or nothing was asked of us; 1 some client does not; 2 the server could not be read. */
export function exitCodeOf(report: WhyReport): number {
  if (report.probes.every((probe) => !probe.completed && probe.request === null)) return 2;
  const offers = report.clients.flatMap((row) => row.decisions.map((decision) => decision.offer));
  if (offers.some((offer) => offer !== 'offered' && offer !== 'prompted' && offer !== 'unknown')) return 1;
  return 0;
}

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
