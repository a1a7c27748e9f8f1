import { known } from '../../base/known.ts';
import { withBinding, withSchannel } from '../../windows/host.ts';
import { IIS_APPID } from '../../windows/http-sys/owners.ts';
import { newRecord } from '../../windows/http-sys/record.ts';
import iisManager from '../../windows/rebinders/iis-manager.ts';
import { addToStore, freshHost, withSite } from '../base-host.ts';
import { SITE_HOST } from '../pki.ts';
import { bindRenewed } from '../renewal.ts';
import type { Scenario } from './scenario.ts';

/**
 * What the incident of gradenegger.eu, which this project began with, shows against what is told elsewhere: its host
 * took the list from Root although ClientAuthIssuer was filled, and went on asking in the handshake.
 */
const AS_SEEN = {
  'issuer-list-without-store': 'root-in-mode-1-or-2',
  'rebinding-and-negotiation': 'kept',
} as const;

const scenario: Scenario = {
  id: 'renewal-lost-ctl-store',
  title: 'The server certificate was renewed, and the record lost its Ctl Store Name',
  about: {
    healthy:
      'Windows Server 2022 sends the list of issuers and trusts only those in ClientAuthIssuer, which the record names; /secure requires a certificate.',
    broken:
      'The server certificate is renewed and bound in IIS Manager, which knows nothing of Ctl Store Name: the list now comes from Root.',
  },
  async healthy({ pki, port, now }) {
    const server = await pki.issueServer(now);
    const fresh = freshHost(pki, '2022', AS_SEEN);
    const trusting = addToStore(addToStore(fresh, 'ClientAuthIssuer', pki.issuing), 'My', server);
    const exclusive = withSchannel(trusting, {
      sendTrustedIssuerList: known(1),
      clientAuthTrustMode: known(2),
    });
    const record = newRecord({ kind: 'hostnameport', value: `${SITE_HOST}:${port}` }, 'D', {
      appid: IIS_APPID,
      certhash: server.thumbprint,
      certstorename: 'MY',
      sslctlstorename: 'ClientAuthIssuer',
      clientcertnegotiation: true,
    });
    return withSite(withBinding(exclusive, record), port);
  },
  async breakIt(host, { pki, now }) {
    return bindRenewed(host, await pki.issueServer(now), iisManager);
  },
  expected: { diagnosis: 'binding-lost-ctl-store' },
};
export default scenario;
