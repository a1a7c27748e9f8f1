import { concat } from '../../../../../base/bytes.ts';
import { decodeEcdheParams } from '../../../handshake/server-key-exchange.ts';
import { ALERT } from '../../../registry/alert.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { namedGroup } from '../../../registry/named-group.ts';
import { Violation } from '../../violation.ts';
import type { Conversation } from '../conversation.ts';
import { judgeSignature } from '../server-proof.ts';
import type { State } from '../state.ts';
import { expectRequestOrDone } from './expect-server-hello-done.ts';
import type { Handshake12 } from './handshake.ts';

export function expectServerKeyExchange(talk: Conversation, handshake: Handshake12): State {
  const { randoms, groups, leaf } = handshake;
  return {
    expects: 'ServerKeyExchange',
    on: {
      [HANDSHAKE.serverKeyExchange]: async (message) => {
        talk.transcript.add(message.bytes);
        const { group, key, params, proof } = decodeEcdheParams(message.body);
        if (!groups.includes(group)) {
          throw new Violation(
            ALERT.illegalParameter,
            `a key of ${namedGroup.name(group)}, which was not offered`,
          );
        }
        await judgeSignature(talk, leaf, proof, concat([randoms.client, randoms.server, params]));
        return expectRequestOrDone(talk, { ...handshake, peer: { group, key }, request: null });
      },
    },
  };
}
