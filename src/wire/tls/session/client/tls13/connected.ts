import { decodeKeyUpdate, encodeKeyUpdate } from '../../../handshake/key-update.ts';
import { encodeHandshake, type HandshakeMessage } from '../../../handshake/message.ts';
import { decodeNewSessionTicket, type NewSessionTicket } from '../../../handshake/new-session-ticket.ts';
import { CONTENT } from '../../../registry/content-type.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { TLS13 } from '../../../registry/version.ts';
import { nextSecret, type TrafficSecrets, ticketPsk } from '../../key-schedule.ts';
import { tls13Protection } from '../../protection.ts';
import { Resumption } from '../../resumption.ts';
import type { Conversation } from '../conversation.ts';
import { readRequest } from '../read-request.ts';
import type { State } from '../state.ts';
import { sendCertificate, sendFinished } from './client-flight.ts';
import type { Handshake13, Secured13 } from './handshake.ts';

/** The handshake is over on our side; tickets, key updates and, where offered, further requests may come. */
export function connected(talk: Conversation, handshake: Handshake13, secured: Secured13): State {
  const state: State = {
    expects: 'application data',
    connected: true,
    on: {
      [HANDSHAKE.newSessionTicket]: async (message) => {
        await tellResumption(talk, handshake, secured, decodeNewSessionTicket(message.body, TLS13));
        talk.emit({ is: 'post-handshake', message: 'NewSessionTicket' });
        return state;
      },
      [HANDSHAKE.keyUpdate]: async (message) => updateKeys(talk, handshake, secured, message),
      ...(talk.options.postHandshakeAuth
        ? {
            [HANDSHAKE.certificateRequest]: async (message) =>
              authenticate(talk, handshake, secured.traffic, message, state),
          }
        : {}),
    },
  };
  return state;
}

/** RFC 8446 4.6.1. */
async function tellResumption(
  talk: Conversation,
  { hashing, suite }: Handshake13,
  { resumption: secret }: Secured13,
  { lifetime, ticket, nonce, ageAdd }: NewSessionTicket,
): Promise<void> {
  const psk = await ticketPsk(hashing, secret, nonce ?? new Uint8Array(0));
  const resumption = new Resumption(
    { version: TLS13, cipherSuite: suite.code, lifetime },
    { is: 'psk', psk, ticket, ageAdd: ageAdd ?? 0 },
  );
  talk.emit({ is: 'resumption', resumption });
}

/** RFC 8446 4.6.3. */
async function updateKeys(
  talk: Conversation,
  handshake: Handshake13,
  secured: Secured13,
  message: HandshakeMessage,
): Promise<State> {
  const { hashing, suite } = handshake;
  const { traffic } = secured;
  const { requested } = decodeKeyUpdate(message.body);
  const server = await nextSecret(hashing, traffic.server);
  talk.setReading(await tls13Protection(hashing, suite, server));
  talk.emit({ is: 'post-handshake', message: 'KeyUpdate' });
  if (!requested) return connected(talk, handshake, { ...secured, traffic: { ...traffic, server } });
  await talk.layer.send(CONTENT.handshake, encodeHandshake(HANDSHAKE.keyUpdate, encodeKeyUpdate(false)));
  const client = await nextSecret(hashing, traffic.client);
  talk.layer.writing = await tls13Protection(hashing, suite, client);
  return connected(talk, handshake, { ...secured, traffic: { client, server } });
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
  const request = readRequest(message.body, TLS13);
  talk.emit({ is: 'certificate-request', request, asked: 'post-handshake' });
  const handshakeOnly = talk.transcript;
  talk.transcript = handshakeOnly.with(message.bytes);
  await sendCertificate(talk, hashing, request);
  await sendFinished(talk, hashing, traffic.client);
  talk.transcript = handshakeOnly;
  return state;
}
