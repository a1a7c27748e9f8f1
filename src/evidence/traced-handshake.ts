import type { Locus } from '../base/locus.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import { version as versions } from '../wire/tls/registry/index.ts';
import { printName } from '../wire/x509/name.ts';
import type { AlertSeen, ClientAnswer, HandshakeSeen, RequestInWords } from './claims.ts';
import type { ReadContext } from './reader.ts';

/** One connection as a client's trace tells it, while it is read. */
export interface Traced {
  readonly tool: string;
  /** The most telling line. */
  at: Locus;
  /** As the client was told to connect. */
  host?: string;
  /** As it was resolved. */
  address?: string;
  port?: number;
  serverName?: string;
  version?: number;
  asked?: boolean;
  /** The request with its DER, where the trace has the bytes. */
  request?: CertificateRequest;
  /** Names as printed, where it has no more than these; or only how many there were. */
  authorities?: string[];
  authorityCount?: number;
  certificateTypes?: number[];
  signatureAlgorithms?: number[];
  late?: 'renegotiation' | 'post-handshake';
  sent?: ClientAnswer['sent'];
  leaf?: NonNullable<ClientAnswer['leaf']>;
  chainLength?: number;
  proved?: true;
  readonly alerts: AlertSeen[];
  completed?: boolean;
  status?: number;
  time?: number;
  /** The server's certificate as printed. */
  server?: { subject?: string; issuer?: string };
  /** An earlier session was taken up. */
  resumed?: true;
}

/** Longer traces of one connection tell nothing new. */
const MOST_ALERTS = 16;

export function addAlert(traced: Traced, alert: AlertSeen): void {
  const isCopy = traced.alerts.some(
    (one) => one.from === alert.from && one.code === alert.code && one.level === alert.level,
  );
  if (!isCopy && traced.alerts.length < MOST_ALERTS) traced.alerts.push(alert);
}

/** Claims what the trace of a connection shows; false when that is nothing of a request or its answer. */
export function tellTraced(traced: Traced, context: ReadContext): boolean {
  const { request, asked, port } = traced;
  if (asked === undefined && traced.alerts.length === 0 && !traced.resumed && !traced.server) return false;
  if (port !== undefined && (request || (asked === false && isDecoded(traced))))
    context.claim(inBytes(traced, port));
  else context.claim(inWords(traced));
  return true;
}

/** Whether the messages themselves were traced, not only what a tool says of them. */
const isDecoded = ({ tool }: Traced): boolean => tool === 'Chrome';

function inBytes(traced: Traced, port: number): HandshakeSeen {
  const { request = null, late, time, version } = traced;
  const address = traced.address ?? (isAddress(traced.host) ? traced.host : undefined);
  return {
    says: 'certificate-request',
    ...(address === undefined ? {} : { address }),
    port,
    ...serverNameOf(traced),
    ...(time === undefined ? {} : { time }),
    request,
    ...(late ? { late: { when: late } } : {}),
    ...(version === undefined ? {} : { version }),
    answers: [answerOf(traced)],
    at: { ...traced.at, text: traced.at.text ?? summaryOf(traced) },
  };
}

function inWords(traced: Traced): RequestInWords {
  const { host, port, version, asked, request, late, status, time, tool } = traced;
  const authorities = request?.authorities.map(printName) ?? traced.authorities;
  const certificateTypes = request?.certificateTypes ?? traced.certificateTypes;
  const signatureAlgorithms = request?.signatureAlgorithms ?? traced.signatureAlgorithms;
  return {
    says: 'request-in-words',
    tool,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...serverNameOf(traced),
    ...(version === undefined ? {} : { version }),
    ...(asked === undefined ? {} : { asked }),
    ...(authorities && asked ? { authorities } : {}),
    ...(traced.authorityCount === undefined ? {} : { authorityCount: traced.authorityCount }),
    ...(certificateTypes && asked ? { certificateTypes } : {}),
    ...(signatureAlgorithms && asked ? { signatureAlgorithms } : {}),
    ...(late ? { late } : {}),
    answer: answerOf(traced),
    ...(status === undefined ? {} : { status }),
    ...(time === undefined ? {} : { time }),
    ...(traced.server ? { server: traced.server } : {}),
    ...(traced.resumed ? { resumed: true as const } : {}),
    at: traced.at,
  };
}

function answerOf({ sent = 'unseen', leaf, chainLength, proved, alerts, completed }: Traced): ClientAnswer {
  return {
    sent,
    ...(leaf ? { leaf } : {}),
    ...(chainLength === undefined ? {} : { chainLength }),
    ...(proved ? { proved } : {}),
    ...(alerts.length > 0 ? { alerts } : {}),
    ...(completed === undefined ? {} : { completed }),
    count: 1,
  };
}

/** Clients send the host name that they connect to, unless told otherwise; addresses are none (RFC 6066 3). */
function serverNameOf({ serverName }: Traced): { serverName?: string } {
  return serverName === undefined ? {} : { serverName };
}

export const isAddress = (host: string | undefined): host is string =>
  host !== undefined && (/^\d+(?:\.\d+){3}$/.test(host) || host.includes(':'));

function summaryOf({ host, address, port, version, request }: Traced): string {
  const where = `${address ?? host ?? 'a server'}:${port}`;
  const asked = request ? `${request.authorities.length} issuers named` : 'no certificate asked for';
  return `${where}, ${version === undefined ? 'TLS' : versions.name(version)}: ${asked}`;
}
