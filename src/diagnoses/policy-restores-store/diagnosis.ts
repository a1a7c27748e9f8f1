import { clear, defineDiagnosis, evidence, found } from '../../engine/diagnosis.ts';
import { strayByPolicy } from '../../facts/policy-stores.ts';

/** What Group Policy or Intune puts into a store is there again after it was deleted: the policy has to be changed. */
export default defineDiagnosis({
  id: 'policy-restores-store',
  title: 'Group Policy puts a certificate into Root that does not belong there',
  severity: 'blocks-logon',
  cites: ['Microsoft, registry: SOFTWARE\\Policies\\Microsoft\\SystemCertificates', 'KB2802568'],
  about: 'host',
  explains: ['root-store-not-self-signed'],
  sentence:
    '«{subject}» ({thumbprint}) in Root is no root, and it comes from Group Policy: deleted here it comes back.',
  needs: { stray: strayByPolicy },
  check({ stray }) {
    const one = stray.value;
    if (!one) return clear;
    return found({
      because: evidence(stray),
      facts: { subject: one.subject, thumbprint: one.thumbprint },
    });
  },
});
