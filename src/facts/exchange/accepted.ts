import { known, unknown } from '../../base/known.ts';
import { hasFlag } from '../../windows/iis/access.ts';
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
  const logged = paths.flatMap((rule) => {
    const below = subject.picture.logons.filter(({ path = '' }) => isBelow(path, rule.path));
    const good = below.filter(({ status }) => status < 400);
    const refused = below.filter(({ status, substatus }) => status === 403 && REFUSED.has(substatus));
    const lastGood = Math.max(...good.map(({ last }) => last));
    return good.length > 0 && refused.every(({ last }) => last < lastGood)
      ? [...rule.because, ...good.map(({ lastAt }) => lastAt)]
      : [];
  });
  const told = isAnybodyRefused(subject) ? [] : verified(subject);
  const places = [...seen, ...logged, ...told];
  return places.length === 0
    ? unknown(`a logon that works, for comparison: ${WANTED_TRACE}`)
    : known<true>(true, places);
};

const REFUSED: ReadonlySet<number> = new Set([7, 12, 13, 16, 17]);
