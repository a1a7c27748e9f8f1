import { equalBytes } from '../../../../../base/bytes.ts';
import { decodeNewSessionTicket } from '../../../handshake/new-session-ticket.ts';
import { ALERT } from '../../../registry/alert.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { verifyData } from '../../prf.ts';
import type { Protection } from '../../protection.ts';
import { Violation } from '../../violation.ts';
import type { Conversation } from '../conversation.ts';
import type { State } from '../state.ts';
import { connected } from './connected.ts';
import type { AgreedHandshake } from './handshake.ts';

interface Closing {
  readonly handshake: AgreedHandshake;
  readonly master: Uint8Array;
  /** verify_data of our Finished. */
  readonly ours: Uint8Array;
  /** The server's keys, from its ChangeCipherSpec on. */
  readonly reading: Protection;
}

/** Our flight is sent. A ticket may come first, though we asked for none (RFC 5077 3.3). */
export function expectChangeCipherSpec(talk: Conversation, closing: Closing): State {
  const state: State = {
    expects: 'ChangeCipherSpec',
    on: {
      [HANDSHAKE.newSessionTicket]: async (message) => {
        decodeNewSessionTicket(message.body, closing.handshake.version);
        talk.transcript.add(message.bytes);
        return state;
      },
    },
    changeCipherSpec: async () => {
      talk.setReading(closing.reading);
      return expectFinished(talk, closing);
    },
  };
  return state;
}

function expectFinished(talk: Conversation, { handshake, master, ours }: Closing): State {
  return {
    expects: 'Finished',
    on: {
      [HANDSHAKE.finished]: async (message) => {
        const { hashing, suite, isBound } = handshake;
        const expected = await verifyData(hashing, master, 'server', talk.transcript.hash(hashing.hash));
        if (!equalBytes(expected, message.body)) {
          throw new Violation(ALERT.decryptError, "the server's Finished does not fit the handshake");
        }
        // It has read our premaster secret, so the key of the certificate is its own.
        if (suite.keyExchange === 'rsa') talk.emit({ is: 'server-signature', verdict: 'good' });
        talk.binding = { client: ours, server: expected };
        talk.emit({ is: 'connected', confirmed: true });
        return connected(talk, isBound);
      },
    },
  };
}
