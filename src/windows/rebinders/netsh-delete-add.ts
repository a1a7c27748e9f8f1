import { FLAGS, POLICIES, type Rebinder } from './rebinder.ts';

const netshDeleteAdd: Rebinder = {
  id: 'netsh-delete-add',
  title: 'netsh delete and add, as the guide of the Estonian RIA has it',
  writes: ['certhash', 'certstorename'],
  loses: [...POLICIES, ...FLAGS].filter((field) => field !== 'sslctlstorename'),
  source: 'Open-EID / RIA guide for IIS: adds the record again with its CTL store, without negotiation',
  confidence: 'stated',
  note: 'Another script loses or keeps whatever it names.',
};

export default netshDeleteAdd;
