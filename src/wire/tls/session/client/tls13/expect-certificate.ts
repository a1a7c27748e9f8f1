import type { Certificate } from '../../../../x509/certificate.ts';
import { decodeCertificate } from '../../../handshake/certificate.ts';
import { decodeCertificateVerify, signedContent } from '../../../handshake/certificate-verify.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { TLS13 } from '../../../registry/version.ts';
import type { Conversation } from '../conversation.ts';
import { readRequest } from '../read-request.ts';
import { judgeSignature, readServerChain } from '../server-proof.ts';
import type { State } from '../state.ts';
import { expectFinished } from './expect-finished.ts';
import type { Handshake13 } from './handshake.ts';

export function expectRequestOrCertificate(talk: Conversation, handshake: Handshake13): State {
  return {
    expects: 'CertificateRequest or Certificate',
    on: {
      [HANDSHAKE.certificateRequest]: async (message) => {
        talk.transcript.add(message.bytes);
        const request = readRequest(message.body, TLS13);
        if (!request.signatureAlgorithms) {
          talk.note(
            'the CertificateRequest lacks signature_algorithms, which TLS 1.3 wants (RFC 8446 4.3.2)',
          );
        }
        talk.emit({ is: 'certificate-request', request, asked: 'handshake' });
        return expectCertificate(talk, { ...handshake, request });
      },
      ...expectCertificate(talk, handshake).on,
    },
  };
}

function expectCertificate(talk: Conversation, handshake: Handshake13): State {
  return {
    expects: 'Certificate',
    on: {
      [HANDSHAKE.certificate]: async (message) => {
        talk.transcript.add(message.bytes);
        const leaf = readServerChain(talk, decodeCertificate(message.body, TLS13));
        return expectCertificateVerify(talk, handshake, leaf);
      },
    },
  };
}

function expectCertificateVerify(
  talk: Conversation,
  handshake: Handshake13,
  leaf: Certificate | null,
): State {
  return {
    expects: 'CertificateVerify',
    on: {
      [HANDSHAKE.certificateVerify]: async (message) => {
        const content = signedContent('server', talk.transcript.hash(handshake.suite.hash));
        await judgeSignature(talk, leaf, decodeCertificateVerify(message.body, TLS13), content);
        talk.transcript.add(message.bytes);
        return expectFinished(talk, handshake);
      },
    },
  };
}
