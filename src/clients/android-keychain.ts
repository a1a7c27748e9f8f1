import { BORINGSSL_ABILITIES } from './rules/boringssl.ts';
import { type Check, clientModel, PASS } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { commonScheme } from './rules/signing.ts';

/** Chrome parses every listed name for the KeyChain; one that cannot be read gives the whole request up. */
const everyNameReadable: Check = ({ request, family }) => {
  if (request.authorities.every((name) => name.broken === undefined)) return PASS;
  return {
    is: 'stop',
    offer: 'withheld',
    rule: 'unreadable-list',
    because: `A listed name cannot be read, and ${family.name} gives up the whole request over it.`,
    wouldChange: ['take the unreadable name out of the list'],
  };
};

/** Chrome for Android, WebView and Firefox for Android, by the system's KeyChain. Read in source, not run. */
export default clientModel({
  id: 'android-keychain',
  title: 'Chrome (Android, KeyChain)',
  name: 'Chrome on Android',
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
      place: 'the installed PKCS#12',
    }),
    commonScheme(BORINGSSL_ABILITIES, 'aborted'),
  ],
  offers: 'prompted',
});
