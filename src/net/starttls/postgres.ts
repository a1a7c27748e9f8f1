import { Malformed, Reader, Writer } from '../../base/bytes.ts';
import { utf8Text } from '../../base/text.ts';
import { refused, type Verdict } from '../dialogue/dialogue.ts';
import type { Awaiting, Peer } from '../dialogue/peer.ts';
import type { StarttlsProtocol } from './protocol.ts';

/** A version number that no protocol has: 1234.5679. */
const SSL_REQUEST = new Writer().u32(8).u16(1234).u16(5679).done();
const MAX_ERROR = 16 * 1024;

const postgres: StarttlsProtocol = {
  id: 'postgres',
  aliases: ['postgresql', 'pgsql'],
  title: 'PostgreSQL',
  port: 5432,
  // PostgreSQL 17, sslnegotiation=direct: without this protocol such a connection is refused.
  atOnce: { schemes: ['postgres-direct'], port: 5432, alpn: 'postgresql' },
  source: 'PostgreSQL documentation, Message Flow: SSL Session Encryption; libpq sslnegotiation',
  script: () =>
    function* (peer) {
      peer.say(SSL_REQUEST);
      const [answer = 0] = yield* peer.take(1, 'answer to SSLRequest');
      if (answer === ord('S')) return 'ready';
      if (answer === ord('N')) return refused('N: this server does not do TLS');
      if (answer === ord('E')) return yield* readError(peer);
      throw new Malformed('answer to SSLRequest', 0, `byte 0x${answer.toString(16)} where S or N belongs`);
    },
};
export default postgres;

const ord = (letter: string): number => letter.charCodeAt(0);

/** ErrorResponse, which a server sends that cannot even begin. Its fields are a letter and text, each ended by NUL. */
function* readError(peer: Peer): Awaiting<Verdict> {
  const length = new Reader(yield* peer.take(4, 'ErrorResponse')).u32();
  // Before protocol 3.0 the text alone followed; as a length it is a huge number.
  if (length < 5 || length > MAX_ERROR) return refused('an error in place of an answer');
  const text = utf8Text(yield* peer.take(length - 4, 'ErrorResponse'));
  const fields = new Map(text.split('\0').map((field) => [field[0], field.slice(1)]));
  return refused(
    `${fields.get('V') ?? fields.get('S') ?? 'ERROR'} ${fields.get('C') ?? ''}: ${fields.get('M') ?? ''}`,
  );
}
