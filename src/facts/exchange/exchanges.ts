import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import type { ClientAnswer, HandshakeSeen, HandshakesUnread, RequestInWords } from '../../evidence/claims.ts';
import type { UnreadWhy } from '../../evidence/tls-claims.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import { type Name, sameName } from '../../wire/x509/name.ts';
import { isNameInWords } from '../../wire/x509/name-in-words.ts';
import type { Question } from '../question.ts';

/** One handshake, or many that went alike, whichever evidence tells of it: a capture, a probe, a client's trace. */
export interface Exchange {
  readonly at: Locus;
  /** Whose trace: 'curl', 'Java'. */
  readonly tool?: string;
  /** A host name or an address, as far as it is told. */
  readonly host?: string;
  readonly port?: number;
  /** null: the client sent no name; undefined: not told. */
  readonly sni: string | null | undefined;
  readonly version?: number;
  /** undefined: not told. */
  readonly asked?: boolean;
  readonly late?: 'renegotiation' | 'post-handshake';
  /** The request for which it was asked late. */
  readonly path?: string;
  readonly request?: CertificateRequest;
  /** How many issuers it named; undefined: not told. */
  readonly names?: number;
  /** They, as printed, where the DER was not recorded. */
  readonly words?: readonly string[];
  readonly schemes?: readonly number[];
  readonly answers: readonly ClientAnswer[];
  /** Status of the HTTP answer. */
  readonly status?: number;
  readonly time?: number;
  readonly unread?: UnreadWhy;
}

export const WANTED_TRACE =
  "a trace of the failing client's handshake (openssl s_client, curl -v, -Djavax.net.debug=ssl:handshake, a capture), or the error that it prints";

/** All of them. */
export const exchangesOf: Question<readonly Exchange[]> = ({ picture }) => {
  const all = [
    ...picture.handshakes.map(onTheWire),
    ...(picture.requestsInWords ?? []).map(inWords),
    ...(picture.unread ?? []).map(unread),
  ];
  return all.length === 0
    ? unknown(WANTED_TRACE)
    : known(
        all,
        all.map(({ at }) => at),
      );
};

function onTheWire(seen: HandshakeSeen): Exchange {
  const { at, address, port, serverName, request, late, time, answers = [] } = seen;
  const version = request?.version ?? seen.version;
  const host = serverName ?? address;
  return {
    at,
    ...(host === undefined ? {} : { host }),
    port,
    sni: serverName ?? null,
    ...(version === undefined ? {} : { version }),
    asked: request !== null,
    ...(late ? { late: late.when } : {}),
    ...(late?.path === undefined ? {} : { path: late.path }),
    ...(request ? { request, names: request.authorities.length } : {}),
    ...(request?.signatureAlgorithms ? { schemes: request.signatureAlgorithms } : {}),
    answers,
    ...(time === undefined ? {} : { time }),
  };
}

function inWords(told: RequestInWords): Exchange {
  const { at, tool, host, port, serverName, version, asked, late, answer, status, time } = told;
  const names = told.authorities?.length ?? told.authorityCount;
  return {
    at,
    tool,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    // A tool that was told where to go shows the name that it sent; of others nothing is known.
    sni: serverName ?? (host === undefined ? undefined : null),
    ...(version === undefined ? {} : { version }),
    ...(asked === undefined ? {} : { asked }),
    ...(late ? { late } : {}),
    ...(names === undefined ? {} : { names }),
    ...(told.authorities ? { words: told.authorities } : {}),
    ...(told.signatureAlgorithms ? { schemes: told.signatureAlgorithms } : {}),
    answers: answer ? [answer] : [],
    ...(status === undefined ? {} : { status }),
    ...(time === undefined ? {} : { time }),
  };
}

function unread(seen: HandshakesUnread): Exchange {
  const { at, address, port, serverName, version, why, answers, first } = seen;
  const host = serverName ?? address;
  return {
    at,
    ...(host === undefined ? {} : { host }),
    port,
    sni: serverName ?? null,
    ...(version === undefined ? {} : { version }),
    ...(why === 'renegotiation' ? { late: why } : {}),
    answers,
    ...(first === undefined ? {} : { time: first }),
    unread: why,
  };
}

/** Whether a list of issuers holds this name; null where only the number of names is known. */
export function names(exchange: Exchange, name: Name): boolean | null {
  if (exchange.request) return exchange.request.authorities.some((one) => sameName(one, name));
  return exchange.words ? exchange.words.some((one) => isNameInWords(one, name)) : null;
}

/** HANDSHAKE_FAILURE 40 and CERTIFICATE_REQUIRED 116: ends for want of a certificate. */
const WANTS = [40, 116];
/** BAD 42, UNSUPPORTED 43, REVOKED 44, EXPIRED 45, UNKNOWN 46, UNKNOWN_CA 48, ACCESS_DENIED 49: a certificate refused. */
const REFUSES = [42, 43, 44, 45, 46, 48, 49];

export const alertsOf = ({ answers }: Exchange, from: 'client' | 'server'): number[] =>
  answers.flatMap(({ alerts = [] }) => alerts.filter((one) => one.from === from).map(({ code }) => code));

export const wantsOne = (exchange: Exchange): boolean =>
  alertsOf(exchange, 'server').some((code) => WANTS.includes(code));

export const refusesOne = (exchange: Exchange): boolean =>
  alertsOf(exchange, 'server').some((code) => REFUSES.includes(code)) || isRefusal(exchange.status);

/** 400 of nginx and gateways, 403 of IIS and Apache, 495 and 496 of nginx. */
const isRefusal = (status: number | undefined): boolean =>
  status !== undefined && [400, 401, 403, 421, 495, 496].includes(status);

export const sentOne = ({ answers }: Exchange): boolean => answers.some(({ sent }) => sent === 'certificate');
export const sentNone = ({ answers }: Exchange): boolean => answers.some(({ sent }) => sent === 'none');

export const wasReset = ({ answers }: Exchange): boolean =>
  answers.some(({ closed }) => closed?.how === 'reset');

/** A certificate went out and nothing speaks of a refusal: the page came, or the handshake was finished. */
export const succeeded = (exchange: Exchange): boolean =>
  sentOne(exchange) &&
  !refusesOne(exchange) &&
  !wantsOne(exchange) &&
  !wasReset(exchange) &&
  (exchange.status === undefined ? exchange.answers.some(isFinished) : exchange.status < 400);

const isFinished = ({ completed, proved }: ClientAnswer): boolean =>
  completed !== false && (completed === true || proved === true);
