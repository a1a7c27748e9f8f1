import { refused } from '../dialogue/dialogue.ts';
import type { StarttlsProtocol } from './protocol.ts';

export default {
  id: '{id}',
  title: 'The name that users know',
  port: 1,
  source: 'the document that describes how TLS begins',
  script: () =>
    function* (peer) {
      yield* peer.line('greeting');
      peer.say('STARTTLS\r\n');
      const answer = yield* peer.line('answer to STARTTLS');
      return /^OK\b/.test(answer) ? 'ready' : refused(answer);
    },
} satisfies StarttlsProtocol;
