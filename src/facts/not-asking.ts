import { becauseOf, known, unknown } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { AccessRule, Site } from '../windows/host.ts';
import { hasFlag } from '../windows/iis/access.ts';
import { Trail } from '../windows/trail.ts';
import { WANTED } from '../windows/wanted.ts';
import { field } from './endpoint.ts';
import { eachRecord } from './late-asking.ts';
import { messagesWith } from './messages.ts';
import { ask, type Question, type Subject } from './question.ts';
import { askingRules, sitesOf } from './site.ts';

/** Whether IIS asks where a certificate is wanted (domain 5.3, cause 19). */
export type AskingState =
  | { readonly is: 'asks' }
  /** Nothing shows that a certificate is wanted. */
  | { readonly is: 'idle' }
  /** A rule wants one and asks for none, or a program misses it where no rule asks. */
  | { readonly is: 'silent'; readonly where: string; readonly because: readonly Locus[] };

export const askingState: Question<AskingState> = (subject) => {
  const records = eachRecord(subject);
  const { sites } = subject.host;
  const states = records.length > 0 ? records.map((one) => ask(one, atRecord)) : [ask(subject, ofAllSites)];
  const silent = states.find((one) => one.is === 'known' && one.value.is === 'silent');
  const open = states.find((one) => one.is !== 'known');
  const asks = states.find((one) => one.is === 'known' && one.value.is === 'asks');
  if (silent || open || asks) return (silent ?? open ?? asks)!;
  return known<AskingState>({ is: 'idle' }, becauseOf(sites));
};

const atRecord: Question<AskingState> = (subject) => {
  const trail = new Trail();
  const negotiates = field(subject, 'clientcertnegotiation');
  if (negotiates.is === 'known' && trail.read(negotiates)) return trail.answer<AskingState>({ is: 'asks' });
  const sites = trail.read(ask(subject, sitesOf));
  trail.read(negotiates);
  return ofSites(subject, sites, becauseOf(trail.answer(null)));
};

/** No record was seen: by the configuration alone no rule but SslNegotiateCert asks, unless the record does. */
const ofAllSites: Question<AskingState> = (subject) => {
  const trail = new Trail();
  const sites = trail.read(subject.host.sites);
  const state = ofSites(subject, sites, []);
  return state.is === 'known' && state.value.is === 'silent' ? unknown(WANTED.bindings) : state;
};

function ofSites(subject: Subject, sites: readonly Site[], because: readonly Locus[]) {
  const mute = sites.flatMap((site) => site.access.filter(isMute).map((rule) => ({ site, rule })))[0];
  if (mute) {
    const all = [...because, ...mute.rule.because];
    return known<AskingState>({ is: 'silent', where: placeOf(mute.site, mute.rule), because: all }, all);
  }
  const rules = askingRules(sites);
  if (rules.length > 0)
    return known<AskingState>(
      { is: 'asks' },
      rules.flatMap((rule) => rule.because),
    );
  const missed = messagesWith(subject, ['no-certificate-sent']).filter(({ side }) => side === 'server');
  const [site] = sites;
  if (missed.length === 0 || !site) return known<AskingState>({ is: 'idle' }, because);
  const all = [...because, ...site.because, ...missed.map(({ at }) => at)];
  return known<AskingState>({ is: 'silent', where: site.name, because: all }, all);
}

/** SslRequireCert alone refuses who sends none, and asks nobody (domain 5.3). */
const isMute = (rule: AccessRule): boolean =>
  hasFlag(rule, 'SslRequireCert') && !hasFlag(rule, 'SslNegotiateCert');

const placeOf = ({ name }: Site, { path }: AccessRule): string => (path === '' ? name : `${name}/${path}`);
