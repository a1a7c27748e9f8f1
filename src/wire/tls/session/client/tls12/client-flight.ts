import { concat } from '../../../../../base/bytes.ts';
import { encodeCertificateVerify } from '../../../handshake/certificate-verify.ts';
import { encodeClientKeyExchange } from '../../../handshake/client-key-exchange.ts';
import { encodeHandshake } from '../../../handshake/message.ts';
import { CONTENT } from '../../../registry/content-type.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { GROUP } from '../../../registry/named-group.ts';
import { keyBlock, masterSecret, verifyData } from '../../prf.ts';
import { tls12Protection } from '../../protection.ts';
import { answerRequest } from '../client-certificate.ts';
import type { Conversation } from '../conversation.ts';
import { agree } from '../key-agreement.ts';
import type { State } from '../state.ts';
import { expectChangeCipherSpec } from './expect-finished.ts';
import type { Agreed12 } from './handshake.ts';

/** Certificate when asked for, ClientKeyExchange, CertificateVerify, ChangeCipherSpec, Finished (RFC 5246 7.3). */
export async function sendFlight(talk: Conversation, handshake: Agreed12): Promise<State> {
  const { suite, hashing, randoms, request, peer } = handshake;
  const share = await talk.crypto.keyShare(GROUP.get(peer.group)!);
  const shared = await agree(share, peer.key);
  const exchange = encodeHandshake(HANDSHAKE.clientKeyExchange, encodeClientKeyExchange(share.publicKey));
  const signed = (certificate: Uint8Array): Uint8Array => talk.transcript.with(certificate, exchange).bytes();
  const answer = request && (await answerRequest(talk, request, signed));
  if (answer) await talk.sendMessage(answer.certificate);
  await talk.sendMessage(exchange);
  const master = await masterSecret(hashing, shared, seedOf(talk, handshake));
  if (answer?.proof) await talk.send(HANDSHAKE.certificateVerify, encodeCertificateVerify(answer.proof));
  const keys = await keyBlock(hashing, suite, master, randoms);
  await talk.layer.send(CONTENT.changeCipherSpec, Uint8Array.of(1));
  talk.layer.writing = tls12Protection(talk.crypto, suite, keys.client);
  const ours = await verifyData(hashing, master, 'client', talk.transcript.hash(suite.hash));
  await talk.send(HANDSHAKE.finished, ours);
  const reading = tls12Protection(talk.crypto, suite, keys.server);
  return expectChangeCipherSpec(talk, { handshake, master, ours, reading });
}

/** With extended_master_secret, the transcript up to ClientKeyExchange (RFC 7627 4). */
function seedOf(
  talk: Conversation,
  { extendedMasterSecret, suite, randoms }: Agreed12,
): { sessionHash: Uint8Array } | { randoms: Uint8Array } {
  return extendedMasterSecret
    ? { sessionHash: talk.transcript.hash(suite.hash) }
    : { randoms: concat([randoms.client, randoms.server]) };
}
