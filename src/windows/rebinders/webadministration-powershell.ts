import { IIS_APPID } from '../http-sys/owners.ts';
import { CERTIFICATE_AND_OWNER, POLICIES, type Rebinder } from './rebinder.ts';

const webadministrationPowershell: Rebinder = {
  id: 'webadministration-powershell',
  title: 'PowerShell WebAdministration, (Get-WebBinding).AddSslCertificate(hash, store)',
  writes: CERTIFICATE_AND_OWNER,
  appid: IIS_APPID,
  carriesSslFlags: true,
  loses: POLICIES,
  source: 'its two arguments; the method belongs to the IIS binding',
  confidence: 'inferred',
};

export default webadministrationPowershell;
