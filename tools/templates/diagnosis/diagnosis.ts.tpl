import { defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { sendsList } from '../../facts/policy.ts';

/** Why this state makes logons fail, and by which source [SOURCE]. */
export default defineDiagnosis({
  id: '{id}',
  title: 'The failing state, as a noun',
  severity: 'blocks-logon',
  cites: ['the document or the observation that this rests on'],
  about: 'host',
  sentence: 'What is wrong, with facts as {name}.',
  needs: { sends: sendsList },
  check({ sends }) {
    if (!sends.value) return notApplicable('why it cannot matter here');
    return found({ because: evidence(sends) });
  },
});
