import { clear, defineDiagnosis, evidence, found, notApplicable } from '../../engine/diagnosis.ts';
import { drift } from '../../facts/farm.ts';

/** One node of several lost a setting of its record, so that logon depends on the node that a connection reaches. */
export default defineDiagnosis({
  id: 'farm-drift',
  title: "Nodes behind one name treat a client's certificate differently",
  severity: 'blocks-logon',
  cites: ['Microsoft, netsh http show sslcert'],
  about: 'exchange',
  explains: ['binding-lost-ctl-store', 'binding-lost-ds-mapper', 'binding-lost-revocation-setting'],
  sentence:
    'Of the nodes that answer {at}, {nodes} differ in {fields}: logon depends on the node that a client reaches.',
  needs: { drift },
  check({ drift: between }) {
    const one = between.value;
    if (one === 'one node') return notApplicable('the evidence is of one node');
    if (!one) return clear;
    const { at, nodes, fields } = one;
    return found({ because: evidence(between), facts: { at, nodes, fields } });
  },
});
