import { answerOf } from '../base/known.ts';
import { BUILDS } from '../windows/builds.ts';
import { sendsList as sendsListOf } from '../windows/schannel/issuer-list.ts';
import { Trail } from '../windows/trail.ts';
import { recordOf } from './endpoint.ts';
import { ask, onceForHost, type Question } from './question.ts';
import { recordByKey } from './records.ts';

/** Whether issuer names go out at all: SendTrustedIssuerList, or the build's default when absent (domain 4.1). */
export const sendsList: Question<boolean> = (subject) => {
  const trail = new Trail();
  const { host, key } = subject;
  // A record's lines tell of an unknown build what its default is; a host as a whole has none.
  const value = host.schannel.sendTrustedIssuerList;
  if (key && value.is === 'unknown' && recordByKey(host, key)) return value;
  if (key) return trail.answer(sendsListOf(host, answerOf(ask(subject, recordOf)), trail));
  const sends = trail.read(value);
  return trail.answer(sends === undefined ? BUILDS[trail.read(host.build)].sendsListByDefault : sends !== 0);
};

/** ClientAuthTrustMode; 0, machine trust, when absent (domain 4.3). */
export const trustMode: Question<number> = onceForHost(({ host }) => {
  const trail = new Trail();
  return trail.answer(trail.read(host.schannel.clientAuthTrustMode) ?? 0);
});
