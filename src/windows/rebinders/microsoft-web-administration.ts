import { IIS_APPID } from '../http-sys/owners.ts';
import { CERTIFICATE_AND_OWNER, POLICIES, type Rebinder } from './rebinder.ts';

const microsoftWebAdministration: Rebinder = {
  id: 'microsoft-web-administration',
  title: 'Microsoft.Web.Administration (ServerManager.CommitChanges)',
  writes: CERTIFICATE_AND_OWNER,
  appid: IIS_APPID,
  carriesSslFlags: true,
  loses: POLICIES,
  source: 'five arguments of CreateSSLBinding in public stack traces (certify#222, win-acme#64, #172)',
  confidence: 'inferred',
};

export default microsoftWebAdministration;
