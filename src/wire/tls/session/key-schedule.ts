import { expandLabel, extract, type Hashing, hashLength } from './hkdf.ts';

/** The secrets of TLS 1.3, with a pre-shared key of an earlier session or without (RFC 8446 7.1). */

export interface TrafficSecrets {
  readonly client: Uint8Array;
  readonly server: Uint8Array;
}

export interface HandshakeSecrets extends TrafficSecrets {
  readonly master: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** What a binder is made with (RFC 8446 4.2.11.2). */
export const binderKey = async (hashing: Hashing, psk: Uint8Array): Promise<Uint8Array> =>
  deriveSecret(
    hashing,
    await extract(hashing, zerosOf(hashing), psk),
    'res binder',
    hashing.crypto.digest(hashing.hash, NOTHING),
  );

const zerosOf = ({ hash }: Hashing): Uint8Array => new Uint8Array(hashLength(hash));

/** `helloHash`: transcript up to ServerHello. */
export async function handshakeSecrets(
  hashing: Hashing,
  shared: Uint8Array,
  helloHash: Uint8Array,
  psk?: Uint8Array,
): Promise<HandshakeSecrets> {
  const zeros = zerosOf(hashing);
  const early = await extract(hashing, zeros, psk ?? zeros);
  const handshake = await extract(hashing, await derived(hashing, early), shared);
  return {
    client: await deriveSecret(hashing, handshake, 'c hs traffic', helloHash),
    server: await deriveSecret(hashing, handshake, 's hs traffic', helloHash),
    master: await extract(hashing, await derived(hashing, handshake), zeros),
  };
}

/** `finishedHash`: transcript up to the server's Finished. */
export async function applicationSecrets(
  hashing: Hashing,
  master: Uint8Array,
  finishedHash: Uint8Array,
): Promise<TrafficSecrets> {
  return {
    client: await deriveSecret(hashing, master, 'c ap traffic', finishedHash),
    server: await deriveSecret(hashing, master, 's ap traffic', finishedHash),
  };
}

/** What tickets turn into keys; `finishedHash`: transcript up to the client's Finished (RFC 8446 4.6.1). */
export const resumptionSecret = (
  hashing: Hashing,
  master: Uint8Array,
  finishedHash: Uint8Array,
): Promise<Uint8Array> => deriveSecret(hashing, master, 'res master', finishedHash);

export const ticketPsk = (hashing: Hashing, secret: Uint8Array, nonce: Uint8Array): Promise<Uint8Array> =>
  expandLabel(hashing, secret, 'resumption', nonce, hashLength(hashing.hash));

/** The secret after a KeyUpdate (RFC 8446 7.2). */
export const nextSecret = (hashing: Hashing, secret: Uint8Array): Promise<Uint8Array> =>
  expandLabel(hashing, secret, 'traffic upd', NOTHING, hashLength(hashing.hash));

/** verify_data of Finished (RFC 8446 4.4.4). */
export async function finishedMac(
  hashing: Hashing,
  secret: Uint8Array,
  hash: Uint8Array,
): Promise<Uint8Array> {
  const key = await expandLabel(hashing, secret, 'finished', NOTHING, hashLength(hashing.hash));
  return hashing.crypto.hmac(hashing.hash, key, hash);
}

const deriveSecret = (
  hashing: Hashing,
  secret: Uint8Array,
  label: string,
  hash: Uint8Array,
): Promise<Uint8Array> => expandLabel(hashing, secret, label, hash, hashLength(hashing.hash));

const derived = (hashing: Hashing, secret: Uint8Array): Promise<Uint8Array> =>
  deriveSecret(hashing, secret, 'derived', hashing.crypto.digest(hashing.hash, NOTHING));
