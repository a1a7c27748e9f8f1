import { known, unknown } from '../base/known.ts';
import { type Host, type StoredCertificate, store } from '../windows/host.ts';
import type { SslBinding } from '../windows/http-sys/binding.ts';
import { recordStore } from '../windows/schannel/issuer-list.ts';
import { judgeClient, WIN32 } from '../windows/schannel/trust.ts';
import { Trail } from '../windows/trail.ts';
import { wantedStore as wantedStoreFile } from '../windows/wanted.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { recordOf } from './endpoint.ts';
import { rootStore } from './issuers.ts';
import { ask, type Question, type Subject } from './question.ts';
import { wantedStore } from './wanted-store.ts';

/** The store that the record names, lower case; undefined when it names none, or one that is empty. */
export const filledCtlStore: Question<string | undefined> = (subject) =>
  recordStore(subject.host, new Trail().read(ask(subject, recordOf)));

/** A CA whose clients this endpoint refuses because of its trust mode, though their chain is in order. */
export interface Distrusted {
  readonly issuer: Certificate;
  /** How many of the CAs whose clients are expected fare so. */
  readonly count: number;
  /** The record's store would have to be this one for all of them to be taken; undefined: none does. */
  readonly cure?: string;
}

/** null: clients of every expected CA are taken. */
export const distrustedIssuer: Question<Distrusted | null> = (subject) => {
  const trail = new Trail();
  const record = trail.read(ask(subject, recordOf));
  const own = trail.read(ask(subject, filledCtlStore));
  const wanted = own === undefined ? trail.read(ask(subject, wantedStore)) : null;
  const expected = trail.read(expectedOf(subject, own, wanted?.certificates));
  const refused = expected.filter((one) => isRefused(subject.host, record, one, trail));
  if (refused.length === 0) return trail.answer<Distrusted | null>(null);
  const cured: SslBinding = {
    ...record,
    fields: { ...record.fields, sslctlstorename: known(wanted?.store) },
  };
  const helps = wanted && expected.every((one) => !isRefused(subject.host, cured, one, trail));
  return trail.answer<Distrusted | null>({
    issuer: refused[0]!.certificate,
    count: refused.length,
    ...(helps ? { cure: wanted.store } : {}),
  });
};

/** The CAs of the record's store, else of the store that was meant for it, else a few of Root. */
function expectedOf(
  subject: Subject,
  own: string | undefined,
  wanted: readonly StoredCertificate[] | undefined,
) {
  if (own !== undefined) return store(subject.host, own);
  if (wanted) return known(wanted);
  const root = ask(subject, rootStore);
  return root.is === 'known'
    ? known(root.value.slice(0, 3), root.because)
    : unknown<[]>(wantedStoreFile('Root'));
}

/**
 * Whether the trust mode alone refuses a client of this CA. The list is taken as sent, so that a stray in Root
 * does not speak here (it has a diagnosis of its own), and the client sends its issuer; dates and usage do not
 * count either.
 */
function isRefused(host: Host, record: SslBinding, issuer: StoredCertificate, trail: Trail): boolean {
  const sending = { ...host, schannel: { ...host.schannel, sendTrustedIssuerList: known(1) } };
  const chain = [clientOf(issuer.certificate), issuer.certificate];
  const verdict = trail.read(judgeClient(sending, record, chain, 'good', issuer.certificate.notBefore));
  return verdict.is === 'refused' && verdict.substatus === 16 && verdict.win32 === WIN32.untrustedRoot;
}

const NAMELESS = { der: new Uint8Array(), rdns: [] };

/** A client certificate as this CA would issue it; it exists only in this question. */
function clientOf(issuer: Certificate): Certificate {
  const { extendedKeyUsage, authorityKeyId, subjectKeyId, ...rest } = issuer;
  return {
    ...rest,
    der: new Uint8Array(),
    subject: NAMELESS,
    issuer: issuer.subject,
    isCa: false,
    aiaIssuerUrls: [],
    ...(subjectKeyId === undefined ? {} : { authorityKeyId: subjectKeyId }),
  };
}
