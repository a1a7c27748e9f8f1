import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { JAVA_ABILITIES, JAVA_ENTRY, pkixPicks } from './rules/java.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { JAVA_LATE } from './rules/late.ts';
import { keyAlgorithmListed, sentThenSigned, signaturesOnChain, someKnownScheme } from './rules/signing.ts';

/**
 * Java with the PKIX key manager (NewSunX509). It only prefers a valid certificate with fitting usages: a lone one
 * that is expired or for servers is offered all the same, so these are no checks here.
 */
export default clientModel({
  id: 'java-pkix',
  title: 'Java (PKIX)',
  name: 'Java (PKIX)',
  source: 'OpenJDK 17 and 25 X509KeyManagerImpl.java; observed with OpenJDK 17',
  confidence: 'observed',
  checks: [
    someKnownScheme(JAVA_ABILITIES, 'aborted', 0x0303, 0x0303),
    keyAlgorithmListed(JAVA_ABILITIES),
    keyTypeListed('withheld'),
    issuerListed(JAVA_ENTRY),
    // Every certificate of the stored chain must be signed with an algorithm that the server listed.
    signaturesOnChain('leaf and held', [0x0303, 0x0304]),
  ],
  afterwards: [sentThenSigned(JAVA_ABILITIES)],
  offers: 'offered',
  picks: pkixPicks,
  late: JAVA_LATE,
});
