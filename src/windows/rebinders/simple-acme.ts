import { IIS_APPID } from '../http-sys/owners.ts';
import { CERTIFICATE_AND_OWNER, POLICIES, type Rebinder } from './rebinder.ts';

const simpleAcme: Rebinder = {
  id: 'simple-acme',
  title: 'simple-acme',
  writes: CERTIFICATE_AND_OWNER,
  appid: IIS_APPID,
  carriesSslFlags: true,
  loses: POLICIES,
  source: 'simple-acme/simple-acme, IISHttpBindingUpdater: keeps sslFlags and other attributes of IIS',
  confidence: 'inferred',
  note: 'It may add the SNI flag where two bindings would clash, and so move to another record.',
};

export default simpleAcme;
