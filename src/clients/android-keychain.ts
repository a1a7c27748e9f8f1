import { BORINGSSL_ABILITIES } from './rules/boringssl.ts';
import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { BORINGSSL_LATE } from './rules/late.ts';
import { userPicks } from './rules/picks.ts';
import { commonScheme } from './rules/signing.ts';
import { type Check, message, PASS } from './rules/verdict.ts';

/** Chrome parses every listed name for the KeyChain; one that cannot be read gives the whole request up. */
const everyNameReadable: Check = ({ request }) => {
  if (request.authorities.every((name) => name.broken === undefined)) return PASS;
  return {
    is: 'stop',
    offer: 'withheld',
    rule: 'unreadable-list',
    reason: message('unreadable-list'),
    changes: [message('drop-unreadable')],
  };
};

/** Chrome for Android, WebView and Firefox for Android, by the system's KeyChain. Read in source, not run. */
export default clientModel({
  id: 'android-keychain',
  title: 'Chrome (Android, KeyChain)',
  name: 'Chrome (Android)',
  source: 'AOSP KeyChainActivity.java, chromium SSLClientCertificateRequest.java',
  confidence: 'source',
  checks: [
    everyNameReadable,
    keyTypeListed('withheld'),
    // Above the leaf it is the subjects of the stored chain that count: the listed CA itself must lie there.
    issuerListed({
      comparison: 'java',
      parents: 'entry',
      subjects: 'parents',
      place: 'installed-pkcs12',
    }),
  ],
  afterwards: [commonScheme(BORINGSSL_ABILITIES, 'aborted')],
  offers: 'prompted',
  picks: userPicks,
  late: BORINGSSL_LATE,
});
