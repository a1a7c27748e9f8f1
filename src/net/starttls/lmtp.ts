import { startEsmtp } from '../dialogue/esmtp.ts';
import type { StarttlsProtocol } from './protocol.ts';

const lmtp: StarttlsProtocol = {
  id: 'lmtp',
  title: 'LMTP',
  port: 24,
  source: 'RFC 2033 4.1; RFC 3207 4',
  script: ({ from }) => startEsmtp('LHLO', from),
};
export default lmtp;
