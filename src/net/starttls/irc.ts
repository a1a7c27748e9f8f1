import { refused } from '../dialogue/dialogue.ts';
import type { StarttlsProtocol } from './protocol.ts';

/** RPL_STARTTLS. */
const BEGIN = 670;
/** ERR_UNKNOWNCOMMAND, ERR_NOTREGISTERED, ERR_STARTTLS. */
const REFUSALS: readonly number[] = [421, 451, 691];

const irc: StarttlsProtocol = {
  id: 'irc',
  title: 'IRC',
  port: 6667,
  atOnce: { schemes: ['ircs'], port: 6697 },
  source: 'IRCv3, tls extension (deprecated there in favour of ircs)',
  script: () =>
    function* (peer) {
      // A server may wait for the first word, or send notices before it answers.
      peer.say('STARTTLS\r\n');
      for (;;) {
        const line = yield* peer.line('answer to STARTTLS');
        const numeric = Number(/^(?::\S+ )?(\d{3})\b/.exec(line)?.[1]);
        if (numeric === BEGIN) return 'ready';
        if (REFUSALS.includes(numeric) || /^(?::\S+ )?ERROR\b/.test(line)) return refused(line);
      }
    },
};
export default irc;
