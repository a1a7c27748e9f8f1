import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { mapperKept } from '../../facts/ds-mapper.ts';
import { printTime } from '../../facts/print-time.ts';
import { printKey } from '../../windows/http-sys/key.ts';

/**
 * Mapping through Active Directory needs a flag of the http.sys record, which IIS Manager sets along with the section
 * of IIS. A renewal that writes the record anew leaves it out: users get a box for their password [certify#486].
 */
export default defineDiagnosis({
  id: 'binding-lost-ds-mapper',
  title: 'The http.sys record no longer maps certificates through Active Directory',
  severity: 'blocks-logon',
  cites: ['webprofusion/certify#486', 'Microsoft, netsh http add sslcert: dsmapperusage'],
  about: 'host',
  explains: ['binding-divergence-sni-vs-ip'],
  sentence:
    'The http.sys record {key} has lost DS Mapper Usage[ (an earlier {source} has it)], so that certificates are ' +
    'no longer mapped to accounts[; since {since} logons end in 401].',
  needs: { state: mapperKept },
  check({ state }) {
    const now = state.value;
    if (now.is === 'on') return clear;
    if (now.is === 'idle') return notApplicable(now.why);
    return found({
      because: evidence(state),
      facts: {
        key: printKey(now.key),
        ...(now.source === undefined ? {} : { source: now.source }),
        ...(now.since === undefined ? {} : { since: printTime(now.since) }),
      },
      changes: now.isWhole
        ? [{ kind: 'http-sys/set-binding', key: now.key, set: { dsmapperusage: true } }]
        : [],
    });
  },
});
