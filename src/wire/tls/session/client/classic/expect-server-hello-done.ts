import { Malformed } from '../../../../../base/bytes.ts';
import type { HandshakeMessage } from '../../../handshake/message.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import type { Conversation } from '../conversation.ts';
import { readRequest } from '../read-request.ts';
import type { State } from '../state.ts';
import { sendFlight } from './client-flight.ts';
import type { AgreedHandshake } from './handshake.ts';

export function expectRequestOrDone(talk: Conversation, handshake: AgreedHandshake): State {
  return {
    expects: 'CertificateRequest or ServerHelloDone',
    on: {
      [HANDSHAKE.certificateRequest]: async (message) => {
        talk.transcript.add(message.bytes);
        const request = readRequest(message.body, handshake.version);
        const asked = talk.binding ? 'renegotiation' : 'handshake';
        talk.emit({ is: 'certificate-request', request, asked });
        return expectServerHelloDone(talk, { ...handshake, request });
      },
      ...expectServerHelloDone(talk, handshake).on,
    },
  };
}

function expectServerHelloDone(talk: Conversation, handshake: AgreedHandshake): State {
  const done = async ({ body, bytes }: HandshakeMessage): Promise<State> => {
    if (body.length > 0) throw new Malformed('ServerHelloDone', 0, `${body.length} bytes left over`);
    talk.transcript.add(bytes);
    return sendFlight(talk, handshake);
  };
  return { expects: 'ServerHelloDone', on: { [HANDSHAKE.serverHelloDone]: done } };
}
