import { OPENSSL_ABILITIES } from './openssl.ts';
import { commonScheme } from './signing.ts';
import { type Check, message } from './verdict.ts';

/** Below .NET lies Schannel or OpenSSL. Where no scheme suits the key, only OpenSSL's answer is known. */
const byOpenssl = commonScheme(OPENSSL_ABILITIES, 'withheld');

export const platformScheme: Check = (question) => {
  const verdict = byOpenssl(question);
  if (verdict.is === 'pass') return verdict;
  return {
    ...verdict,
    offer: 'unknown',
    reason: message('no-common-scheme-on-windows', verdict.reason.facts),
    confidence: 'unverified',
  };
};
