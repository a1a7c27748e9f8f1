import { type Known, mapKnown, Unanswered } from '../../base/known.ts';
import type { Certificate } from '../../wire/x509/certificate.ts';
import { BUILDS, type Build } from '../builds.ts';
import type { Host, Site } from '../host.ts';
import type { SslBinding } from '../http-sys/binding.ts';
import { fieldOf } from '../http-sys/fields.ts';
import { judgeClient, WIN32 } from '../schannel/trust.ts';
import { Trail } from '../trail.ts';
import { WANTED } from '../wanted.ts';
import { accessAt, hasFlag } from './access.ts';

/** When the certificate is asked for, and which status follows (domain 5.1-5.3, 6.1, 6.5). */

/**
 * `after-request`: by renegotiation. Under TLS 1.3 there is none, and a certificate wanted late ends the
 * connection (`reset`) or the request (`500.0`: status 500, substatus 0, win32 50), by build.
 */
export type WhenAsked = 'handshake' | 'after-request' | 'never' | 'reset' | '500.0';

const TLS13 = 0x0304;

/**
 * With Negotiate Client Certificate every path of the record is asked in the handshake. Without it the path
 * decides, once it is known; SslRequireCert alone does not ask (domain 5.3, 6.1). `tlsVersion` as on the wire.
 * Post-handshake authentication is not modelled: no browser offers it (domain 6.3).
 */
export function whenAsked(
  host: Host,
  binding: SslBinding,
  site: Site,
  path: string,
  tlsVersion: number,
): Known<WhenAsked> {
  const trail = new Trail();
  if (trail.read(fieldOf(binding, 'clientcertnegotiation'))) return trail.answer<WhenAsked>('handshake');
  const rule = accessAt(site, path);
  trail.note(rule.because);
  if (!hasFlag(rule, 'SslNegotiateCert')) return trail.answer<WhenAsked>('never');
  if (tlsVersion < TLS13) return trail.answer<WhenAsked>('after-request');
  const late = trail.read(lateUnderTls13(host));
  if (late === 'no TLS 1.3') throw new Unanswered(`${WANTED.build}: this one has no TLS 1.3`);
  return trail.answer<WhenAsked>(late);
}

/** What a certificate wanted after a TLS 1.3 handshake ends in (domain 6.4 [MS4449362]). */
export function lateUnderTls13(host: Host): Known<Build['lateUnderTls13']> {
  return mapKnown(host.build, (build) => BUILDS[build].lateUnderTls13);
}

export interface RequestOutcome {
  readonly status: number;
  readonly substatus: number;
  readonly win32: number;
}

export interface AskedRequest {
  readonly binding: SslBinding;
  readonly site: Site;
  readonly path: string;
  /** null: the client was not asked. Empty: it was asked and sent none (domain 6.5). The leaf first. */
  readonly chain: readonly Certificate[] | null;
  readonly signatures: 'good' | 'bad';
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** ERROR_NOT_SUPPORTED: a certificate wanted after a TLS 1.3 handshake (domain 5.2). */
export const LATE_REFUSED: RequestOutcome = { status: 500, substatus: 0, win32: 50 };

const FINE: RequestOutcome = { status: 200, substatus: 0, win32: 0 };

/**
 * sc-status, sc-substatus and sc-win32-status of a request over TLS. A path that neither accepts nor requires
 * certificates does not look at the one that the handshake brought (as IIS behaves in practice; unverified).
 */
export function requestOutcome(host: Host, request: AskedRequest): Known<RequestOutcome> {
  const trail = new Trail();
  const { binding, chain, signatures, at } = request;
  const rule = accessAt(request.site, request.path);
  trail.note(rule.because);
  if (!chain || chain.length === 0) {
    if (!hasFlag(rule, 'SslRequireCert')) return trail.answer(FINE);
    return trail.answer<RequestOutcome>({ status: 403, substatus: 7, win32: WIN32.accessDenied });
  }
  if (!hasFlag(rule, 'SslRequireCert') && !hasFlag(rule, 'SslNegotiateCert')) return trail.answer(FINE);
  const verdict = trail.read(judgeClient(host, binding, chain, signatures, at));
  if (verdict.is === 'trusted') return trail.answer(FINE);
  return trail.answer<RequestOutcome>({
    status: verdict.status,
    substatus: verdict.substatus,
    win32: verdict.win32,
  });
}
