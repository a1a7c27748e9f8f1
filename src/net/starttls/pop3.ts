import { Malformed } from '../../base/bytes.ts';
import { refused } from '../dialogue/dialogue.ts';
import type { Awaiting, Peer } from '../dialogue/peer.ts';
import type { StarttlsProtocol } from './protocol.ts';

const pop3: StarttlsProtocol = {
  id: 'pop3',
  aliases: ['pop'],
  title: 'POP3',
  port: 110,
  atOnce: { schemes: ['pop3s'], port: 995 },
  source: 'RFC 2595 4; RFC 8314 3.1',
  script: () =>
    function* (peer) {
      const greeting = yield* answer(peer, 'greeting');
      if (!isGood(greeting)) return refused(greeting);
      // CAPA came later than STLS: a server is asked at once, and says -ERR where it has neither.
      peer.say('STLS\r\n');
      const consent = yield* answer(peer, 'answer to STLS');
      return isGood(consent) ? 'ready' : refused(consent);
    },
};
export default pop3;

const isGood = (line: string): boolean => /^\+OK\b/i.test(line);

function* answer(peer: Peer, what: string): Awaiting<string> {
  const line = yield* peer.line(what);
  if (!/^(?:\+OK|-ERR)\b/i.test(line)) throw new Malformed(what, 0, `"${line.slice(0, 80)}"`);
  return line;
}
