import { concat } from '../../../../../base/bytes.ts';
import { encodeCertificateVerify } from '../../../handshake/certificate-verify.ts';
import { encodeHandshake } from '../../../handshake/message.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { masterSecret } from '../../prf.ts';
import { answerRequest } from '../client-certificate.ts';
import type { Conversation } from '../conversation.ts';
import type { State } from '../state.ts';
import { exchangeKeys } from './exchange-keys.ts';
import { expectChangeCipherSpec } from './expect-finished.ts';
import type { AgreedHandshake } from './handshake.ts';
import { protections, sendFinished } from './secure.ts';

/** Certificate when asked for, ClientKeyExchange, CertificateVerify, ChangeCipherSpec, Finished (RFC 5246 7.3). */
export async function sendFlight(talk: Conversation, handshake: AgreedHandshake): Promise<State> {
  const { hashing, request } = handshake;
  const { body, shared } = await exchangeKeys(talk, handshake);
  const exchange = encodeHandshake(HANDSHAKE.clientKeyExchange, body);
  const signed = (certificate: Uint8Array): Uint8Array => talk.transcript.with(certificate, exchange).bytes();
  const answer = request && (await answerRequest(talk, request, signed));
  if (answer) await talk.sendMessage(answer.certificate);
  await talk.sendMessage(exchange);
  const master = await masterSecret(hashing, shared, seedOf(talk, handshake));
  if (answer?.proof) await talk.send(HANDSHAKE.certificateVerify, encodeCertificateVerify(answer.proof));
  const { reading, writing } = await protections(talk, handshake, master);
  const ours = await sendFinished(talk, hashing, master, writing);
  return expectChangeCipherSpec(talk, { handshake, master, ours, reading, writing, ticket: null });
}

/** With extended_master_secret, the transcript up to ClientKeyExchange (RFC 7627 4). */
function seedOf(
  talk: Conversation,
  { extendedMasterSecret, hashing, randoms }: AgreedHandshake,
): { sessionHash: Uint8Array } | { randoms: Uint8Array } {
  return extendedMasterSecret
    ? { sessionHash: talk.transcript.hash(hashing.hash) }
    : { randoms: concat([randoms.client, randoms.server]) };
}
