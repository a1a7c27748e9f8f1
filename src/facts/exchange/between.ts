import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import { printName } from '../../wire/x509/name.ts';
import { asksForCertificate } from '../asking.ts';
import { fieldOf } from '../endpoint.ts';
import { ask, type Question, type Subject, sisterOf } from '../question.ts';
import { recordsShown } from '../records.ts';
import { exchangesIn } from './late-asking.ts';

/** Somebody between client and server who ends TLS: an inspector at the client's side, a proxy at the server's. */

/** Makers and products that end TLS to look into it, as they call themselves in the certificates that they make. */
const INSPECTORS =
  /zscaler|netskope|forti(?:gate|net|client)|palo ?alto|blue ?coat|symantec (?:web|ssl)|sophos|kaspersky|\beset\b|avast|\bavg\b|bitdefender|mcafee|skyhigh|web ?gateway|cisco umbrella|openDNS|barracuda|websense|forcepoint|check ?point|untangle|squid|mitmproxy|charles proxy|fiddler|DO_NOT_TRUST|burp|portswigger|adguard|iboss|menlo security|sonicwall|watchguard|trend micro|f5 ssl orchestrator|(?:tls|ssl|https)[ -]?(?:inspect|intercept|decrypt|proxy|forward)|forward[ -]?trust|web[ -]?filter/i;

export type Inspected = {
  /** As printed: the issuer of the certificate that the client met. */
  readonly issuer: string;
  readonly host?: string;
};

const WANTED_SERVER =
  "the server's certificate as the failing client sees it: `openssl s_client -connect HOST:PORT -servername HOST` or `curl -v` from there, or the certificate exported from its browser";

export const inspected: Question<Inspected> = (subject) => {
  const [one] = metBy(subject).filter(({ issuer }) => INSPECTORS.test(issuer));
  return one
    ? known<Inspected>({ issuer: one.issuer, ...(one.host === undefined ? {} : { host: one.host }) }, [
        one.at,
      ])
    : unknown(WANTED_SERVER);
};

interface Met {
  readonly issuer: string;
  readonly host?: string;
  readonly at: Locus;
  readonly asked?: boolean;
}

/** Certificates that clients met: of their traces, and those exported from a browser. */
function metBy({ picture }: Subject): Met[] {
  const traced = (picture.requestsInWords ?? []).flatMap(({ server, host, at, asked }) =>
    server?.issuer === undefined
      ? []
      : [
          {
            issuer: server.issuer,
            at,
            ...(host === undefined ? {} : { host }),
            ...(asked === undefined ? {} : { asked }),
          },
        ],
  );
  const exported = picture.certificates
    .filter(
      ({ certificate: { isCa, extendedKeyUsage } }) =>
        !isCa && extendedKeyUsage?.includes(SERVER_AUTH) !== false,
    )
    .map(({ certificate, at }) => ({ issuer: printName(certificate.issuer), at }));
  return [...traced, ...exported];
}

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/** The client met the certificate that is bound; or was asked for its own by somebody who is no inspector. */
export const notInspected: Question<true> = (subject) => {
  const asked = metBy(subject).filter((one) => one.asked && !INSPECTORS.test(one.issuer));
  const bound = boundMet(subject);
  const places = [...asked.map(({ at }) => at), ...bound];
  return places.length === 0 ? unknown(WANTED_SERVER) : known<true>(true, places);
};

/** Handshakes in which the certificate of a record was shown. */
function boundMet(subject: Subject): Locus[] {
  const hashes = boundTo(subject);
  const seen = [...subject.picture.handshakes, ...(subject.picture.unread ?? [])];
  return seen
    .filter(({ serverCertificate }) => serverCertificate !== undefined && hashes.has(serverCertificate))
    .map(({ at }) => at);
}

function boundTo({ picture }: Subject): Set<string> {
  const records = picture.hosts.flatMap((host) => [...recordsShown(host)]);
  return new Set(
    records.flatMap((record) => {
      const hash = fieldOf(record, 'certhash');
      return hash.is === 'known' && hash.value !== undefined ? [hash.value.toLowerCase()] : [];
    }),
  );
}

/** TLS of the clients ends before the server that wants their certificates. */
export type EndedBefore = {
  /** What shows it, a sentence without its end. */
  readonly how: string;
};

const WANTED_OUTSIDE =
  "what clients meet outside and what the server has: a trace or capture from a client, `netsh http show sslcert` and the server's log";

export const endedBefore: Question<EndedBefore> = (subject) => {
  const refused = subject.picture.logons.filter(({ status, substatus }) => status === 403 && substatus === 7);
  const symptom = refused.map(({ at }) => at);
  const front = frontOf(subject);
  const other = otherCertificate(subject);
  const unasked = notAsked(subject);
  if (other && symptom.length > 0)
    return known<EndedBefore>({ how: 'clients meet another certificate than the one that is bound' }, [
      ...other,
      ...symptom,
    ]);
  if (unasked)
    return known<EndedBefore>(
      { how: 'the record asks for a certificate in the handshake, and clients are not asked' },
      [...unasked, ...symptom],
    );
  if (front && symptom.length > 0)
    return known<EndedBefore>(
      { how: `${front.program} in front of it answers the clients and asks for none` },
      [front.at, ...symptom],
    );
  return unknown(WANTED_OUTSIDE);
};

/** A proxy configured for a name, which never asks. */
const frontOf = ({ picture }: Subject) =>
  (picture.services ?? []).find(
    ({ asks, paths }) => asks === 'never' && paths.every((one) => one.asks === 'never'),
  );

/** Of a handshake at the port of a record whose listing is whole: the certificate is none of those bound there. */
function otherCertificate(subject: Subject): Locus[] | null {
  const { host, picture } = subject;
  if (host.bindings.is !== 'known' || host.bindings.value.length === 0) return null;
  const hashes = boundTo(subject);
  const seen = [...picture.handshakes, ...(picture.unread ?? [])].filter(
    ({ serverCertificate }) => serverCertificate !== undefined,
  );
  const isOther = seen.length > 0 && seen.every(({ serverCertificate }) => !hashes.has(serverCertificate!));
  return isOther ? [...seen.map(({ at }) => at), ...host.bindings.because] : null;
}

/** Every record that was shown asks in the first handshake, and a whole handshake outside had no request. */
function notAsked(subject: Subject): Locus[] | null {
  const records = recordsShown(subject.host);
  const asking = records.map(({ key }) => ask(sisterOf(subject, key), asksForCertificate));
  const isSure =
    asking.length > 0 && asking.every((leaf) => leaf.is === 'known' && leaf.value === 'first-handshake');
  if (!isSure || subject.host.bindings.is !== 'known') return null;
  const told = exchangesIn(subject);
  const outside = told.find(({ asked, unread }) => asked === false && unread === undefined);
  if (!outside || told.some(({ asked }) => asked)) return null;
  return [...asking.flatMap((leaf) => (leaf.is === 'known' ? [...leaf.because] : [])), outside.at];
}

/** Clients meet the bound certificate, or are asked as the record asks. */
export const reachesServer: Question<true> = (subject) => {
  const asked = exchangesIn(subject).filter((one) => one.asked);
  const places = [
    ...boundMet(subject),
    ...(recordsShown(subject.host).length > 0 ? asked.map(({ at }) => at) : []),
  ];
  return places.length === 0 ? unknown(WANTED_OUTSIDE) : known<true>(true, places);
};
