import { clear, clearBy, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import {
  carriesSid,
  mappingEnforcement,
  unmappedLogons,
  weakMappingEvents,
} from '../../facts/account-mapping.ts';

/** Domain controllers take a certificate for an account only with a strong mapping [KB5014754; domain 7, cause 20]. */
export default defineDiagnosis({
  id: 'strong-mapping-required',
  title: 'The domain no longer maps the certificate to its account',
  severity: 'blocks-logon',
  cites: [
    'Microsoft KB5014754: certificate-based authentication changes on Windows domain controllers',
    'MS-WCCE: szOID_NTDS_CA_SECURITY_EXT 1.3.6.1.4.1.311.25.2',
  ],
  about: 'exchange',
  sentence:
    'Domain controllers want a strong mapping, and the certificate has none[: {events}][; it does not carry the SID of ' +
    'its account: {sid}][; {count} logons reached no account].',
  needs: {
    events: weakMappingEvents,
    sid: carriesSid,
    enforced: mappingEnforcement,
    unmapped: unmappedLogons,
  },
  check({ events, sid, enforced, unmapped }) {
    const told = events.known ? events.value : null;
    const lacksSid = sid.known && !sid.value;
    const count = unmapped.known ? unmapped.value : 0;
    const isRefused = lacksSid && count > 0 && enforced.known && enforced.value === 2;
    if (told !== null || isRefused)
      return found({
        because: evidence(events, ...(lacksSid ? [sid, enforced] : []), ...(count > 0 ? [unmapped] : [])),
        facts: {
          ...(told === null ? {} : { events: told }),
          ...(lacksSid ? { sid: 'no extension 1.3.6.1.4.1.311.25.2' } : {}),
          ...(count > 0 ? { count } : {}),
        },
      });
    if (sid.known && sid.value) return clear;
    return unmapped.known && unmapped.value === 0 ? clear : clearBy(events);
  },
});
