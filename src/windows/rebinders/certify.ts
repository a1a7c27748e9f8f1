import { IIS_APPID } from '../http-sys/owners.ts';
import { CERTIFICATE_AND_OWNER, POLICIES, type Rebinder } from './rebinder.ts';

const certify: Rebinder = {
  id: 'certify',
  title: 'Certify The Web',
  writes: CERTIFICATE_AND_OWNER,
  appid: IIS_APPID,
  carriesSslFlags: true,
  loses: POLICIES,
  source: 'webprofusion/certify, ServerProviderIIS: through Microsoft.Web.Administration',
  confidence: 'inferred',
  note: 'A version once lost sslFlags too (certify#588).',
};

export default certify;
