import { equalBytes } from '../../../../../base/bytes.ts';
import type { CertificateRequest } from '../../../handshake/certificate-request.ts';
import { ALERT } from '../../../registry/alert.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { applicationSecrets, finishedMac, resumptionSecret } from '../../key-schedule.ts';
import { tls13Protection } from '../../protection.ts';
import { Violation } from '../../violation.ts';
import type { Conversation } from '../conversation.ts';
import type { State } from '../state.ts';
import { sendCertificate, sendFinished } from './client-flight.ts';
import { connected } from './connected.ts';
import type { Handshake13 } from './handshake.ts';

export function expectFinished(talk: Conversation, handshake: Handshake13): State {
  const { hashing, suite, secrets, request } = handshake;
  return {
    expects: 'Finished',
    on: {
      [HANDSHAKE.finished]: async (message) => {
        const expected = await finishedMac(hashing, secrets.server, talk.transcript.hash(suite.hash));
        if (!equalBytes(expected, message.body)) {
          throw new Violation(ALERT.decryptError, "the server's Finished does not fit the handshake");
        }
        talk.transcript.add(message.bytes);
        const traffic = await applicationSecrets(hashing, secrets.master, talk.transcript.hash(suite.hash));
        talk.tellSecret('CLIENT_TRAFFIC_SECRET_0', traffic.client);
        talk.tellSecret('SERVER_TRAFFIC_SECRET_0', traffic.server);
        talk.setReading(await tls13Protection(hashing, suite, traffic.server));
        await answer(talk, handshake, request);
        talk.layer.writing = await tls13Protection(hashing, suite, traffic.client);
        talk.dropsChangeCipherSpec = false;
        talk.emit({ is: 'connected', confirmed: false });
        const finishedHash = talk.transcript.hash(suite.hash);
        const resumption = await resumptionSecret(hashing, secrets.master, finishedHash);
        return connected(talk, handshake, { traffic, resumption });
      },
    },
  };
}

async function answer(
  talk: Conversation,
  { hashing, secrets }: Handshake13,
  request: CertificateRequest | null,
): Promise<void> {
  if (request) await sendCertificate(talk, hashing, request);
  await sendFinished(talk, hashing, secrets.client);
}
