import { sendsList as sendsListOf } from '../windows/schannel/issuer-list.ts';
import { Trail } from '../windows/trail.ts';
import { recordOf } from './endpoint.ts';
import { ask, type Question } from './question.ts';

/** Whether issuer names go out at all: SendTrustedIssuerList, or the build's default when absent (domain 4.1). */
export const sendsList: Question<boolean> = (subject) => {
  const trail = new Trail();
  const record = new Trail().read(ask(subject, recordOf));
  return trail.answer(sendsListOf(subject.host, record, trail));
};

/** ClientAuthTrustMode; 0, machine trust, when absent (domain 4.3). */
export const trustMode: Question<number> = ({ host }) => {
  const trail = new Trail();
  return trail.answer(trail.read(host.schannel.clientAuthTrustMode) ?? 0);
};
