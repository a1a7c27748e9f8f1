import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import { sameName } from '../../wire/x509/name.ts';
import { ask, type Question, type Subject } from '../question.ts';
import { type ClientCertificate, clientCertificates, theOne } from './client-certificates.ts';
import { type Exchange, names, sentNone, sentOne, succeeded, WANTED_TRACE } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';
import { said, speakerOf } from './messages.ts';

/** A client that looks at the list of issuers and finds its certificate's issuer not among them. */
export type Filtered = {
  /** '.NET', 'the client'. */
  readonly client: string;
  readonly subject?: string;
  readonly issuer?: string;
  /** How many issuers the server named. */
  readonly listed?: number;
};

/**
 * Longer lists are those of a whole root store (Windows 7, .NET on Linux): then it is the server that names the wrong
 * issuers. An administrator who chose the CAs has a handful.
 */
const CHOSEN = 30;

const WANTED_FILTER = `the list that the server sends (\`handclasp why https://HOST:PORT/\`), the client's certificate, and ${WANTED_TRACE}`;

export const filteredByIssuer: Question<Filtered> = (subject) => {
  const own = theOne(ask(subject, clientCertificates));
  const lists = exchangesIn(subject).filter(
    ({ asked, names: count }) => asked && count !== undefined && count > 0,
  );
  const listed = Math.max(0, ...lists.map((one) => one.names!), ...countsTold(subject));
  const silent = sentNothing(subject);
  const lacking = own ? lists.find((one) => isLacking(one, own, subject)) : undefined;
  const isListed = own && lists.some((one) => reachable(own, subject).some((issuer) => names(one, issuer)));
  if (
    !silent ||
    listed === 0 ||
    listed > CHOSEN ||
    isListed ||
    (!lacking && !isToldToFilter(subject, listed))
  )
    return unknown(WANTED_FILTER);
  return known<Filtered>(
    {
      client: silent.client,
      listed,
      ...(own ? { subject: own.subject } : {}),
      ...(own?.issuer === undefined ? {} : { issuer: own.issuer }),
    },
    [silent.at, ...(lacking ? [lacking.at] : []), ...(own ? [own.at] : [])],
  );
};

const countsTold = (subject: Subject): number[] =>
  said(subject, 'issuers-counted').flatMap(({ facts }) => Number(facts?.issuers ?? 0));

/** .NET Framework says of itself that none of the given certificates is of the issuers. */
function isToldToFilter(subject: Subject, listed: number): boolean {
  const isInTrace = exchangesIn(subject).some(
    (one) => one.tool === '.NET' && (one.names ?? 0) > 0 && sentNone(one),
  );
  const isSaid = said(subject, 'no-certificate-chosen').some(({ program }) => program === '.NET');
  return isInTrace || (listed > 0 && isSaid);
}

/** Who had a certificate and sent none. */
function sentNothing(subject: Subject): { client: string; at: Locus } | null {
  const exchange = exchangesIn(subject).find((one) => one.asked && sentNone(one));
  if (exchange) return { client: exchange.tool ?? 'the client', at: exchange.at };
  const [told] = [
    ...said(subject, 'no-certificate-chosen', 'no-certificate-sent'),
    // ERR_BAD_SSL_CLIENT_AUTH_CERT: refused, or missing.
    ...said(subject, 'certificate-refused').filter(({ program }) => program === 'Chromium'),
  ];
  return told ? { client: told.side === 'server' ? 'the client' : speakerOf(told), at: told.at } : null;
}

/** Its issuer and the CAs above it, as far as certificates at hand lead. */
function issuersOf({ certificate }: ClientCertificate, { picture }: Subject) {
  if (!certificate) return [];
  const above = [certificate.issuer];
  for (let i = 0; i < above.length && i < 8; i++)
    for (const { certificate: one } of picture.certificates)
      if (sameName(one.subject, above[i]!) && !above.some((name) => sameName(name, one.issuer)))
        above.push(one.issuer);
  return above;
}

/**
 * As far as the client itself can lead: a list of roots is of no use to one that holds its certificate alone, without
 * the intermediate (a phone, a key store with one entry).
 */
function reachable(own: ClientCertificate, subject: Subject) {
  const { certificate, at } = own;
  const all = issuersOf(own, subject);
  if (!certificate || own.by === 'wire') return all;
  const file = subject.picture.certificates.filter((one) => one.at.source === at.source);
  const hasNext = file.some((one) => sameName(one.certificate.subject, certificate.issuer));
  return file.length === 1 && !hasNext ? all.slice(0, 1) : all;
}

const isLacking = (exchange: Exchange, own: ClientCertificate, subject: Subject): boolean => {
  const issuers = reachable(own, subject);
  return issuers.length > 0 && issuers.every((issuer) => names(exchange, issuer) === false);
};

/** The list has the certificate's issuer, or there is no list, or a certificate was sent. */
export const passesFilter: Question<true> = (subject) => {
  const exchanges = exchangesIn(subject).filter(({ asked }) => asked);
  const own = theOne(ask(subject, clientCertificates));
  const good = exchanges.filter(
    (one) =>
      succeeded(one) ||
      (one.names === 0 && !sentNone(one)) ||
      (one.tool !== undefined && sentOne(one)) ||
      (own !== null && reachable(own, subject).some((issuer) => names(one, issuer) === true)),
  );
  return good.length === 0
    ? unknown(WANTED_FILTER)
    : known<true>(true, [...good.map(({ at }) => at), ...(own ? [own.at] : [])]);
};
