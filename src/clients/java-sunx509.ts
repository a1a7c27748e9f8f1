import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { JAVA_ABILITIES, JAVA_ENTRY, sunX509Picks } from './rules/java.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { JAVA_LATE } from './rules/late.ts';
import { keyAlgorithmListed, sentThenSigned, someKnownScheme } from './rules/signing.ts';

/** Java with its default key manager, which looks at no dates, no EKU and no KU. */
export default clientModel({
  id: 'java-sunx509',
  title: 'Java (SunX509)',
  name: 'Java',
  source: 'OpenJDK 17 and 25 SunX509KeyManagerImpl.java; observed with OpenJDK 17',
  confidence: 'observed',
  checks: [
    someKnownScheme(JAVA_ABILITIES, 'aborted', 0x0303, 0x0303),
    keyAlgorithmListed(JAVA_ABILITIES),
    keyTypeListed('withheld'),
    issuerListed(JAVA_ENTRY),
  ],
  afterwards: [sentThenSigned(JAVA_ABILITIES)],
  offers: 'offered',
  picks: sunX509Picks,
  late: JAVA_LATE,
});
