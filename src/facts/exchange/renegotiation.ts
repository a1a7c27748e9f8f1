import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import { ask, type Question, type Subject } from '../question.ts';
import { answersLate, refusesLate } from './abilities.ts';
import { alertsOf, type Exchange, sentOne, succeeded, WANTED_TRACE, wasReset } from './exchanges.ts';
import { asksLate, exchangesIn, isBefore13 } from './late-asking.ts';
import { said, speakerOf } from './messages.ts';

/** A client that was asked by TLS 1.2 renegotiation and did not go along. */
export type RefusedRenegotiation = {
  /** 'Go', 'the client'. */
  readonly client: string;
  readonly path?: string;
};

const NO_RENEGOTIATION = 100;

export const refusedRenegotiation: Question<RefusedRenegotiation> = (subject) => {
  const late = ask(subject, asksLate);
  const path = late.is === 'known' && late.value.path !== undefined ? { path: late.value.path } : {};
  const lateAt = late.is === 'known' ? late.because : [];
  const sign = toldBy(subject) ?? seenOnTheWire(subject) ?? (late.is === 'known' ? byItsMake(subject) : null);
  if (!sign) return unknown(WANTED_TRACE);
  return known<RefusedRenegotiation>({ client: sign.client, ...path }, [...sign.at, ...lateAt]);
};

interface Sign {
  readonly client: string;
  readonly at: readonly Locus[];
}

/** A message that says so, of either end. */
function toldBy(subject: Subject): Sign | null {
  // A server that refuses what a client began says nothing of this.
  const told = said(subject, 'renegotiation-refused').find(({ facts }) => facts?.by !== 'client');
  if (told) return { client: told.side === 'server' ? 'the client' : speakerOf(told), at: [told.at] };
  const [http2] = said(subject, 'http2-in-the-way');
  if (http2 && isBefore13(subject)) return { client: speakerOf(http2), at: [http2.at] };
  const asked = said(subject, 'renegotiation-asked').find(({ facts }) => facts?.how !== 'post-handshake');
  const [broken] = said(subject, 'connection-reset', 'handshake-failure');
  return asked && broken ? { client: clientOf(broken.program), at: [asked.at, broken.at] } : null;
}

const clientOf = (program: string | undefined): string => program ?? 'the client';

/** Alert no_renegotiation, told by Schannel too (event 36887); or a second handshake that ends the connection. */
function seenOnTheWire(subject: Subject): Sign | null {
  const all = exchangesIn(subject);
  const alerted = all.find((one) => alertsOf(one, 'client').includes(NO_RENEGOTIATION));
  const broken = alerted ?? all.find((one) => one.late === 'renegotiation' && isBroken(one));
  if (broken) return { client: clientOf(broken.tool), at: [broken.at] };
  const received = (subject.picture.events ?? [])
    .filter(({ provider, id }) => /schannel/i.test(provider) && id === 36887)
    .flatMap(({ cases }) => cases)
    .find(({ data }) => Object.values(data).includes(String(NO_RENEGOTIATION)));
  return received ? { client: 'the client', at: [received.at] } : null;
}

const isBroken = (one: Exchange): boolean =>
  !sentOne(one) && (wasReset(one) || alertsOf(one, 'client').length > 0);

/** Asked late under TLS 1.2, a client whose stack cannot lost its connection: no other way is left to it. */
function byItsMake(subject: Subject): Sign | null {
  const before13 = isBefore13(subject);
  if (!before13) return null;
  const cannot = (program: string | undefined) =>
    program !== undefined && refusesLate(program, 'renegotiation');
  const told = said(subject, 'connection-reset', 'handshake-failure').find(
    ({ program, side }) => side !== 'server' && cannot(program),
  );
  const trace = exchangesIn(subject).find((one) => cannot(one.tool) && isBroken(one));
  const at = told?.at ?? trace?.at;
  return at ? { client: clientOf(told?.program ?? trace?.tool), at: [at, ...before13] } : null;
}

/** Asked by renegotiation, and a certificate came. */
export const renegotiationAnswered: Question<true> = (subject) => {
  const answered = exchangesIn(subject).filter(
    (one) => one.late === 'renegotiation' && (succeeded(one) || isPage(one)),
  );
  return answered.length === 0
    ? unknown(WANTED_TRACE)
    : known<true>(
        true,
        answered.map(({ at }) => at),
      );
};

/** A program of a family that renegotiates by itself got its page. */
const isPage = ({ tool, status, answers }: Exchange): boolean =>
  status !== undefined &&
  status < 400 &&
  answers.some(({ sent }) => sent !== 'none') &&
  tool !== undefined &&
  answersLate(tool, 'renegotiation') === 'yes';
