import { clear, clearBy, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { revocationTries, revokedRefusals } from '../../facts/revocation.ts';

/** The CA took the certificate back: 403.13 as for a list out of reach, with another sc-win32-status [KB943891]. */
export default defineDiagnosis({
  id: 'client-certificate-revoked',
  title: "The client's certificate is revoked",
  severity: 'blocks-logon',
  cites: ['Microsoft KB943891: 403.13', 'winerror.h: CERT_E_REVOKED 0x800B010C, CRYPT_E_REVOKED 0x80092010'],
  about: 'exchange',
  sentence: "The client's certificate[ «{subject}»] is revoked by its CA[, {count} refusals in the log].",
  needs: { refused: revokedRefusals, tries: revocationTries },
  check({ refused, tries }) {
    const lines = refused.known ? refused.value : null;
    const [revoked] = tries.known ? tries.value.revoked : [];
    if (lines || revoked)
      return found({
        because: evidence(...(lines ? [refused] : []), ...(revoked ? [tries] : [])),
        facts: {
          ...(revoked?.subject === undefined ? {} : { subject: revoked.subject }),
          ...(lines && lines.count > 1 ? { count: lines.count } : {}),
        },
      });
    if (tries.known && tries.value.good.length > 0) return clear;
    return clearBy(refused);
  },
});
