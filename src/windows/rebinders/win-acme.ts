import { IIS_APPID } from '../http-sys/owners.ts';
import { CERTIFICATE_AND_OWNER, POLICIES, type Rebinder } from './rebinder.ts';

const winAcme: Rebinder = {
  id: 'win-acme',
  title: 'win-acme',
  writes: CERTIFICATE_AND_OWNER,
  appid: IIS_APPID,
  carriesSslFlags: true,
  loses: POLICIES,
  source: 'win-acme/win-acme: replaces the IIS binding through Microsoft.Web.Administration, keeps sslFlags',
  confidence: 'inferred',
};

export default winAcme;
