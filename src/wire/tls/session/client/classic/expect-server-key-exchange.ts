import { concat } from '../../../../../base/bytes.ts';
import type { DigitallySigned } from '../../../handshake/certificate-verify.ts';
import { decodeDheParams, decodeEcdheParams } from '../../../handshake/server-key-exchange.ts';
import { ALERT } from '../../../registry/alert.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { namedGroup } from '../../../registry/named-group.ts';
import { Violation } from '../../violation.ts';
import type { Conversation } from '../conversation.ts';
import { judgeSignature } from '../server-proof.ts';
import type { State } from '../state.ts';
import { expectRequestOrDone } from './expect-server-hello-done.ts';
import type { ClassicHandshake, ServerExchange } from './handshake.ts';

export function expectServerKeyExchange(talk: Conversation, handshake: ClassicHandshake): State {
  const { randoms, leaf } = handshake;
  return {
    expects: 'ServerKeyExchange',
    on: {
      [HANDSHAKE.serverKeyExchange]: async (message) => {
        talk.transcript.add(message.bytes);
        const { exchange, params, proof } = readExchange(handshake, message.body);
        await judgeSignature(talk, leaf, proof, concat([randoms.client, randoms.server, params]));
        return expectRequestOrDone(talk, { ...handshake, exchange, request: null });
      },
    },
  };
}

interface SignedExchange {
  readonly exchange: ServerExchange;
  readonly params: Uint8Array;
  readonly proof: DigitallySigned;
}

function readExchange({ suite, version, groups }: ClassicHandshake, body: Uint8Array): SignedExchange {
  if (suite.keyExchange === 'dhe') {
    const { prime, generator, key, params, proof } = decodeDheParams(body, version);
    return { exchange: { is: 'dhe', prime, generator, key }, params, proof };
  }
  const { group, key, params, proof } = decodeEcdheParams(body, version);
  if (!groups.includes(group)) {
    throw new Violation(ALERT.illegalParameter, `a key of ${namedGroup.name(group)}, which was not offered`);
  }
  return { exchange: { is: 'ecdhe', group, key }, params, proof };
}
