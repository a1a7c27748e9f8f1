import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import type { ServicePath, ServiceSeen } from '../../evidence/claims.ts';
import type { Question, Subject } from '../question.ts';
import { recordsShown } from '../records.ts';
import { refusesLate } from './abilities.ts';
import { type Exchange, refusesOne, succeeded, WANTED_TRACE } from './exchanges.ts';
import { exchangesIn, isBefore13 } from './late-asking.ts';
import { said, speakerOf } from './messages.ts';

/** A server that wanted to ask after a TLS 1.3 handshake, and a client that had not announced that it can be asked. */
export type NotAnnounced = {
  /** 'Apache httpd', 'the server'. */
  readonly server: string;
  readonly client: string;
  readonly path?: string;
};

const TLS13 = 0x0304;

/** On http.sys, which never asks after a TLS 1.3 handshake, it is another cause. */
export const notAnnounced: Question<NotAnnounced> = (subject) => {
  const sign = recordsShown(subject.host).length > 0 ? null : (byMessage(subject) ?? byPath(subject));
  return sign ? known<NotAnnounced>(sign.facts, sign.at) : unknown(WANTED_TRACE);
};

interface Sign {
  readonly facts: NotAnnounced;
  readonly at: readonly Locus[];
}

function byMessage(subject: Subject): Sign | null {
  const told = said(subject, 'post-handshake-not-announced', 'post-handshake-failed');
  const [first] = told;
  if (!first) return null;
  const rule = latePath(subject);
  const ofServer = told.find(({ side }) => side === 'server');
  const ofClient = told.find(({ side }) => side === 'client');
  const path = told.find((one) => one.path !== undefined)?.path ?? rule?.path.path;
  return {
    facts: {
      server: ofServer ? speakerOf(ofServer) : (rule?.service.program ?? 'the server'),
      client: ofClient ? speakerOf(ofClient) : 'the client',
      ...(path === undefined ? {} : { path }),
    },
    at: [...told.map(({ at }) => at), ...(rule ? [rule.path.at] : [])],
  };
}

/** Where a rule for a path asks, somebody under TLS 1.3 was turned away, or belongs to those who never announce it. */
function byPath(subject: Subject): Sign | null {
  const rule = latePath(subject);
  if (!rule || !speaks13(rule.service)) return null;
  const refused = exchangesIn(subject).find((one) => one.version === TLS13 && isTurnedAway(one));
  const told = said(subject, 'http-certificate-error', 'certificate-refused', 'connection-reset').find(
    ({ program, side }) =>
      side !== 'server' && program !== undefined && refusesLate(program, 'post-handshake'),
  );
  const at = refused?.at ?? (isBefore13(subject) ? undefined : told?.at);
  if (!at) return null;
  const client = refused?.tool ?? told?.program ?? 'the client';
  return {
    facts: { server: rule.service.program, client, path: rule.path.path },
    at: [rule.path.at, at],
  };
}

const isTurnedAway = (one: Exchange): boolean => !one.asked && refusesOne(one);

interface Rule {
  readonly service: ServiceSeen;
  readonly path: ServicePath;
}

function latePath({ picture }: Subject): Rule | null {
  for (const service of picture.services ?? []) {
    const path = service.asks === 'never' ? service.paths.find(({ asks }) => asks !== 'never') : undefined;
    if (path) return { service, path };
  }
  return null;
}

/** OpenSSL and so Apache speak TLS 1.3 unless told otherwise. */
const speaks13 = ({ protocols }: ServiceSeen): boolean =>
  !protocols || protocols.some((one) => /1\.3/.test(one));

/** Nobody needs it: nothing is asked after the handshake, TLS 1.3 is not spoken there, or it was asked and answered. */
export const postHandshakeNotNeeded: Question<true> = (subject) => {
  const services = (subject.picture.services ?? []).filter(
    ({ asks, paths }) => asks !== 'never' || paths.some((one) => one.asks !== 'never'),
  );
  const needs13 = services.some((one) => one.asks === 'never' && speaks13(one));
  const exchanges = exchangesIn(subject);
  const answered = exchanges.filter(
    (one) => succeeded(one) || (one.late !== undefined && one.status !== undefined && one.status < 400),
  );
  const early = needs13 ? [] : exchanges.filter(({ asked, late }) => asked && !late);
  const quiet = needs13 ? [] : services;
  const places = [...answered, ...early, ...quiet].map(({ at }) => at);
  return places.length === 0
    ? unknown(`how the server asks: its configuration, or ${WANTED_TRACE}`)
    : known<true>(true, places);
};
