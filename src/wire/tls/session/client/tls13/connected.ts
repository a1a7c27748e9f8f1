import { decodeCertificateRequest } from '../../../handshake/certificate-request.ts';
import { decodeKeyUpdate, encodeKeyUpdate } from '../../../handshake/key-update.ts';
import { encodeHandshake, type HandshakeMessage } from '../../../handshake/message.ts';
import { decodeNewSessionTicket } from '../../../handshake/new-session-ticket.ts';
import { CONTENT } from '../../../registry/content-type.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { TLS13 } from '../../../registry/version.ts';
import { nextSecret, type TrafficSecrets } from '../../key-schedule.ts';
import { tls13Protection } from '../../protection.ts';
import type { Conversation } from '../conversation.ts';
import type { State } from '../state.ts';
import { sendCertificate, sendFinished } from './client-flight.ts';
import type { Handshake13 } from './handshake.ts';

/** The handshake is over on our side; tickets, key updates and, where offered, further requests may come. */
export function connected(talk: Conversation, handshake: Handshake13, traffic: TrafficSecrets): State {
  const state: State = {
    expects: 'application data',
    connected: true,
    on: {
      [HANDSHAKE.newSessionTicket]: async (message) => {
        decodeNewSessionTicket(message.body, TLS13);
        talk.emit({ is: 'post-handshake', message: 'NewSessionTicket' });
        return state;
      },
      [HANDSHAKE.keyUpdate]: async (message) => updateKeys(talk, handshake, traffic, message),
      ...(talk.options.postHandshakeAuth
        ? {
            [HANDSHAKE.certificateRequest]: async (message) =>
              authenticate(talk, handshake, traffic, message, state),
          }
        : {}),
    },
  };
  return state;
}

/** RFC 8446 4.6.3. */
async function updateKeys(
  talk: Conversation,
  handshake: Handshake13,
  traffic: TrafficSecrets,
  message: HandshakeMessage,
): Promise<State> {
  const { hashing, suite } = handshake;
  const { requested } = decodeKeyUpdate(message.body);
  const server = await nextSecret(hashing, traffic.server);
  talk.setReading(await tls13Protection(hashing, suite, server));
  talk.emit({ is: 'post-handshake', message: 'KeyUpdate' });
  if (!requested) return connected(talk, handshake, { ...traffic, server });
  await talk.layer.send(CONTENT.handshake, encodeHandshake(HANDSHAKE.keyUpdate, encodeKeyUpdate(false)));
  const client = await nextSecret(hashing, traffic.client);
  talk.layer.writing = await tls13Protection(hashing, suite, client);
  return connected(talk, handshake, { client, server });
}

/**
 * Post-handshake authentication (RFC 8446 4.6.2). Its transcript is that of the handshake and this exchange only
 * (4.4.1), so the next one starts from the handshake again.
 */
async function authenticate(
  talk: Conversation,
  { hashing }: Handshake13,
  traffic: TrafficSecrets,
  message: HandshakeMessage,
  state: State,
): Promise<State> {
  const request = decodeCertificateRequest(message.body, TLS13);
  talk.emit({ is: 'certificate-request', request, asked: 'post-handshake' });
  const handshakeOnly = talk.transcript;
  talk.transcript = handshakeOnly.with(message.bytes);
  await sendCertificate(talk, hashing, request);
  await sendFinished(talk, hashing, traffic.client);
  talk.transcript = handshakeOnly;
  return state;
}
