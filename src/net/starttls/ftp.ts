import { readReply, refusedWith } from '../dialogue/reply.ts';
import type { StarttlsProtocol } from './protocol.ts';

const ftp: StarttlsProtocol = {
  id: 'ftp',
  title: 'FTP',
  port: 21,
  atOnce: { schemes: ['ftps'], port: 990 },
  source: 'RFC 4217 4',
  script: () =>
    function* (peer) {
      let greeting = yield* readReply(peer, 'greeting');
      // 120: ready in a while (RFC 959 5.4).
      if (greeting.code === 120) greeting = yield* readReply(peer, 'greeting');
      if (greeting.code !== 220) return refusedWith(greeting);
      peer.say('AUTH TLS\r\n');
      const answer = yield* readReply(peer, 'answer to AUTH TLS');
      return answer.code === 234 ? 'ready' : refusedWith(answer);
    },
};
export default ftp;
