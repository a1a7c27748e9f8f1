import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import { type Logons, type MessageCode, NOT_LOGGED } from '../../evidence/claims.ts';
import { endsAfter } from '../logons.ts';
import { ask, onceForHost, type Question, type Subject } from '../question.ts';
import { placesOf, said } from './messages.ts';
import { placesOfCode } from './refusal-codes.ts';
import { lasting, requestsWork } from './successes.ts';

/** sc-win32-status of refusals of a chain, by what Windows says of it (domain 5.2, winerror.h). */
export const CHAIN = {
  /** CERT_E_UNTRUSTEDROOT. */
  untrustedRoot: [0x800b0109],
  /** CERT_E_CHAINING. */
  incomplete: [0x800b010a],
  /** CERT_E_EXPIRED. */
  expired: [0x800b0101],
  /** CERT_E_REVOKED, CRYPT_E_REVOKED. */
  revoked: [0x800b010c, 0x80092010],
  /** CRYPT_E_REVOCATION_OFFLINE, CRYPT_E_NO_REVOCATION_CHECK. */
  offline: [0x80092013, 0x80092012],
  /** TRUST_E_EXPLICIT_DISTRUST. */
  distrusted: [0x800b0111],
} as const;

/** Refusals that began and did not end. */
export interface ChainRefusals {
  /** Lines of logs; 0 where only events or programs tell of it. */
  readonly count: number;
}

const WANTED_STATUS =
  'the W3C log of the site with sc-substatus and sc-win32-status, from the time of a refused logon';

/**
 * null: there is a log, and none of its lines is refused so, or a success at the same path came after; or requests are
 * answered and nobody is refused. Unknown where
 * nothing was logged, or the lines do not tell why (`unclear`: the substatus that has several reasons).
 */
export function chainRefusals(
  codes: readonly number[],
  told: readonly MessageCode[],
  unclear: number,
): Question<ChainRefusals | null> {
  return onceForHost((subject) => {
    const { logons } = subject.picture;
    const lines = logons.filter(({ status, win32 }) => status >= 400 && codes.includes(win32));
    const words = placesOf(lasting(subject, said(subject, ...told)));
    const places = [...placesOfCode(subject, codes), ...words];
    if (places.length > 0 && (words.length > 0 || lines.length === 0 || !areOver(lines, subject)))
      return known<ChainRefusals | null>({ count: countOf(lines) }, places);
    const dumb = logons.filter(
      ({ status, substatus, win32 }) => isRefusal(status, substatus, unclear) && isSilent(win32),
    );
    const works = logons.length === 0 ? ask(subject, requestsWork) : null;
    if (works?.is === 'known') return known<ChainRefusals | null>(null, works.because);
    if (works || dumb.length > 0) return unknown(WANTED_STATUS);
    return known<ChainRefusals | null>(null, successesOf(logons));
  });
}

const isRefusal = (status: number, substatus: number, unclear: number): boolean =>
  status === 403 && (substatus === unclear || substatus === NOT_LOGGED);

const isSilent = (win32: number): boolean => win32 === NOT_LOGGED || win32 === 0;

const countOf = (lines: readonly Logons[]): number => lines.reduce((sum, { count }) => sum + count, 0);

/** Every path at which it was refused answered well after the last of them. */
function areOver(lines: readonly Logons[], { picture }: Subject): boolean {
  return lines.every((line) =>
    picture.logons.some((one) => one.status < 400 && one.path === line.path && endsAfter(one, line)),
  );
}

const successesOf = (logons: readonly Logons[]): Locus[] =>
  logons.filter(({ status }) => status < 400).map(({ lastAt }) => lastAt);
