import { concat } from '../../../base/bytes.ts';
import type { Digest, HashName } from '../../../base/ports.ts';
import { encodeHandshake } from '../handshake/message.ts';
import { HANDSHAKE } from '../registry/handshake-type.ts';

/** The handshake messages so far. Kept whole: TLS 1.2 signs them, and the hash is known only after ServerHello. */
export class Transcript {
  readonly #digest: Digest;
  #messages: Uint8Array[];

  constructor(digest: Digest, messages: readonly Uint8Array[] = []) {
    this.#digest = digest;
    this.#messages = [...messages];
  }

  add(message: Uint8Array): void {
    this.#messages.push(message);
  }

  bytes(): Uint8Array {
    return concat(this.#messages);
  }

  hash(name: HashName | 'md5+sha1'): Uint8Array {
    const bytes = this.bytes();
    if (name !== 'md5+sha1') return this.#digest.digest(name, bytes);
    return concat([this.#digest.digest('md5', bytes), this.#digest.digest('sha1', bytes)]);
  }

  /** The same messages and more, for what is signed before it is sent. */
  with(...messages: readonly Uint8Array[]): Transcript {
    return new Transcript(this.#digest, [...this.#messages, ...messages]);
  }

  /** Stands a hash for the first ClientHello, as a HelloRetryRequest wants it (RFC 8446 4.4.1). */
  replaceByHash(name: HashName): void {
    this.#messages = [encodeHandshake(HANDSHAKE.messageHash, this.hash(name))];
  }
}
