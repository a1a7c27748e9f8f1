import { Malformed } from '../../base/bytes.ts';
import { refused } from '../dialogue/dialogue.ts';
import type { Awaiting, Peer } from '../dialogue/peer.ts';
import type { StarttlsProtocol } from './protocol.ts';

const imap: StarttlsProtocol = {
  id: 'imap',
  aliases: ['imap4'],
  title: 'IMAP',
  port: 143,
  atOnce: { schemes: ['imaps'], port: 993 },
  source: 'RFC 9051 6.2.1; RFC 8314 3.2',
  script: () =>
    function* (peer) {
      const greeting = yield* peer.line('greeting');
      if (!/^\* /.test(greeting)) throw new Malformed('greeting', 0, `"${greeting.slice(0, 80)}"`);
      // PREAUTH begins behind the point where TLS may start (RFC 9051 7.1.4).
      if (!/^\* OK\b/i.test(greeting)) return refused(greeting);
      peer.say('a1 CAPABILITY\r\n');
      const { untagged } = yield* answerTo(peer, 'a1', 'CAPABILITY');
      const offered = untagged.find((line) => /^\* CAPABILITY /i.test(line)) ?? '';
      if (!/ STARTTLS\b/i.test(offered))
        return refused(`STARTTLS is not offered: ${offered || 'nothing is'}`);
      peer.say('a2 STARTTLS\r\n');
      const { tagged } = yield* answerTo(peer, 'a2', 'STARTTLS');
      return /^OK\b/i.test(tagged) ? 'ready' : refused(tagged);
    },
};
export default imap;

/** Lines up to the one that bears the command's tag (RFC 9051 2.2.2). */
function* answerTo(
  peer: Peer,
  tag: string,
  command: string,
): Awaiting<{ tagged: string; untagged: readonly string[] }> {
  const untagged: string[] = [];
  for (;;) {
    const line = yield* peer.line(`answer to ${command}`);
    if (line.startsWith(`${tag} `)) return { tagged: line.slice(tag.length + 1), untagged };
    untagged.push(line);
  }
}
