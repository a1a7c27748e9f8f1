import { equalBytes } from '../../../../../base/bytes.ts';
import { decodeNewSessionTicket, type NewSessionTicket } from '../../../handshake/new-session-ticket.ts';
import { ALERT } from '../../../registry/alert.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { verifyData } from '../../prf.ts';
import { Resumption } from '../../resumption.ts';
import { Violation } from '../../violation.ts';
import type { Conversation } from '../conversation.ts';
import type { State } from '../state.ts';
import { connected } from './connected.ts';
import type { ClassicHandshake } from './handshake.ts';
import { type Protections, sendFinished } from './secure.ts';

/** The end of a handshake, under the keys that come with each side's ChangeCipherSpec. */
interface Closing extends Protections {
  readonly handshake: ClassicHandshake;
  readonly master: Uint8Array;
  /** verify_data of our Finished; null: it follows the server's, as in a resumed session. */
  readonly ours: Uint8Array | null;
  /** Comes before the server's ChangeCipherSpec (RFC 5077 3.3). */
  readonly ticket: NewSessionTicket | null;
}

export function expectChangeCipherSpec(talk: Conversation, closing: Closing): State {
  return {
    expects: 'ChangeCipherSpec',
    on: {
      [HANDSHAKE.newSessionTicket]: async (message) => {
        const ticket = decodeNewSessionTicket(message.body, closing.handshake.version);
        talk.transcript.add(message.bytes);
        return expectChangeCipherSpec(talk, { ...closing, ticket });
      },
    },
    changeCipherSpec: async () => {
      talk.setReading(closing.reading);
      return expectFinished(talk, closing);
    },
  };
}

function expectFinished(talk: Conversation, closing: Closing): State {
  const { handshake, master, writing } = closing;
  return {
    expects: 'Finished',
    on: {
      [HANDSHAKE.finished]: async (message) => {
        const { hashing, suite, isBound } = handshake;
        const server = await verifyData(hashing, master, 'server', talk.transcript.hash(hashing.hash));
        if (!equalBytes(server, message.body)) {
          throw new Violation(ALERT.decryptError, "the server's Finished does not fit the handshake");
        }
        talk.transcript.add(message.bytes);
        // It has read our premaster secret, so the key of the certificate is its own.
        if (closing.ours && suite.keyExchange === 'rsa')
          talk.emit({ is: 'server-signature', verdict: 'good' });
        const client = closing.ours ?? (await sendFinished(talk, hashing, master, writing));
        talk.binding = { client, server };
        tellResumption(talk, closing);
        talk.emit({ is: 'connected', confirmed: true });
        return connected(talk, isBound);
      },
    },
  };
}

/** A server that gives neither a ticket nor an id does not resume; without a new ticket the old one still holds. */
function tellResumption(talk: Conversation, { handshake, master, ours, ticket }: Closing): void {
  const { version, suite, extendedMasterSecret, sessionId } = handshake;
  const isTicket = ticket !== null && ticket.ticket.length > 0;
  if (!isTicket && (ours === null || sessionId.length === 0)) return;
  const resumption = new Resumption(
    // 0: the server leaves it to the client (RFC 5077 3.3).
    { version, cipherSuite: suite.code, lifetime: (isTicket && ticket.lifetime) || null },
    { is: 'classic', master, sessionId, ticket: isTicket ? ticket.ticket : null, extendedMasterSecret },
  );
  talk.emit({ is: 'resumption', resumption });
}
