import { clientModel } from './rules/family.ts';
import { UNKNOWN_LATE } from './rules/late.ts';
import { applicationPicks } from './rules/picks.ts';
import { type Check, message } from './rules/verdict.ts';
import { quote } from './rules/words.ts';

/** URLSession and Network.framework hand the names over; whatever the application answers is sent. */
const applicationDecides: Check = ({ identity: { leaf } }) => ({
  is: 'stop',
  offer: 'unknown',
  rule: 'application-decides',
  reason: message('application-decides', { issuer: quote(leaf.issuer) }),
  changes: [message('answer-in-application')],
});

/** Safari, URLSession, Network.framework, Secure Transport. How Safari filters its chooser is not known. */
export default clientModel({
  id: 'apple',
  title: 'Safari, URLSession (Apple)',
  name: 'Apple',
  source: 'Apple developer documentation; not run',
  confidence: 'documented',
  checks: [applicationDecides],
  offers: 'prompted',
  picks: applicationPicks,
  late: UNKNOWN_LATE,
});
