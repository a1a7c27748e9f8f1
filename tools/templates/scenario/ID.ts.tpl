import { known } from '../../base/known.ts';
import { withSchannel } from '../../windows/host.ts';
import { freshHost, withSite } from '../base-host.ts';
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: '{id}',
  title: 'What went wrong',
  about: { healthy: 'How the host is set up.', broken: 'What happens to it.' },
  async healthy({ pki, port }) {
    return withSite(freshHost(pki, '2022'), port);
  },
  async breakIt(host) {
    return withSchannel(host, { sendTrustedIssuerList: known(1) });
  },
  expected: { diagnosis: 'binding-lost-ctl-store' },
};
export default scenario;
