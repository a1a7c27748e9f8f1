import { type Check, clientModel } from './rules/family.ts';
import { quote } from './rules/words.ts';

/** URLSession and Network.framework hand the names over; whatever the application answers is sent. */
const applicationDecides: Check = ({ identity: { leaf }, family }) => ({
  is: 'stop',
  offer: 'unknown',
  rule: 'application-decides',
  because: `${family.name} leaves the choice to the application or the user; the list is only advice, whether or not it names ${quote(leaf.issuer)}.`,
  wouldChange: ['answer the challenge in the application with this identity'],
});

/** Safari, URLSession, Network.framework, Secure Transport. How Safari filters its chooser is not known. */
export default clientModel({
  id: 'apple',
  title: 'Safari, URLSession (Apple)',
  name: "Apple's stack",
  source: 'Apple developer documentation; not run',
  confidence: 'documented',
  checks: [applicationDecides],
  offers: 'prompted',
});
