import { known, unknown } from '../../base/known.ts';
import type { Logons } from '../../evidence/claims.ts';
import { hasFlag } from '../../windows/iis/access.ts';
import { endsAfter } from '../logons.ts';
import { ask, type Question, sisterOf } from '../question.ts';
import { recordsShown } from '../records.ts';
import { askingRules, sitesOf } from '../site.ts';
import { succeeded, WANTED_TRACE } from './exchanges.ts';
import { exchangesIn } from './late-asking.ts';
import { isBelow } from './paths.ts';
import { isAnybodyRefused, verified } from './successes.ts';

/**
 * Logons with a certificate that the evidence shows to work: a handshake in which one was sent and the page came;
 * answers below 400 at a path of IIS that requires one, with no refusal there after them; a server's word that it
 * verified one, where nobody is refused.
 */
export const logonWorks: Question<true> = (subject) => {
  const seen = exchangesIn(subject)
    .filter(succeeded)
    .map(({ at }) => at);
  const paths = recordsShown(subject.host).flatMap(({ key }) => {
    const sites = ask(sisterOf(subject, key), sitesOf);
    return sites.is === 'known'
      ? askingRules(sites.value).filter((rule) => hasFlag(rule, 'SslRequireCert'))
      : [];
  });
  const places = [...seen];
  const worksBelow = new Map<string, boolean>();
  for (const rule of paths) {
    const before = worksBelow.get(rule.path);
    const good = before === undefined ? workingBelow(rule.path, subject.picture.logons) : [];
    const works = before ?? good.length > 0;
    worksBelow.set(rule.path, works);
    if (works) places.push(...rule.because);
    for (const { lastAt } of good) places.push(lastAt);
  }
  if (!isAnybodyRefused(subject)) places.push(...verified(subject));
  return places.length === 0
    ? unknown(`a logon that works, for comparison: ${WANTED_TRACE}`)
    : known<true>(true, places);
};

/** Logons below a path that worked, where nobody was refused after them. */
function workingBelow(rule: string, logons: readonly Logons[]): readonly Logons[] {
  const below = logons.filter(({ path = '' }) => isBelow(path, rule));
  const good = below.filter(({ status }) => status < 400);
  const refused = below.filter(({ status, substatus }) => status === 403 && REFUSED.has(substatus));
  return refused.every((one) => good.some((other) => endsAfter(other, one))) ? good : [];
}

const REFUSED: ReadonlySet<number> = new Set([7, 12, 13, 16, 17]);
