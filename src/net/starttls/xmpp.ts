import { startXmpp } from '../dialogue/xmpp.ts';
import type { StarttlsProtocol } from './protocol.ts';

const xmpp: StarttlsProtocol = {
  id: 'xmpp',
  aliases: ['xmpp-client', 'jabber'],
  title: 'XMPP',
  port: 5222,
  atOnce: { schemes: ['xmpps'], port: 5223, alpn: 'xmpp-client' },
  source: 'RFC 6120 5.4; XEP-0368',
  script: ({ name }) => startXmpp('jabber:client', name),
};
export default xmpp;
