import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import type { ServiceSeen } from '../../evidence/claims.ts';
import { endpointOf } from '../../windows/http-sys/key.ts';
import type { Question, Subject } from '../question.ts';
import { recordsShown } from '../records.ts';
import { type Exchange, WANTED_TRACE } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';
import { said } from './messages.ts';

/** What depends on the name that a client sends (SNI, RFC 6066 3), and on its agreement with the Host header. */

const WANTED_BOTH_WAYS =
  'the request with a name and without: `openssl s_client -connect HOST:PORT -servername HOST` and `-noservername`, or `handclasp why … --no-sni`';

/** A client without SNI meets another virtual host or record, which asks otherwise. */
export type NoSni = {
  /** 'is not asked for a certificate'. */
  readonly what: string;
  readonly host?: string;
};

export const noSniDefault: Question<NoSni> = (subject) => {
  const pair = pairOf(subject);
  if (pair) {
    const [named, nameless, what] = pair;
    return known<NoSni>({ what, ...hostOf(named) }, [named.at, nameless.at]);
  }
  const told = said(subject, 'sni-missing');
  const service = otherDefault(subject);
  const records = onlyByName(subject);
  const rejected = exchangesIn(subject).find(
    (one) => one.sni === null && one.unread !== undefined && isEnded(one),
  );
  if (records && rejected) return known<NoSni>({ what: ENDS }, [...records, rejected.at]);
  if (told.length === 0) return unknown(WANTED_BOTH_WAYS);
  return known<NoSni>({ what: service ? NOT_ASKED : OTHER }, [
    ...told.map(({ at }) => at),
    ...(service ? [service.at] : []),
  ]);
};

const NOT_ASKED = 'is not asked for a certificate';
const OTHER = 'meets another virtual host';
const ENDS = 'gets no handshake at all';

function pairOf(subject: Subject): readonly [Exchange, Exchange, string] | null {
  const told = exchangesIn(subject).filter(({ asked, late }) => asked !== undefined && !late);
  for (const nameless of told.filter(({ sni }) => sni === null))
    for (const named of told.filter(({ sni, asked }) => typeof sni === 'string' && asked)) {
      if (!isSamePlace(named, nameless)) continue;
      if (!nameless.asked) return [named, nameless, NOT_ASKED];
      if (differ(named, nameless)) return [named, nameless, 'is told other issuers'];
    }
  return null;
}

/** By port, and by address where both are told. */
const isSamePlace = (a: Exchange, b: Exchange): boolean =>
  a.port === b.port && (a.host === b.host || isAddress(b.host));

const isAddress = (host: string | undefined): boolean => host === undefined || /^[\d.]+$|:/.test(host);

const differ = (a: Exchange, b: Exchange): boolean =>
  a.names !== undefined && b.names !== undefined && a.version === b.version && a.names !== b.names;

const hostOf = ({ sni }: Exchange) => (typeof sni === 'string' ? { host: sni } : {});

const isEnded = ({ answers }: Exchange): boolean =>
  answers.some(({ closed, alerts = [] }) => closed?.how === 'reset' || alerts.length > 0);

/** The service that answers without SNI never asks, one of a name on its port does. */
function otherDefault({ picture }: Subject): ServiceSeen | null {
  const services = picture.services ?? [];
  const asking = services.filter(({ asks }) => asks !== 'never');
  return (
    services.find(
      ({ isDefault, asks, port }) => isDefault && asks === 'never' && asking.some((one) => one.port === port),
    ) ?? null
  );
}

/** http.sys has records for names only: without SNI nothing answers (domain 1.2). */
function onlyByName({ host }: Subject): Locus[] | null {
  const records = recordsShown(host);
  const isByName = records.length > 0 && records.every(({ key }) => endpointOf(key)?.is === 'host');
  return isByName && host.bindings.is === 'known' ? records.flatMap(({ because }) => [...because]) : null;
}

/** With a name and without it is the same; or the service that answers without one asks as well. */
export const sameWithoutSni: Question<true> = (subject) => {
  const told = exchangesIn(subject).filter(({ asked, late }) => asked !== undefined && !late);
  const nameless = told.filter(({ sni, asked }) => sni === null && asked);
  const named = told.filter(({ sni, asked }) => typeof sni === 'string' && asked);
  const both = nameless.length > 0 && named.length > 0 ? [...nameless, ...named].map(({ at }) => at) : [];
  const services = (subject.picture.services ?? []).filter(
    ({ isDefault, asks }) => isDefault && asks !== 'never',
  );
  const places = [...both, ...(otherDefault(subject) ? [] : services.map(({ at }) => at))];
  return places.length === 0 ? unknown(WANTED_BOTH_WAYS) : known<true>(true, places);
};

/** A request whose Host is not the name of its connection, refused for that. */
export type Misdirected = {
  /** Names of the connection and of the request, where they are told. */
  readonly sni?: string;
  readonly header?: string;
};

const WANTED_MISDIRECTED = `the server's log with name of the connection and Host of the request, its configuration, or ${WANTED_TRACE}`;

export const misdirected: Question<Misdirected> = (subject) => {
  const told = said(subject, 'misdirected-request');
  const status = exchangesIn(subject).find((one) => one.status === 421);
  if (told.length === 0 && !status) return unknown(WANTED_MISDIRECTED);
  const { sni, header, host } = told.find(({ facts }) => facts)?.facts ?? {};
  const named = typeof header === 'string' ? header : host;
  return known<Misdirected>(
    {
      ...(typeof sni === 'string' ? { sni } : {}),
      ...(typeof named === 'string' ? { header: named } : {}),
    },
    [...told.map(({ at }) => at), ...(status ? [status.at] : [])],
  );
};

/**
 * Browsers take an open connection for another name when the certificate covers it and the address is the same (RFC
 * 9113 9.1.1). Where every service asks alike, or those that ask have certificates or places of their own, none is
 * refused for it.
 */
export const notMisdirected: Question<true> = (subject) => {
  const services = subject.picture.services ?? [];
  const [asking, others] = [
    services.filter(({ asks }) => asks !== 'never'),
    services.filter(({ asks }) => asks === 'never'),
  ];
  const apart = asking.every((one) => others.every((other) => isApart(one, other)));
  return asking.length > 0 && apart
    ? known<true>(
        true,
        asking.map(({ at }) => at),
      )
    : unknown(WANTED_MISDIRECTED);
};

function isApart(one: ServiceSeen, other: ServiceSeen): boolean {
  if (one.port !== other.port && one.port !== undefined && other.port !== undefined) return true;
  if (one.address !== undefined && other.address !== undefined && one.address !== other.address) return true;
  if (one.http2 === false && other.http2 === false) return true;
  return (
    one.certificate !== undefined && other.certificate !== undefined && one.certificate !== other.certificate
  );
}
