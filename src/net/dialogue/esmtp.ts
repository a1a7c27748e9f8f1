import { refused, type Script } from './dialogue.ts';
import { readReply, refusedWith } from './reply.ts';

/** STARTTLS of SMTP and, with another greeting, of LMTP (RFC 3207 4). */
export const startEsmtp = (hello: 'EHLO' | 'LHLO', from: string): Script =>
  function* (peer) {
    const greeting = yield* readReply(peer, 'greeting');
    if (greeting.code !== 220) return refusedWith(greeting);
    peer.say(`${hello} ${addressLiteral(from)}\r\n`);
    const offer = yield* readReply(peer, `answer to ${hello}`);
    if (offer.code !== 250) return refusedWith(offer);
    const extensions = offer.lines.slice(1).map((line) => line.trim());
    if (!extensions.some((line) => /^STARTTLS\b/i.test(line)))
      return refused(`STARTTLS is not among what it offers: ${extensions.join(', ') || 'nothing'}`);
    peer.say('STARTTLS\r\n');
    const answer = yield* readReply(peer, 'answer to STARTTLS');
    return answer.code === 220 ? 'ready' : refusedWith(answer);
  };

/** A client without a name of its own gives its address (RFC 5321 4.1.3). */
const addressLiteral = (address: string): string =>
  address.includes(':') ? `[IPv6:${address.replace(/%.*$/, '')}]` : `[${address}]`;
