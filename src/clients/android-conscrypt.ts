import { BORINGSSL_ABILITIES } from './rules/boringssl.ts';
import { clientModel } from './rules/family.ts';
import { issuerListed } from './rules/issuer-list.ts';
import { keyTypeListed } from './rules/key-types.ts';
import { CONSCRYPT_LATE } from './rules/late.ts';
import { hashOrder } from './rules/picks.ts';
import { commonScheme, keyAlgorithmListed } from './rules/signing.ts';

/** Android applications with their own key store (OkHttp, HttpsURLConnection). Read in source, not run. */
export default clientModel({
  id: 'android-conscrypt',
  title: 'Android (Conscrypt)',
  name: 'Conscrypt',
  source: 'conscrypt KeyManagerImpl.java, SSLUtils.getSupportedClientKeyTypes',
  confidence: 'source',
  checks: [
    keyTypeListed('withheld'),
    keyAlgorithmListed(BORINGSSL_ABILITIES),
    issuerListed({ comparison: 'java', parents: 'entry', place: 'key-store-entry' }),
  ],
  afterwards: [commonScheme(BORINGSSL_ABILITIES, 'aborted')],
  offers: 'offered',
  picks: hashOrder,
  late: CONSCRYPT_LATE,
});
