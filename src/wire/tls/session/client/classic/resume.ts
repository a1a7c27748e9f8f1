import { ALERT } from '../../../registry/alert.ts';
import { Violation } from '../../violation.ts';
import type { Conversation } from '../conversation.ts';
import type { State } from '../state.ts';
import { expectChangeCipherSpec } from './expect-finished.ts';
import type { ClassicHandshake } from './handshake.ts';
import { protections } from './secure.ts';

/** The server goes on from an earlier session; it finishes first, and we after it (RFC 5246 7.3). */
export async function resumeClassic(talk: Conversation, handshake: ClassicHandshake): Promise<State> {
  const from = talk.options.resume?.from;
  const terms = from?.terms();
  const { version, suite, extendedMasterSecret } = handshake;
  if (
    terms?.is !== 'classic' ||
    from?.version !== version ||
    from.cipherSuite !== suite.code ||
    terms.extendedMasterSecret !== extendedMasterSecret
  ) {
    // RFC 5246 7.4.1.3, RFC 7627 5.3.
    throw new Violation(ALERT.handshakeFailure, 'the session was resumed on other terms than it began with');
  }
  const { master } = terms;
  const secured = await protections(talk, handshake, master);
  return expectChangeCipherSpec(talk, { handshake, master, ours: null, ...secured, ticket: null });
}
