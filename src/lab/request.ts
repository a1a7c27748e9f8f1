import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerOf } from '../base/known.ts';
import type { Host, Site } from '../windows/host.ts';
import { printKey } from '../windows/http-sys/key.ts';
import { siteFor } from '../windows/iis/access.ts';
import { LATE_REFUSED, requestOutcome, whenAsked } from '../windows/iis/status.ts';
import { TLS12, TLS13 } from '../wire/tls/registry/version.ts';
import { checkSignatures } from './client-chain.ts';
import type { Connection } from './connection.ts';
import { errorPage, invalidHostPage, type Outcome, reasonOf, welcomePage } from './pages.ts';
import type { LogWriter } from './w3c-log.ts';

/** serverRuntime/uploadReadAheadSize: what is read of a body before the certificate is asked for (domain 5.3). */
const READ_AHEAD = 49_152;

export interface RequestTools {
  readonly log: LogWriter;
  readHost(): Promise<Host>;
}

/** One request through http.sys and IIS: the site, the late CertificateRequest, the status, the log. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  connection: Connection,
  tools: RequestTools,
): Promise<void> {
  const startedAt = Date.now();
  const host = await tools.readHost();
  const url = splitUrl(request.url ?? '/');
  const site = siteOf(host, request, connection);
  if (!site) return respond(response, 400, invalidHostPage());
  const outcome = await outcomeOf(request, connection, host, site, url.path);
  if (outcome === 'reset') return connection.reset();
  await tools.log.write({
    at: startedAt,
    site: site.id,
    serverIp: connection.address,
    serverPort: connection.port,
    clientIp: connection.client,
    method: request.method ?? '',
    path: url.path,
    query: url.query,
    userAgent: request.headers['user-agent'] ?? '',
    referer: request.headers.referer ?? '',
    ...outcome,
    milliseconds: Date.now() - startedAt,
  });
  if (outcome.win32 === ERROR_NETNAME_DELETED) return connection.reset();
  respond(response, outcome.status, pageOf(outcome, connection, url.path));
}

function siteOf(host: Host, request: IncomingMessage, { address, port }: Connection): Site | undefined {
  const hostHeader = (request.headers.host ?? '').replace(/:\d*$/, '');
  return answerOf(siteFor(host, { address, port, hostHeader }));
}

const ERROR_NETNAME_DELETED = 64;
const TOO_LARGE: Outcome = { status: 413, substatus: 1, win32: 0 };
const REFUSED_RENEGOTIATION: Outcome = { status: 403, substatus: 7, win32: ERROR_NETNAME_DELETED };

async function outcomeOf(
  request: IncomingMessage,
  connection: Connection,
  host: Host,
  site: Site,
  path: string,
): Promise<Outcome | 'reset'> {
  const { record: binding } = connection;
  const version = connection.tls.getProtocol() === 'TLSv1.3' ? TLS13 : TLS12;
  const asked = answerOf(whenAsked(host, binding, site, path, version));
  if (asked === 'reset') return 'reset';
  if (asked === '500.0') return LATE_REFUSED;
  if (asked === 'after-request' && connection.chain() === null) {
    const ended = await askLate(request, connection);
    if (ended) return ended;
  }
  const chain = connection.chain();
  const signatures = checkSignatures(chain ?? [], host);
  return answerOf(requestOutcome(host, { binding, site, path, chain, signatures, at: Date.now() }));
}

/** The certificate is asked for after the request was read (domain 6.1, 6.4). null: asked, go on. */
async function askLate(request: IncomingMessage, connection: Connection): Promise<Outcome | null> {
  if (!(await readAhead(request))) return TOO_LARGE;
  // 403.7 with 64 is not found in public texts: unverified (domain 5.2).
  return (await connection.askAgain()) ? null : REFUSED_RENEGOTIATION;
}

/** Reads the body as far as http.sys does before a second handshake. False: there is more of it. */
async function readAhead(request: IncomingMessage): Promise<boolean> {
  let read = 0;
  for await (const chunk of request) {
    read += (chunk as Buffer).length;
    if (read > READ_AHEAD) return false;
  }
  return true;
}

function pageOf(outcome: Outcome, connection: Connection, path: string): string {
  if (outcome.status !== 200) return errorPage(outcome);
  return welcomePage({
    path,
    tls: (connection.tls.getProtocol() ?? '').replace('TLSv', 'TLS '),
    record: printKey(connection.record.key),
    chain: connection.chain(),
  });
}

function respond(response: ServerResponse, status: number, page: string): void {
  // What is left of a body too large to be read would be taken for the next request.
  if (status === 413) response.shouldKeepAlive = false;
  response.writeHead(status, reasonOf(status), {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(page),
    'Cache-Control': 'private',
    Server: 'Microsoft-IIS/10.0',
    'X-Handclasp-Lab': '1',
  });
  response.end(page);
}

/** 'cs-uri-stem' and 'cs-uri-query' of a request target; absolute targets (RFC 9112 3.2.2) lose their origin. */
function splitUrl(target: string): { path: string; query: string } {
  const local = target.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
  const at = local.indexOf('?');
  return at < 0 ? { path: local, query: '' } : { path: local.slice(0, at), query: local.slice(at + 1) };
}
