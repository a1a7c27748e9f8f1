import { concat, equalBytes } from '../../../../../base/bytes.ts';
import { decodeCertificate } from '../../../handshake/certificate.ts';
import type { ServerHello } from '../../../handshake/server-hello.ts';
import { ALERT } from '../../../registry/alert.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { prfHash } from '../../prf.ts';
import type { Suite } from '../../suite.ts';
import { Violation } from '../../violation.ts';
import type { Conversation } from '../conversation.ts';
import type { Offer } from '../offer.ts';
import { readServerChain } from '../server-proof.ts';
import type { State } from '../state.ts';
import { expectRequestOrDone } from './expect-server-hello-done.ts';
import { expectServerKeyExchange } from './expect-server-key-exchange.ts';
import type { ClassicHandshake } from './handshake.ts';

/** TLS 1.0, 1.1 or 1.2 was chosen (RFC 5246 7.3). */
export function beginClassic(
  talk: Conversation,
  offer: Offer,
  hello: ServerHello,
  suite: Suite,
): ClassicHandshake {
  return {
    version: hello.version,
    suite,
    hashing: { crypto: talk.crypto, hash: prfHash(suite, hello.version) },
    randoms: { client: offer.hello.random, server: hello.random },
    extendedMasterSecret: hello.extendedMasterSecret,
    encryptThenMac: hello.encryptThenMac && suite.cipher.is === 'cbc',
    offeredVersion: offer.hello.version,
    groups: offer.groups,
    leaf: null,
    isBound: checkBinding(talk, hello),
    sessionId: hello.sessionId,
  };
}

/** renegotiation_info must hold the verify_data of the handshake before; in the first, nothing (RFC 5746 3.4, 3.5). */
function checkBinding({ binding }: Conversation, { renegotiatedConnection }: ServerHello): boolean {
  const expected = binding ? concat([binding.client, binding.server]) : new Uint8Array(0);
  if (renegotiatedConnection && equalBytes(renegotiatedConnection, expected)) return true;
  if (renegotiatedConnection === null && !binding) return false;
  throw new Violation(ALERT.handshakeFailure, 'renegotiation_info does not fit the handshake before');
}

export function expectCertificate(talk: Conversation, handshake: ClassicHandshake): State {
  return {
    expects: 'Certificate',
    on: {
      [HANDSHAKE.certificate]: async (message) => {
        talk.transcript.add(message.bytes);
        const leaf = readServerChain(talk, decodeCertificate(message.body, handshake.version));
        return handshake.suite.keyExchange === 'rsa'
          ? expectRequestOrDone(talk, { ...handshake, leaf, exchange: { is: 'rsa' }, request: null })
          : expectServerKeyExchange(talk, { ...handshake, leaf });
      },
    },
  };
}
