import { startXmpp } from '../dialogue/xmpp.ts';
import type { StarttlsProtocol } from './protocol.ts';

const xmppServer: StarttlsProtocol = {
  id: 'xmpp-server',
  title: 'XMPP between servers',
  port: 5269,
  atOnce: { schemes: ['xmpps-server'], port: 5270, alpn: 'xmpp-server' },
  source: 'RFC 6120 5.4; XEP-0368',
  script: ({ name }) => startXmpp('jabber:server', name),
};
export default xmppServer;
