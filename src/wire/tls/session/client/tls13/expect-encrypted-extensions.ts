import { chosenProtocol } from '../../../handshake/client-hello.ts';
import { decodeEncryptedExtensions } from '../../../handshake/encrypted-extensions.ts';
import type { ServerHello } from '../../../handshake/server-hello.ts';
import { ALERT } from '../../../registry/alert.ts';
import { CONTENT } from '../../../registry/content-type.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { namedGroup } from '../../../registry/named-group.ts';
import { handshakeSecrets } from '../../key-schedule.ts';
import { tls13Protection } from '../../protection.ts';
import type { Suite } from '../../suite.ts';
import { Violation } from '../../violation.ts';
import type { Conversation } from '../conversation.ts';
import { agree } from '../key-agreement.ts';
import type { Offer } from '../offer.ts';
import type { Psk } from '../psk.ts';
import type { State } from '../state.ts';
import { expectRequestOrCertificate } from './expect-certificate.ts';
import { expectFinished } from './expect-finished.ts';
import type { Handshake13 } from './handshake.ts';

/** TLS 1.3 was chosen: from here on the server's side is encrypted, and ours with it (RFC 8446 2). */
export async function beginTls13(
  talk: Conversation,
  offer: Offer,
  hello: ServerHello,
  suite: Suite,
): Promise<State> {
  if (!hello.keyShare)
    throw new Violation(ALERT.missingExtension, 'a ServerHello of TLS 1.3 without key_share');
  const { group, key } = hello.keyShare;
  const share = offer.shares.get(group);
  if (!share) {
    throw new Violation(
      ALERT.illegalParameter,
      `a key share of ${namedGroup.name(group)}, which was not offered`,
    );
  }
  const hashing = { crypto: talk.crypto, hash: suite.hash };
  const shared = await agree(share, key, share.group);
  const psk = takenPsk(offer, hello, suite);
  const secrets = await handshakeSecrets(hashing, shared, talk.transcript.hash(suite.hash), psk?.key);
  talk.tellSecret('CLIENT_HANDSHAKE_TRAFFIC_SECRET', secrets.client);
  talk.tellSecret('SERVER_HANDSHAKE_TRAFFIC_SECRET', secrets.server);
  talk.setReading(await tls13Protection(hashing, suite, secrets.server));
  talk.dropsChangeCipherSpec = true;
  // Before our first protected record, so that middleboxes take this for a resumption (RFC 8446 appendix D.4).
  await talk.layer.send(CONTENT.changeCipherSpec, Uint8Array.of(1));
  talk.layer.writing = await tls13Protection(hashing, suite, secrets.client);
  return expectEncryptedExtensions(talk, { suite, hashing, secrets, request: null, resumed: psk !== null });
}

function takenPsk({ psk }: Offer, { selectedPsk }: ServerHello, suite: Suite): Psk | null {
  if (selectedPsk === null) return null;
  if (selectedPsk !== 0 || psk?.hash !== suite.hash)
    throw new Violation(ALERT.illegalParameter, 'a pre-shared key that was not offered');
  return psk;
}

function expectEncryptedExtensions(talk: Conversation, handshake: Handshake13): State {
  return {
    expects: 'EncryptedExtensions',
    on: {
      [HANDSHAKE.encryptedExtensions]: async (message) => {
        const protocol = chosenProtocol(decodeEncryptedExtensions(message.body));
        if (protocol !== null) talk.emit({ is: 'protocol', protocol });
        talk.transcript.add(message.bytes);
        // A resumed session is authenticated by its key alone (RFC 8446 4.4.2).
        return handshake.resumed
          ? expectFinished(talk, handshake)
          : expectRequestOrCertificate(talk, handshake);
      },
    },
  };
}
