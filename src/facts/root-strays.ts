import { type Known, known } from '../base/known.ts';
import { isSelfSigned } from '../windows/schannel/chain.ts';
import { printName } from '../wire/x509/name.ts';
import { rootStore } from './issuers.ts';
import { nameKey } from './names-in-words.ts';
import { ask, type Question, type Subject } from './question.ts';
import { listingsOf, type ShownCertificate, shown, shownStore } from './store-contents.ts';

/**
 * Certificates in the machine's Root that are not self-signed. An export tells, or a text; a text that shows only a
 * part (a filter for just these) can prove that there are some, never that there are none.
 */
export const rootStrays: Question<readonly ShownCertificate[]> = (subject) => {
  const root = ask(subject, rootStore);
  if (root.is === 'known') {
    const strays = root.value.filter(({ certificate }) => !isSelfSigned(certificate));
    return known(
      strays.map(({ certificate, thumbprint, because }) => ({
        subject: printName(certificate.subject),
        issuer: printName(certificate.issuer),
        subjectKey: nameKey(certificate.subject),
        isRoot: false,
        thumbprint,
        at: because[0]!,
      })),
      root.because,
    );
  }
  const inText = listingsOf(subject, 'Root').flatMap(({ certificates }) => certificates.map(shown));
  const strays = inText.filter(({ isRoot }) => isRoot === false);
  if (strays.length > 0)
    return known(
      strays,
      strays.map(({ at }) => at),
    );
  const asked = listingsOf(subject, 'Root').find(
    ({ only, certificates }) => only === 'not-self-signed' && certificates.length === 0,
  );
  return asked ? known([], [asked.at]) : noneIn(subject, root);
};

const ROOT = shownStore('Root');

function noneIn(subject: Subject, root: Known<unknown>): Known<readonly ShownCertificate[]> {
  const whole = ask(subject, ROOT);
  if (whole.is !== 'known' || whole.value.length === 0) return root as Known<never>;
  const isTold = whole.value.every(({ isRoot }) => isRoot === true);
  return isTold ? known([], whole.because) : (root as Known<never>);
}
