import { readReply, refusedWith } from '../dialogue/reply.ts';
import type { StarttlsProtocol } from './protocol.ts';

const nntp: StarttlsProtocol = {
  id: 'nntp',
  aliases: ['news'],
  title: 'NNTP',
  port: 119,
  atOnce: { schemes: ['nntps', 'snews'], port: 563 },
  source: 'RFC 4642 2.2',
  script: () =>
    function* (peer) {
      const greeting = yield* readReply(peer, 'greeting');
      // 200 posting allowed, 201 not.
      if (greeting.code !== 200 && greeting.code !== 201) return refusedWith(greeting);
      peer.say('STARTTLS\r\n');
      const answer = yield* readReply(peer, 'answer to STARTTLS');
      return answer.code === 382 ? 'ready' : refusedWith(answer);
    },
};
export default nntp;
