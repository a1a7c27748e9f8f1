import { CONTENT } from '../../../registry/content-type.ts';
import { HANDSHAKE } from '../../../registry/handshake-type.ts';
import { cbcProtection } from '../../cbc-protection.ts';
import { type Keys, keyBlock, type PrfHashing, verifyData } from '../../prf.ts';
import { aeadProtection, type Protection } from '../../protection.ts';
import type { Conversation } from '../conversation.ts';
import type { ClassicHandshake } from './handshake.ts';

export interface Protections {
  readonly reading: Protection;
  readonly writing: Protection;
}

/** Both directions under the keys of a master secret. */
export async function protections(
  talk: Conversation,
  handshake: ClassicHandshake,
  master: Uint8Array,
): Promise<Protections> {
  const { hashing, suite, version, randoms } = handshake;
  talk.tellSecret('CLIENT_RANDOM', master);
  const keys = await keyBlock(hashing, { cipher: suite.cipher, version }, master, randoms);
  return {
    reading: protectionOf(talk, handshake, keys.server),
    writing: protectionOf(talk, handshake, keys.client),
  };
}

function protectionOf({ crypto }: Conversation, handshake: ClassicHandshake, keys: Keys): Protection {
  const { suite, version, encryptThenMac } = handshake;
  return suite.cipher.is === 'aead'
    ? aeadProtection(crypto, suite.cipher, keys)
    : cbcProtection(crypto, { cipher: suite.cipher, version, encryptThenMac }, keys);
}

/** ChangeCipherSpec, and Finished as the first message under the new keys; gives its verify_data. */
export async function sendFinished(
  talk: Conversation,
  hashing: PrfHashing,
  master: Uint8Array,
  writing: Protection,
): Promise<Uint8Array> {
  await talk.layer.send(CONTENT.changeCipherSpec, Uint8Array.of(1));
  talk.layer.writing = writing;
  const ours = await verifyData(hashing, master, 'client', talk.transcript.hash(hashing.hash));
  await talk.send(HANDSHAKE.finished, ours);
  return ours;
}
