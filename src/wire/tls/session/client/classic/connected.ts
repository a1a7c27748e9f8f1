import { encodeAlert } from '../../../alert.ts';
import { ALERT } from '../../../registry/alert.ts';
import { CONTENT } from '../../../registry/content-type.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { Transcript } from '../../transcript.ts';
import type { Conversation } from '../conversation.ts';
import type { State } from '../state.ts';

/**
 * The handshake is over. A HelloRequest is how a server asks for a certificate once it knows the path; we answer
 * with a handshake under the present keys (RFC 5246 7.4.1.1), unless told not to or the server is not safe for it.
 */
export function connected(talk: Conversation, isBound: boolean): State {
  const state: State = {
    expects: 'application data',
    connected: true,
    on: {
      [HANDSHAKE.helloRequest]: async () => {
        const answered = isBound && talk.options.renegotiate !== false;
        talk.emit({ is: 'hello-request', answered });
        if (!answered) return refuse(talk, state);
        talk.transcript = new Transcript(talk.crypto);
        return talk.begin();
      },
    },
  };
  return state;
}

async function refuse(talk: Conversation, state: State): Promise<State> {
  const alert = encodeAlert({ level: 'warning', code: ALERT.noRenegotiation });
  await talk.layer.send(CONTENT.alert, alert);
  return state;
}
