import { IIS_APPID } from '../http-sys/owners.ts';
import { CERTIFICATE_AND_OWNER, POLICIES, type Rebinder } from './rebinder.ts';

const iisManager: Rebinder = {
  id: 'iis-manager',
  title: 'IIS Manager',
  writes: CERTIFICATE_AND_OWNER,
  appid: IIS_APPID,
  carriesSslFlags: true,
  loses: POLICIES,
  source: 'the incident that started this project; five arguments of CreateSSLBinding in public stack traces',
  confidence: 'inferred',
  note: 'That the CTL store is lost was observed; the rest of the list is inferred.',
};

export default iisManager;
