import { type Known, known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import type { Logons, MessageCode, ProgramMessage, ServiceSeen } from '../../evidence/claims.ts';
import { NOT_LOGGED } from '../../evidence/claims.ts';
import { endsAfter } from '../logons.ts';
import { ask, type Question, type Subject } from '../question.ts';
import { clientCertificates } from './client-certificates.ts';
import { refusesOne, sentNone, WANTED_TRACE, wantsOne, wasReset } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';
import { said } from './messages.ts';
import { isBelow } from './paths.ts';

/** Answers that went well, set against refusals: which of these are over, and whether any is left. */

/** What says that somebody was refused, or got no further. */
const REFUSALS: readonly MessageCode[] = [
  'renegotiation-refused',
  'post-handshake-not-announced',
  'post-handshake-failed',
  'no-common-algorithm',
  'no-certificate-sent',
  'no-certificate-chosen',
  'usage-refused',
  'issuer-unknown',
  'chain-incomplete',
  'certificate-expired',
  'certificate-revoked',
  'revocation-unavailable',
  'key-unusable',
  'connection-reset',
  'certificate-refused',
  'handshake-failure',
  'late-request-not-supported',
  'body-too-large',
  'misdirected-request',
  'sni-missing',
  'trust-bundle-invalid',
  'http-certificate-error',
  'password-asked',
  'http2-in-the-way',
  'request-refused',
];

/** Servers' answers of 2xx and 3xx, and certificates that they say they verified. */
const served = (subject: Subject): ProgramMessage[] =>
  said(subject, 'request-succeeded', 'certificate-accepted').filter(({ side }) => side === 'server');

/** Messages of a server to which no success came after: at the same path, of the same clients, by the clock of its logs. */
export const lasting = (subject: Subject, messages: readonly ProgramMessage[]): ProgramMessage[] => {
  const good = served(subject);
  return messages.filter((one) => !isOver(one, good));
};

function isOver(refused: ProgramMessage, good: readonly ProgramMessage[]): boolean {
  const { side, lastClock, peers, morePeers, path, host } = refused;
  if (side !== 'server' || lastClock === undefined || morePeers) return false;
  const there = good.filter(
    (one) => (path === undefined || one.path === path) && (one.host ?? host) === (host ?? one.host),
  );
  if (!peers) return path !== undefined && there.some((one) => (one.lastClock ?? 0) > lastClock);
  return Object.entries(peers).every(([peer, time]) =>
    there.some((one) => (one.peers?.[peer] ?? 0) > (time ?? lastClock)),
  );
}

/** IIS's refusals for a certificate; a log without substatus does not tell. */
const REFUSED: ReadonlySet<number> = new Set([7, 12, 13, 16, 17, NOT_LOGGED]);

/** Whether anything tells of somebody who is refused, and is not over. */
export function isAnybodyRefused(subject: Subject): boolean {
  const { logons } = subject.picture;
  return (
    lasting(subject, said(subject, ...REFUSALS)).length > 0 ||
    logons.some((one) => isRefused(one) && !logons.some((other) => endsIt(other, one))) ||
    exchangesIn(subject).some(
      (one) => refusesOne(one) || wantsOne(one) || wasReset(one) || (one.asked === true && isKeptBack(one)),
    )
  );
}

const isRefused = ({ status, substatus }: Logons): boolean => status === 403 && REFUSED.has(substatus);

const endsIt = (good: Logons, refused: Logons): boolean =>
  good.status < 400 && good.path === refused.path && endsAfter(good, refused);

/** s_client and curl send none unless they are told to: that tells of no client that failed. */
const isKeptBack = (one: ReturnType<typeof exchangesIn>[number]): boolean =>
  sentNone(one) && !/openssl|curl|gnutls|handclasp/i.test(one.tool ?? 'handclasp');

/**
 * Requests are answered and nobody is refused: by a server's own log, of whomever it serves, or by what a client
 * prints where a certificate is in play. IIS and nginx log whom they refuse; who ends the handshake itself (Apache,
 * HAProxy) writes that into its error log alone, so that there an access log is evidence of those who got in.
 */
export const requestsWork: Question<true> = (subject) => {
  const asking = (subject.picture.services ?? []).some(asks);
  return working(subject, asking || isInPlay(subject) ? answeredToClients(subject) : []);
};

/** By servers' own logs alone: what one client meets says nothing of others. */
export const serverAnswers: Question<true> = (subject) => working(subject, []);

/** A client itself, with a certificate in play, got its answer: it found one to show, and could sign. */
export const clientAnswered: Question<true> = (subject) => {
  const answered = isInPlay(subject) && !isAnybodyRefused(subject) ? answeredToClients(subject) : [];
  return answered.length === 0
    ? unknown(WANTED_SUCCESS)
    : known<true>(
        true,
        answered.map(({ at }) => at),
      );
};

function working(subject: Subject, byClients: readonly ProgramMessage[]): Known<true> {
  if (isAnybodyRefused(subject)) return unknown(WANTED_SUCCESS);
  const { logons, services = [] } = subject.picture;
  const places: Locus[] = [
    ...served(subject).filter((one) => isAsked(one, services)),
    ...said(subject, 'quiet-log'),
    ...byClients,
  ].map(({ at }) => at);
  const logged = logons.filter(({ status }) => status < 400).map(({ lastAt }) => lastAt);
  const all = [...places, ...logged];
  return all.length === 0 ? unknown(WANTED_SUCCESS) : known<true>(true, all);
}

const answeredToClients = (subject: Subject): ProgramMessage[] =>
  said(subject, 'request-succeeded', 'certificate-accepted').filter(({ side }) => side !== 'server');

const WANTED_SUCCESS = `the server's log with a logon that works, or ${WANTED_TRACE}`;

const asks = ({ asks: how, paths }: ServiceSeen): boolean =>
  how !== 'never' || paths.some((one) => one.asks !== 'never');

/** Not where every service that is known asks for other paths only. */
function isAsked({ path = '' }: ProgramMessage, services: readonly ServiceSeen[]): boolean {
  const asking = services.filter(asks);
  return (
    asking.length === 0 ||
    asking.some(
      (one) =>
        one.asks !== 'never' || one.paths.some((rule) => rule.asks !== 'never' && isBelow(path, rule.path)),
    )
  );
}

/** A certificate of the client's is at hand, or a server asked for one. */
const isInPlay = (subject: Subject): boolean =>
  ask(subject, clientCertificates).is === 'known' || exchangesIn(subject).some(({ asked }) => asked);

/** Answers that a server gave only because it verified a certificate: it says so, or it requires one there. */
export function verified(subject: Subject): Locus[] {
  const good = served(subject);
  const services = subject.picture.services ?? [];
  const isRequired = ({ host, path = '' }: ProgramMessage): boolean => {
    const mine = services.filter(
      ({ names }) => host === undefined || names.length === 0 || names.includes(host),
    );
    return (
      mine.length > 0 &&
      mine.every(
        (one) =>
          one.asks === 'required' ||
          one.paths.some((rule) => rule.asks === 'required' && isBelow(path, rule.path)),
      )
    );
  };
  return good.filter((one) => one.code === 'certificate-accepted' || isRequired(one)).map(({ at }) => at);
}
