import type { Rebinder } from './rebinder.ts';

const adfs: Rebinder = {
  id: 'adfs',
  title: 'AD FS, Set-AdfsSslCertificate',
  writes: ['certhash', 'certstorename'],
  loses: [],
  source: 'AD FS writes its own full set of fields, the CTL store among them (domain 1.6, 10.2)',
  confidence: 'stated',
};

export default adfs;
