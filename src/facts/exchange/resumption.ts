import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import { printTime } from '../print-time.ts';
import type { Question, Subject } from '../question.ts';
import { type Exchange, succeeded, WANTED_TRACE } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';

/** Sessions that were taken up again keep what was settled in their first handshake, also when the server has changed. */
export type OldSessions = {
  readonly count: number;
  /** '2026-11-24 08:31:07 UTC'. */
  readonly since?: string;
};

const WANTED_FRESH = `handshakes of the failing client and a fresh one (\`handclasp why https://HOST:PORT/\`): ${WANTED_TRACE}`;

/** HttpEvent: a record was written or deleted (domain 1.6). */
const CHANGED = [15300, 15301];

export const oldSessions: Question<OldSessions> = (subject) => {
  const resumed = resumedOnes(subject);
  const fresh = freshOnes(subject);
  const changed = changeOf(subject);
  const refused = refusalsAfter(subject, changed?.time);
  if (resumed.count === 0 || fresh.length === 0 || (refused.length === 0 && !resumed.isRefused))
    return unknown(WANTED_FRESH);
  return known<OldSessions>(
    { count: resumed.count, ...(changed?.time === undefined ? {} : { since: printTime(changed.time) }) },
    [...resumed.at, ...fresh.map(({ at }) => at), ...(changed ? [changed.at] : []), ...refused],
  );
};

function resumedOnes({ picture }: Subject): { count: number; at: Locus[]; isRefused: boolean } {
  const traced = (picture.requestsInWords ?? []).filter((one) => one.resumed);
  const captured = (picture.unread ?? []).filter(({ why }) => why === 'resumed');
  return {
    count: traced.length + captured.reduce((sum, { count }) => sum + count, 0),
    at: [...traced, ...captured].map(({ at }) => at),
    isRefused: traced.some(({ status = 0 }) => status === 403 || status === 401),
  };
}

/** Whole handshakes in which a certificate is asked for: what the server does now. */
const freshOnes = (subject: Subject): Exchange[] =>
  exchangesIn(subject).filter(({ asked, late }) => asked === true && !late);

function changeOf({ picture }: Subject): { at: Locus; time: number | undefined } | null {
  const event = (picture.events ?? []).findLast(
    ({ provider, id }) => /http/i.test(provider) && CHANGED.includes(id),
  );
  if (event) return { at: event.lastAt, time: event.last };
  const past = picture.history?.[0];
  const at = past?.host.bindings.is === 'known' ? past.host.bindings.because[0] : undefined;
  return past && at ? { at, time: past.takenAt } : null;
}

/** Logons refused for want of a certificate after the change; where no change is known they may have any reason. */
const refusalsAfter = ({ picture }: Subject, since: number | undefined): Locus[] =>
  since === undefined
    ? []
    : picture.logons
        .filter(({ status, substatus, last }) => status === 403 && substatus === 7 && last > since)
        .map(({ lastAt }) => lastAt);

/** A client got in by a whole handshake, and nobody was seen with an old session. */
export const onlyFresh: Question<true> = (subject) => {
  const good = exchangesIn(subject).filter(
    (one) => succeeded(one) || (one.asked === true && one.status !== undefined && one.status < 400),
  );
  return resumedOnes(subject).count === 0 && good.length > 0
    ? known<true>(
        true,
        good.map(({ at }) => at),
      )
    : unknown(WANTED_FRESH);
};
