import { known, unknown } from '../base/known.ts';
import type { Picture } from '../picture/picture.ts';
import { CHAIN, chainRefusals } from './exchange/chain-refusals.ts';
import { clientCertificates, theOne } from './exchange/client-certificates.ts';
import { printTime } from './print-time.ts';
import { ask, type Question } from './question.ts';

/** 403.17, or 403.16 with CERT_E_EXPIRED. */
export const expiredRefusals = chainRefusals(CHAIN.expired, ['certificate-expired'], 17);

/** A certificate that was out of its dates when something was seen. */
export interface OutOfDate {
  readonly subject: string;
  /** 'ended 2026-11-24 08:00:00 UTC'. */
  readonly when: string;
}

/**
 * null: the client's certificate was valid at the last logon, handshake or message. What the evidence has no time
 * for cannot be told: the clock of whoever examines it says nothing of then.
 */
export const outOfDate: Question<OutOfDate | null> = (subject) => {
  const one = theOne(ask(subject, clientCertificates));
  const time = lastSeen(subject.picture);
  if (!one?.certificate || time === undefined)
    return unknown(
      "the client's certificate (client.cer, without its key) and the log of the time of a refused logon",
    );
  const { notBefore, notAfter } = one.certificate;
  if (time >= notBefore && time <= notAfter) return known<OutOfDate | null>(null, [one.at]);
  const when = time > notAfter ? `ended ${printTime(notAfter)}` : `begins ${printTime(notBefore)}`;
  return known<OutOfDate | null>({ subject: one.subject, when }, [one.at]);
};

function lastSeen({ logons, handshakes, messages = [] }: Picture): number | undefined {
  const times = [
    ...logons.map(({ last }) => last),
    ...handshakes.flatMap(({ last, time }) => last ?? time ?? []),
    ...messages.flatMap(({ last, first }) => last ?? first ?? []),
  ];
  return times.length > 0 ? Math.max(...times) : undefined;
}
