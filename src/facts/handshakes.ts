import { answerOf, type Known, known, Unanswered, unknown } from '../base/known.ts';
import type { HandshakeSeen } from '../evidence/claims.ts';
import type { Host } from '../windows/host.ts';
import { isWildcard, parseConnectionAddress } from '../windows/http-sys/address.ts';
import type { BindingKey, SslBinding } from '../windows/http-sys/binding.ts';
import { endpointOf } from '../windows/http-sys/key.ts';
import { bindingFor } from '../windows/http-sys/lookup.ts';
import { WANTED } from '../windows/wanted.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import { keyIn } from './endpoint.ts';
import { refusalsOf } from './logons.ts';
import { ask, type Question, type Subject, sisterOf } from './question.ts';
import { idOf, recordsOnPort } from './records.ts';

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
  const seen = subject.picture.handshakes.filter(
    (one) => one.port === port && (one.serverName?.toLowerCase() ?? null) === serverName,
  );
  return latestOf(seen.filter((one) => isAloneInThePicture(subject, one)));
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
  for (const seen of subject.picture.handshakes) {
    const key = answeredBy(subject.host, seen);
    if (!key || !isAloneInThePicture(subject, seen)) continue;
    all.set(idOf(key), [...(all.get(idOf(key)) ?? []), seen]);
  }
  return known(all);
};

/**
 * null: none, or it cannot be told. An address that is none of the host's own records may be a translated one:
 * where a record for one address exists, it may have answered.
 */
function answeredBy(host: Host, seen: HandshakeSeen): BindingKey | null {
  const exact = recordsOnPort(host, seen.port).flatMap((record) => exactAddress(record, seen.port));
  const address = parseConnectionAddress(seen.address ?? '')?.text;
  if (exact.length > 0 && !exact.some((one) => one === address)) return null;
  const connection = {
    address: seen.address ?? '0.0.0.0',
    port: seen.port,
    serverName: seen.serverName ?? null,
  };
  try {
    return answerOf(bindingFor(host, connection))?.key ?? null;
  } catch (error) {
    if (error instanceof Unanswered) return null;
    throw error;
  }
}

function exactAddress({ key }: SslBinding, port: number): string[] {
  const endpoint = endpointOf(key);
  if (endpoint?.is !== 'address' || endpoint.port !== port || isWildcard(endpoint.address)) return [];
  return [endpoint.address.text];
}

/** Of several hosts that could have answered (a farm) none is taken. */
function isAloneInThePicture({ picture, host }: Subject, seen: HandshakeSeen): boolean {
  return picture.hosts.every((other) => other.name === host.name || answeredBy(other, seen) === null);
}
