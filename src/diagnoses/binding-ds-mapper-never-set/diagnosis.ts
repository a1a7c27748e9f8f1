import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { mapperState } from '../../facts/ds-mapper.ts';
import { printKey } from '../../windows/http-sys/key.ts';

/**
 * The section of IIS that maps certificates through Active Directory needs a flag of the http.sys record. IIS Manager
 * sets both; PowerShell, appcmd and scripts write the section alone [OfficeDocs-Exchange#329].
 */
export default defineDiagnosis({
  id: 'binding-ds-mapper-never-set',
  title: 'IIS maps certificates through Active Directory, and the http.sys record was never told',
  severity: 'blocks-logon',
  cites: ['MicrosoftDocs/OfficeDocs-Exchange#329', 'Microsoft, netsh http add sslcert: dsmapperusage'],
  about: 'host',
  sentence:
    'Mapping of client certificates through Active Directory is enabled in IIS, but DS Mapper Usage of the http.sys ' +
    'record {key} is off, so that no certificate is mapped to an account.',
  needs: { state: mapperState },
  check({ state }) {
    const now = state.value;
    if (now.is === 'on') return clear;
    if (now.is === 'idle') return notApplicable(now.why);
    if (now.is === 'lost') return notApplicable('it worked before: told as binding-lost-ds-mapper');
    return found({
      because: evidence(state),
      facts: {
        key: printKey(now.key),
      },
      changes: now.isWhole
        ? [{ kind: 'http-sys/set-binding', key: now.key, set: { dsmapperusage: true } }]
        : [],
    });
  },
});
