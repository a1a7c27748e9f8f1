import { IIS_APPID } from '../http-sys/owners.ts';
import { CERTIFICATE_AND_OWNER, FLAGS, POLICIES, type Rebinder } from './rebinder.ts';

const jexus: Rebinder = {
  id: 'jexus',
  title: 'Jexus Manager',
  writes: CERTIFICATE_AND_OWNER,
  appid: IIS_APPID,
  loses: [...POLICIES, ...FLAGS],
  source: 'JexusManager: deletes the record and sets it again, the CTL fields left empty',
  confidence: 'inferred',
  note: 'That the CTL fields are left empty stands in its source; the rest follows from delete and set.',
};

export default jexus;
