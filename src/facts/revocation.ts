import { answerOf, known, unknown } from '../base/known.ts';
import type { EventsSeen, RevocationCheck } from '../evidence/claims.ts';
import type { SslBinding } from '../windows/http-sys/binding.ts';
import { fieldOf, whereSeen } from './endpoint.ts';
import { CHAIN, chainRefusals } from './exchange/chain-refusals.ts';
import { clientCertificates, theOne } from './exchange/client-certificates.ts';
import { ask, type Question, type Subject } from './question.ts';
import { recordsShown, wholeListing } from './records.ts';

/** 403.13 because the list could not be had. */
export const offlineRefusals = chainRefusals(CHAIN.offline, ['revocation-unavailable'], 13);
/** 403.13 because the certificate is revoked. */
export const revokedRefusals = chainRefusals(CHAIN.revoked, ['certificate-revoked'], 13);

const WANTED_CHECK =
  "output of `certutil -verify -urlfetch client.cer` with the client's certificate, run on the server as SYSTEM";

/** Records that have clients' certificates checked for revocation; none only where all were seen. */
export const verifyingRecords: Question<readonly SslBinding[]> = (subject) => {
  const verifying = recordsShown(subject.host).filter((record) => {
    const leaf = fieldOf(record, 'verifyclientcertrevocation');
    return leaf.is !== 'known' || leaf.value;
  });
  if (verifying.length === 0) answerOf(ask(subject, wholeListing));
  return known(
    verifying,
    verifying.flatMap((record) => whereSeen(record, 'verifyclientcertrevocation')),
  );
};

/** What tries to fetch revocation information showed. */
export interface RevocationTries {
  readonly failed: readonly RevocationCheck[];
  readonly revoked: readonly RevocationCheck[];
  readonly good: readonly RevocationCheck[];
}

export const revocationTries: Question<RevocationTries> = (subject) => {
  const all = checksOf(subject);
  if (all.length === 0) return unknown(WANTED_CHECK);
  const of = (...outcomes: RevocationCheck['outcome'][]) =>
    all.filter(({ outcome }) => outcomes.includes(outcome));
  // One of several places of a certificate is enough.
  const served = new Set(of('good').flatMap(({ subject: name }) => name ?? []));
  const failed = of('offline', 'stale', 'no-place').filter(({ subject: name }) => !served.has(name ?? ' '));
  return known(
    { failed, revoked: of('revoked'), good: of('good') },
    [...failed, ...of('revoked'), ...of('good')].map(({ at }) => at),
  );
};

function checksOf({ picture, host }: Subject): readonly RevocationCheck[] {
  const isMine = (one: { readonly host: string }) => picture.hosts.length < 2 || one.host === host.name;
  return [
    ...(picture.revocationChecks ?? []).filter(isMine),
    ...(picture.events ?? []).filter(isMine).flatMap(checksInEvents),
  ];
}

/** Event 41 of CAPI2 is a check of its own: Result 0 good, 80092010 revoked, 80092012 and 80092013 offline (domain 4.5). */
const RESULTS: Readonly<Record<string, RevocationCheck['outcome']>> = {
  '0': 'good',
  '80092010': 'revoked',
  '80092012': 'offline',
  '80092013': 'offline',
};

function checksInEvents({ provider, id, cases }: EventsSeen): RevocationCheck[] {
  if (id !== 41 || !/CAPI2/i.test(provider)) return [];
  return cases.flatMap(({ data, at }) => {
    const result = data['Result.value'] ?? '';
    const outcome = Object.hasOwn(RESULTS, result.toLowerCase()) ? RESULTS[result.toLowerCase()] : undefined;
    if (!outcome) return [];
    const subject = data['Certificate.subjectName'];
    const error = outcome === 'good' ? {} : { error: `0x${result}` };
    return [{ says: 'revocation-check' as const, at, outcome, ...(subject ? { subject } : {}), ...error }];
  });
}

/** Places of the client's revocation list that only a member of its domain reaches: all of them are LDAP. */
export const ldapOnly: Question<string | null> = (subject) => {
  const one = theOne(ask(subject, clientCertificates));
  if (!one?.certificate) return unknown("the client's certificate (client.cer, without its key)");
  const places = one.certificate.crlUrls;
  const isLdap = places.length > 0 && places.every((url) => /^ldap:/i.test(url));
  return known(isLdap ? places[0]! : null, [one.at]);
};

/** How the machine reaches the web: 'direct', or its WinHTTP proxy. */
export const webProxy: Question<string> = ({ picture, host }) => {
  const found = (picture.machineSettings ?? []).filter(
    (one) => one.name === 'winhttp.proxy' && (picture.hosts.length < 2 || one.host === host.name),
  );
  const last = found.at(-1);
  return last ? known(last.value, [last.at]) : unknown('output of `netsh winhttp show proxy`');
};
