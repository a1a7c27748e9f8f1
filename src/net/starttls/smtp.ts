import { startEsmtp } from '../dialogue/esmtp.ts';
import type { StarttlsProtocol } from './protocol.ts';

const smtp: StarttlsProtocol = {
  id: 'smtp',
  aliases: ['esmtp', 'submission'],
  title: 'SMTP',
  port: 25,
  atOnce: { schemes: ['smtps', 'submissions'], port: 465 },
  source: 'RFC 3207 4; RFC 8314 3.3',
  script: ({ from }) => startEsmtp('EHLO', from),
};
export default smtp;
