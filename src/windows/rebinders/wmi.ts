import { IIS_APPID } from '../http-sys/owners.ts';
import { CERTIFICATE_AND_OWNER, FLAGS, POLICIES, type Rebinder } from './rebinder.ts';

const wmi: Rebinder = {
  id: 'wmi',
  title: 'WMI root\\WebAdministration, SSLBinding.Create(IPAddress, Port, CertificateHash, StoreName)',
  writes: CERTIFICATE_AND_OWNER,
  appid: IIS_APPID,
  loses: [...POLICIES, ...FLAGS],
  source: 'its four arguments, none of them flags',
  confidence: 'inferred',
};

export default wmi;
