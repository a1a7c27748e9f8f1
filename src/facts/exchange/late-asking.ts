import { known, unknown } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import type { ServiceSeen } from '../../evidence/claims.ts';
import { BUILDS } from '../../windows/builds.ts';
import { asksForCertificate } from '../asking.ts';
import { fieldOf } from '../endpoint.ts';
import { ask, type Question, type Subject, sisterOf } from '../question.ts';
import { recordsShown } from '../records.ts';
import { exchangesOf } from './exchanges.ts';
import { said } from './messages.ts';

/** That the server asks after the HTTP request, by whatever tells it. */
export interface LateAsking {
  readonly by: 'http.sys' | 'configuration' | 'wire' | 'message';
  readonly path?: string;
}

const WANTED_ASKING =
  'how the server asks: `netsh http show sslcert` with applicationHost.config, the configuration of nginx or Apache, or a capture';

/** Whether some service asks after the request, for the path tells it to. */
export const asksLate: Question<LateAsking> = (subject) => {
  const onWire = exchangesIn(subject).filter((one) => one.late);
  if (onWire[0])
    return known<LateAsking>(
      { by: 'wire', ...(onWire[0].path === undefined ? {} : { path: onWire[0].path }) },
      onWire.map(({ at }) => at),
    );
  const http = lateRecords(subject);
  if (http.length > 0) return known<LateAsking>({ by: 'http.sys' }, http);
  const [service] = (subject.picture.services ?? []).filter(hasLatePath);
  const path = service?.paths.find(({ asks }) => asks !== 'never');
  if (path) return known<LateAsking>({ by: 'configuration', path: path.path }, [path.at]);
  const told = said(subject, 'renegotiation-asked');
  return told[0]
    ? known<LateAsking>(
        { by: 'message' },
        told.map(({ at }) => at),
      )
    : unknown(WANTED_ASKING);
};

/** Exchanges, none where there is no evidence of them. */
export function exchangesIn(subject: Subject) {
  const leaf = ask(subject, exchangesOf);
  return leaf.is === 'known' ? leaf.value : [];
}

const hasLatePath = ({ asks, paths }: ServiceSeen): boolean =>
  asks === 'never' && paths.some((one) => one.asks !== 'never');

function recordsAsking(subject: Subject, how: 'later' | 'first-handshake'): Locus[] {
  return recordsShown(subject.host).flatMap(({ key }) => {
    const asks = ask(sisterOf(subject, key), asksForCertificate);
    return asks.is === 'known' && asks.value === how ? [...asks.because] : [];
  });
}

/** Records of http.sys that ask after the request. */
const lateRecords = (subject: Subject): Locus[] => recordsAsking(subject, 'later');

/** Everything that asks at all asks in the first handshake, which every client can answer. */
export const asksEarly: Question<true> = (subject) => {
  const exchanges = exchangesIn(subject);
  const services = subject.picture.services ?? [];
  const isLate =
    exchanges.some(({ late }) => late) || lateRecords(subject).length > 0 || services.some(hasLatePath);
  const places = [
    ...exchanges.filter(({ asked, late }) => asked && !late).map(({ at }) => at),
    ...recordsAsking(subject, 'first-handshake'),
    ...services.filter(({ asks }) => asks !== 'never').map(({ at, askedAt }) => askedAt ?? at),
  ];
  return isLate || places.length === 0 ? unknown(WANTED_ASKING) : known<true>(true, places);
};

/** What the versions in use can be: true only where something shows that TLS 1.3 is out of the question. */
export function isBefore13(subject: Subject): Locus[] | null {
  const seen = exchangesIn(subject).filter(({ version }) => version !== undefined);
  if (seen.some(({ version }) => version! >= 0x0304)) return null;
  if (seen.length > 0) return seen.map(({ at }) => at);
  const { host } = subject;
  if (host.build.is === 'known' && !BUILDS[host.build.value].tls13) return [...host.build.because];
  const records = recordsShown(host);
  // netsh prints all lines that its Windows knows, and this one since 2022 (domain 2.3).
  const isOldListing = records.every(
    ({ fields }) => fields.clientcertnegotiation && fields.reject && !fields.disabletls13,
  );
  if (records.length > 0 && isOldListing) return records.flatMap(({ because }) => [...because]);
  const off = records.map((record) => fieldOf(record, 'disabletls13'));
  if (off.length > 0 && off.every((leaf) => leaf.is === 'known' && leaf.value))
    return off.flatMap((leaf) => (leaf.is === 'known' ? [...leaf.because] : []));
  const services = (subject.picture.services ?? []).filter(({ protocols }) => protocols);
  const isOld = services.every(({ protocols }) => !protocols!.some((one) => /1\.3/.test(one)));
  return services.length > 0 && isOld ? services.map(({ at }) => at) : null;
}
