import { clear, clearBy, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import {
  ldapOnly,
  offlineRefusals,
  revocationTries,
  verifyingRecords,
  webProxy,
} from '../../facts/revocation.ts';

/**
 * http.sys has each client's certificate checked for revocation unless the record says otherwise. A list that cannot
 * be fetched refuses like a revoked certificate, only slower [KB943891, domain 5.2, cause 12].
 */
export default defineDiagnosis({
  id: 'revocation-unreachable',
  title: "The server cannot fetch what it needs to check clients' certificates for revocation",
  severity: 'blocks-logon',
  cites: [
    'Microsoft KB943891: 403.13',
    'winerror.h: CRYPT_E_REVOCATION_OFFLINE 0x80092013, CRYPT_E_NO_REVOCATION_CHECK 0x80092012',
    'Microsoft, AD FS certificate authentication troubleshooting (JPAZUREID, 2018), B4',
  ],
  about: 'host',
  sentence:
    "Whether clients' certificates are revoked cannot be told by the server, and it refuses them[: {url} fails with " +
    '{error}][, {count} in the log][; their list lies in LDAP alone ({ldap})][; WinHTTP goes {proxy}].',
  needs: {
    verifying: verifyingRecords,
    refused: offlineRefusals,
    tries: revocationTries,
    ldap: ldapOnly,
    proxy: webProxy,
  },
  check({ verifying, refused, tries, ldap, proxy }) {
    if (verifying.known && verifying.value.length === 0) return clear;
    const lines = refused.known ? refused.value : null;
    const [failed] = tries.known ? tries.value.failed : [];
    // A try that fails says what will happen, where some record is known to check.
    if (lines || (failed && verifying.value.length > 0))
      return found({
        because: evidence(...(lines ? [refused] : []), tries, verifying, proxy),
        facts: {
          ...(failed?.url === undefined ? {} : { url: failed.url, error: failed.error ?? failed.outcome }),
          ...(lines && lines.count > 0 ? { count: lines.count } : {}),
          ...(ldap.known && ldap.value ? { ldap: ldap.value } : {}),
          ...(proxy.known && proxy.value === 'direct' ? { proxy: 'direct, without a proxy' } : {}),
        },
      });
    if (tries.known && !failed && tries.value.good.length > 0) return clear;
    return clearBy(refused);
  },
});
