import { CERTIFICATE_AND_OWNER, POLICIES, type Rebinder } from './rebinder.ts';
import { IIS_APPID } from '../http-sys/owners.ts';

const rebinder: Rebinder = {
  id: '{id}',
  title: 'The name that users know',
  writes: CERTIFICATE_AND_OWNER,
  appid: IIS_APPID,
  loses: POLICIES,
  source: 'where this is told',
  confidence: 'unverified',
};

export default rebinder;
