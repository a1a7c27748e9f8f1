import { refused } from '../dialogue/dialogue.ts';
import type { Awaiting, Peer } from '../dialogue/peer.ts';
import type { StarttlsProtocol } from './protocol.ts';

const sieve: StarttlsProtocol = {
  id: 'sieve',
  aliases: ['managesieve'],
  title: 'ManageSieve',
  port: 4190,
  source: 'RFC 5804 1.7, 2.2',
  script: () =>
    function* (peer) {
      const greeting = yield* response(peer, 'greeting');
      if (!isGood(greeting.end)) return refused(greeting.end);
      if (!greeting.data.some((line) => /^"?STARTTLS"?$/i.test(line.trim())))
        return refused(`STARTTLS is not among what it offers: ${greeting.data.join(', ')}`);
      peer.say('STARTTLS\r\n');
      const { end } = yield* response(peer, 'answer to STARTTLS');
      return isGood(end) ? 'ready' : refused(end);
    },
};
export default sieve;

const isGood = (line: string): boolean => /^OK\b/i.test(line);

/** Lines of data, up to OK, NO or BYE (RFC 5804 1.3). */
function* response(peer: Peer, what: string): Awaiting<{ data: readonly string[]; end: string }> {
  const data: string[] = [];
  for (;;) {
    const line = yield* peer.line(what);
    if (/^(?:OK|NO|BYE)\b/i.test(line)) return { data, end: line };
    data.push(line);
  }
}
