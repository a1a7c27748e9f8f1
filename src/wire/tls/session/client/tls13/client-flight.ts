import type { CertificateRequest } from '../../../handshake/certificate-request.ts';
import { encodeCertificateVerify, signedContent } from '../../../handshake/certificate-verify.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import type { Hashing } from '../../hkdf.ts';
import { finishedMac } from '../../key-schedule.ts';
import { answerRequest } from '../client-certificate.ts';
import type { Conversation } from '../conversation.ts';

/** Certificate, and CertificateVerify unless it is empty (RFC 8446 4.4). */
export async function sendCertificate(
  talk: Conversation,
  { hash }: Hashing,
  request: CertificateRequest,
): Promise<void> {
  const signed = (certificate: Uint8Array): Uint8Array =>
    signedContent('client', talk.transcript.with(certificate).hash(hash));
  const { certificate, proof } = await answerRequest(talk, request, signed);
  await talk.sendMessage(certificate);
  if (proof) await talk.send(HANDSHAKE.certificateVerify, encodeCertificateVerify(proof));
}

/** `secret`: the client's handshake secret, or its present traffic secret after the handshake (RFC 8446 4.4). */
export async function sendFinished(talk: Conversation, hashing: Hashing, secret: Uint8Array): Promise<void> {
  const mac = await finishedMac(hashing, secret, talk.transcript.hash(hashing.hash));
  await talk.send(HANDSHAKE.finished, mac);
}
