import { type Known, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { ListedCertificate, StoreListing } from '../evidence/claims.ts';
import { store } from '../windows/host.ts';
import { storeKey } from '../windows/stores/names.ts';
import { wantedStore } from '../windows/wanted.ts';
import { printName } from '../wire/x509/name.ts';
import { nameKey, wordsKey } from './names-in-words.ts';
import { onceForHost, type Question, type Subject } from './question.ts';

/** A store's certificate as an export or a text shows it. */
export interface ShownCertificate {
  /** As printed. */
  readonly subject: string;
  readonly issuer?: string;
  /** names-in-words.ts */
  readonly subjectKey: string;
  readonly isRoot?: boolean;
  readonly thumbprint?: string;
  readonly at: Locus;
}

/** What a store of the machine holds, by its export, else by a text that shows all of it. One question for each name. */
export function shownStore(name: string): Question<readonly ShownCertificate[]> {
  const before = questions.get(name);
  if (before) return before;
  const question = onceForHost((subject) => contentsOf(subject, name));
  if (questions.size < MOST_QUESTIONS) questions.set(name, question);
  return question;
}

const questions = new Map<string, Question<readonly ShownCertificate[]>>();
const MOST_QUESTIONS = 100;

function contentsOf(subject: Subject, name: string): Known<readonly ShownCertificate[]> {
  const exported = store(subject.host, name);
  if (exported.is === 'known')
    return known(
      exported.value.map(({ certificate, thumbprint, because }) => ({
        subject: printName(certificate.subject),
        issuer: printName(certificate.issuer),
        subjectKey: nameKey(certificate.subject),
        isRoot: nameKey(certificate.subject) === nameKey(certificate.issuer),
        thumbprint,
        at: because[0]!,
      })),
      exported.because,
    );
  const listed = listingsOf(subject, name).find(({ whole }) => whole);
  if (!listed) return exported.is === 'unknown' ? exported : unknown(wantedStore(name));
  return known(listed.certificates.map(shown), [listed.at]);
}

/** Texts that show a store of the machine, or do not tell whose it is. */
export const listingsOf = ({ picture, host }: Subject, name: string): StoreListing[] =>
  (picture.listings ?? []).filter(
    (one) => one.host === host.name && one.of !== 'user' && storeKey(one.store ?? '') === storeKey(name),
  );

export function shown(one: ListedCertificate): ShownCertificate {
  const isRoot = one.root ?? sameWords(one.subject, one.issuer);
  return {
    subject: one.subject ?? one.thumbprint ?? '?',
    ...(one.issuer === undefined ? {} : { issuer: one.issuer }),
    subjectKey: one.subject === undefined ? '' : wordsKey(one.subject),
    ...(isRoot === undefined ? {} : { isRoot }),
    ...(one.thumbprint === undefined ? {} : { thumbprint: one.thumbprint }),
    at: one.at,
  };
}

const sameWords = (a: string | undefined, b: string | undefined): boolean | undefined =>
  a === undefined || b === undefined ? undefined : wordsKey(a) === wordsKey(b);
