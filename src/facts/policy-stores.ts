import { answerOf, becauseOf, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import { ask, type Question } from './question.ts';
import { rootStrays } from './root-strays.ts';
import { listingsOf } from './store-contents.ts';

/** A certificate in Root that does not belong there and that Group Policy brings. */
export interface BroughtByPolicy {
  readonly subject: string;
  readonly thumbprint: string;
  readonly because: readonly Locus[];
}

/** null: Root holds no certificate that does not belong there. */
export const strayByPolicy: Question<BroughtByPolicy | null> = (subject) => {
  const leaf = ask(subject, rootStrays);
  const strays = answerOf(leaf);
  if (strays.length === 0) return known<BroughtByPolicy | null>(null, becauseOf(leaf));
  const brought = listingsOf(subject, 'Root')
    .filter(({ of }) => of === 'group-policy')
    .flatMap(({ certificates }) => certificates);
  for (const stray of strays) {
    const again = brought.find(
      ({ thumbprint }) => thumbprint !== undefined && thumbprint === stray.thumbprint,
    );
    if (again?.thumbprint === undefined) continue;
    const because = [stray.at, again.at];
    const { subject: name } = stray;
    return known<BroughtByPolicy | null>({ subject: name, thumbprint: again.thumbprint, because }, because);
  }
  return unknown(
    'what Group Policy puts into Root (`certutil -grouppolicy -store Root`, or reg export of HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates)',
  );
};
