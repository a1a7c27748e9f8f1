import { clear, clearBy, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { expiredRefusals, outOfDate } from '../../facts/client-dates.ts';

/** IIS refuses with 403.17; clients mostly offer an expired certificate all the same [KB943891, domain cause 10]. */
export default defineDiagnosis({
  id: 'client-certificate-expired',
  title: "The client's certificate is out of its dates",
  severity: 'blocks-logon',
  cites: ['Microsoft KB943891: 403.17', 'winerror.h: CERT_E_EXPIRED 0x800B0101', 'RFC 5280 4.1.2.5'],
  about: 'exchange',
  sentence:
    "The client's certificate[ «{subject}»] has expired or is not valid yet[: its time {when}][, {count} refusals in " +
    'the log].',
  needs: { refused: expiredRefusals, dates: outOfDate },
  check({ refused, dates }) {
    const lines = refused.known ? refused.value : null;
    const out = dates.known ? dates.value : null;
    if (lines || out)
      return found({
        because: evidence(...(lines ? [refused] : []), ...(out ? [dates] : [])),
        facts: { ...out, ...(lines && lines.count > 1 ? { count: lines.count } : {}) },
      });
    return dates.known ? clear : clearBy(refused);
  },
});
