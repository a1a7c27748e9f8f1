import { toHex } from '../base/bytes.ts';
import { answerOf, openOf, unknown } from '../base/known.ts';
import { type StoredCertificate, store } from '../windows/host.ts';
import {
  type IssuerList,
  type IssuerListSource,
  issuerList,
  issuerListSource,
} from '../windows/schannel/issuer-list.ts';
import { wantedStore } from '../windows/wanted.ts';
import type { Name } from '../wire/x509/name.ts';
import { recordOf } from './endpoint.ts';
import { sendsList } from './policy.ts';
import { ask, type Question } from './question.ts';

/** Which store feeds the list of this endpoint, by the model. */
export const listSource: Question<IssuerListSource> = (subject) => {
  const record = ask(subject, recordOf);
  if (record.is !== 'known') return openOf(record);
  const sends = ask(subject, sendsList);
  return sends.is === 'known' ? issuerListSource(subject.host, record.value) : openOf(sends);
};

/** The list that this endpoint sends, by the model; null: switched off. */
export const listPredicted: Question<IssuerList | null> = (subject) => {
  const source = ask(subject, listSource);
  if (source.is !== 'known') return openOf(source);
  return issuerList(subject.host, answerOf(ask(subject, recordOf)));
};

/** Contents of ClientAuthIssuer, where an administrator keeps the CAs that may log on [SEED]. */
export const expectedIssuers: Question<readonly StoredCertificate[]> = ({ host }) =>
  store(host, 'ClientAuthIssuer');

/** Contents of the machine's Root. Windows brings roots along: an empty one was not read, or not from a machine. */
export const rootStore: Question<readonly StoredCertificate[]> = ({ host }) => {
  const root = store(host, 'Root');
  return root.is === 'known' && root.value.length === 0 ? unknown(wantedStore('Root')) : root;
};

export const subjectsOf = (certificates: readonly StoredCertificate[]): Name[] =>
  certificates.map(({ certificate }) => certificate.subject);

/** Names of `a` that `b` lacks, compared byte for byte: Schannel copies the subject's DER. */
export function without(a: readonly Name[], b: readonly Name[]): Name[] {
  const have = new Set(b.map(({ der }) => toHex(der)));
  return a.filter(({ der }) => !have.has(toHex(der)));
}

export const sameNames = (a: readonly Name[], b: readonly Name[]): boolean =>
  without(a, b).length === 0 && without(b, a).length === 0;

/** Length of a list of these names on the wire: two bytes and the DER of each (RFC 5246 7.4.4). */
export const namesLength = (names: readonly Name[]): number =>
  names.reduce((sum, name) => sum + 2 + name.der.length, 0);

/** Older sources tell of cuts from 12,228 bytes on, the limit is 16 KB (domain 4.4): between, only the wire tells. */
export const SURELY_WHOLE = 12_000;
