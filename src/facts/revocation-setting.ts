import { known, unknown } from '../base/known.ts';
import type { Logons } from '../evidence/claims.ts';
import { field } from './endpoint.ts';
import { logonsHere } from './late-asking.ts';
import { messagesWith } from './messages.ts';
import { type OtherValue, otherValues } from './past.ts';
import type { Question } from './question.ts';

/** Whether the record checks clients for revocation. */
export const checksRevocation: Question<boolean> = (subject) => field(subject, 'verifyclientcertrevocation');

/** Where it was, or was meant to be, switched off. */
export const revocationWasOff: Question<OtherValue<'verifyclientcertrevocation'>> = (subject) => {
  const off = otherValues(subject, 'verifyclientcertrevocation').filter(({ value }) => !value);
  const [first] = off;
  return first
    ? known(
        first,
        off.flatMap(({ because }) => because),
      )
    : unknown('an older output of `netsh http show sslcert`, or the script that made the record');
};

/** CRYPT_E_REVOCATION_OFFLINE, CRYPT_E_NO_REVOCATION_CHECK, CRYPT_E_NO_REVOCATION_DLL, CERT_E_REVOCATION_FAILURE (domain 5.2). */
const UNCHECKED = new Set([2148081683, 2148081682, 2148081681, 2148204814]);

/** Refusals because nobody could tell whether the certificate is revoked; null: the log has none. */
export interface Unchecked {
  /** Milliseconds since 1970 UTC. */
  readonly since?: number;
  readonly count: number;
}

export const refusedUnchecked: Question<Unchecked | null> = (subject) => {
  const logons = logonsHere(subject);
  const refused = logons.filter(
    (one) => one.status === 403 && one.substatus === 13 && UNCHECKED.has(one.win32),
  );
  const said = messagesWith(subject, ['revocation-unavailable']);
  if (refused.length + said.length > 0) {
    const since = refused.length > 0 ? { since: Math.min(...refused.map(({ first }) => first)) } : {};
    return known<Unchecked | null>(
      { ...since, count: countOf(refused) },
      [...refused, ...said].map(({ at }) => at),
    );
  }
  if (logons.length === 0)
    return unknown('the W3C log of the site (%SystemDrive%\\inetpub\\logs\\LogFiles\\W3SVC<id>\\u_ex*.log)');
  return known(
    null,
    logons.map(({ at }) => at),
  );
};

const countOf = (logons: readonly Logons[]): number => logons.reduce((sum, one) => sum + one.count, 0);
