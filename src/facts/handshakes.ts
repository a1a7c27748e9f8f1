import { answerOf, type Known, known, unknown } from '../base/known.ts';
import type { HandshakeSeen } from '../evidence/claims.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import { WANTED } from '../windows/wanted.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import { answeredByOthers, answering } from './answered-by.ts';
import { keyIn } from './endpoint.ts';
import { refusalsOf } from './logons.ts';
import { ask, type Question, type Subject, sisterOf } from './question.ts';
import { idOf } from './records.ts';

/**
 * The latest CertificateRequest seen from this endpoint. One from before the refusals began shows a state that
 * is gone; a minute is granted for clocks, and for the refusal that a probe itself brings about.
 */
export const requestSeen: Question<CertificateRequest> = (subject) => {
  const refusals = ask(subject, refusalsOf);
  const since = refusals.is === 'known' ? (refusals.value?.since ?? 0) : 0;
  return latestOf(handshakesOf(subject).filter((one) => (one.time ?? since) > since - 60_000));
};

/**
 * The latest CertificateRequest that clients got who used this name, or none, at the record's port: whichever
 * record answered them.
 */
export function requestTo(subject: Subject, serverName: string | null): Known<CertificateRequest> {
  const port = endpointOf(keyIn(subject))?.port;
  const { picture, host } = subject;
  const seen = picture.handshakes.filter(
    (one) => one.port === port && (one.serverName?.toLowerCase() ?? null) === serverName,
  );
  const isOthers = answeredByOthers(picture, host);
  return latestOf(seen.filter((one) => !isOthers(one)));
}

function latestOf(handshakes: readonly HandshakeSeen[]): Known<CertificateRequest> {
  const latest = handshakes
    .filter((one) => one.request !== null)
    .toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0))[0];
  return latest?.request ? known(latest.request, [latest.at]) : unknown(WANTED.wire);
}

/** The handshakes that this record answered, as far as that can be told. */
const handshakesOf = (subject: Subject): readonly HandshakeSeen[] =>
  answerOf(ask(sisterOf(subject, undefined), handshakesByRecord)).get(idOf(keyIn(subject))) ?? [];

/** Asked once for the host. */
const handshakesByRecord: Question<ReadonlyMap<string, readonly HandshakeSeen[]>> = (subject) => {
  const all = new Map<string, HandshakeSeen[]>();
  const { picture, host } = subject;
  const answeredBy = answering(picture, host);
  const isOthers = answeredByOthers(picture, host);
  for (const seen of picture.handshakes) {
    const key = answeredBy(seen);
    if (!key || isOthers(seen)) continue;
    const before = all.get(idOf(key));
    if (before) before.push(seen);
    else all.set(idOf(key), [seen]);
  }
  return known(all);
};
