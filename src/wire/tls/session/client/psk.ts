import type { HashName } from '../../../../base/ports.ts';
import { type ClientHelloFields, encodeClientHello } from '../../handshake/client-hello.ts';
import { encodeHandshake } from '../../handshake/message.ts';
import { bindersLength, type PskIdentity, preSharedKeyExtension } from '../../handshake/pre-shared-key.ts';
import { HANDSHAKE } from '../../registry/handshake-type.ts';
import { hashLength } from '../hkdf.ts';
import { binderKey, finishedMac } from '../key-schedule.ts';
import { suiteOf } from '../suite.ts';
import type { Conversation } from './conversation.ts';
import type { ResumeOptions } from './options.ts';

/** A pre-shared key from an earlier session, as it is offered. */
export interface Psk {
  readonly key: Uint8Array;
  /** That of the session it comes from; a suite of another hash cannot use it. */
  readonly hash: HashName;
  readonly identity: PskIdentity;
}

export function pskOf({ from, age }: ResumeOptions): Psk | null {
  const terms = from.terms();
  const suite = suiteOf(from.cipherSuite);
  if (terms.is !== 'psk' || !suite) return null;
  const { psk, ticket, ageAdd } = terms;
  return { key: psk, hash: suite.hash, identity: { ticket, age: (Math.round(age) + ageAdd) >>> 0 } };
}

/** The body of a ClientHello, with the key offered last and bound to all that precedes it (RFC 8446 4.2.11). */
export async function encodeBound(
  { crypto, transcript }: Conversation,
  hello: ClientHelloFields,
  { key, hash, identity }: Psk,
): Promise<Uint8Array> {
  const hashing = { crypto, hash };
  const encode = (binder: Uint8Array): Uint8Array => {
    const extensions = [...hello.extensions, preSharedKeyExtension(identity, binder)];
    return encodeClientHello({ ...hello, extensions });
  };
  const none = new Uint8Array(hashLength(hash));
  const message = encodeHandshake(HANDSHAKE.clientHello, encode(none));
  const covered = transcript.with(message.subarray(0, message.length - bindersLength(none)));
  return encode(await finishedMac(hashing, await binderKey(hashing, key), covered.hash(hash)));
}
