import { Malformed } from '../../../base/bytes.ts';
import type { CertificateRequest } from '../handshake/certificate-request.ts';
import { HANDSHAKE, handshakeType } from '../registry/handshake-type.ts';
import { TLS12, TLS13 } from '../registry/version.ts';
import type { Conversation } from './conversation.ts';
import type { Half } from './half.ts';
import type { HalfKeys } from './half-keys.ts';
import { readClientHelloFacts, readServerHelloFacts } from './hello-facts.ts';
import { type MessageTaker, MessageWalk } from './message-walk.ts';
import { MOST_SEEN, type SeenHandshake, type SeenRequest } from './seen.ts';

const WANTED: ReadonlySet<number> = new Set([
  HANDSHAKE.clientHello,
  HANDSHAKE.serverHello,
  HANDSHAKE.certificateRequest,
  HANDSHAKE.serverHelloDone,
  HANDSHAKE.certificateVerify,
  HANDSHAKE.finished,
  HANDSHAKE.keyUpdate,
]);

/** Handshake messages of one direction, in the clear and out of the encryption, told to the conversation. */
export class HalfMessages implements MessageTaker {
  /** Number of the handshake that this side is in. */
  handshake = 0;
  finished = false;
  readonly #conversation: Conversation;
  readonly #half: Half;
  readonly #keys: HalfKeys;
  readonly #walk = new MessageWalk(this);
  /** The bytes in hand came out of the encryption. */
  #isOpened = false;

  constructor(conversation: Conversation, half: Half, keys: HalfKeys) {
    this.#conversation = conversation;
    this.#half = half;
    this.#keys = keys;
  }

  push(bytes: Uint8Array, from: number, to: number, isOpened: boolean): void {
    this.#isOpened = isOpened;
    this.#walk.push(bytes, from, to);
  }

  reset(): void {
    this.#walk.reset();
  }

  get current(): SeenHandshake {
    return this.#conversation.handshake(this.handshake);
  }

  get isNew(): boolean {
    return (this.#conversation.handshake(0).version ?? 0) >= TLS13;
  }

  wants(type: number): boolean {
    // The server's chain is most of a handshake's bytes, and not what is looked for.
    if (type === HANDSHAKE.certificate) return this.#half.role === 'client';
    return WANTED.has(type);
  }

  message(type: number, bytes: Uint8Array, from: number, to: number): void {
    try {
      this.#message(type, bytes, from, to);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#conversation.fault(`a ${handshakeType.name(type)} that cannot be read: ${error.message}`);
    }
  }

  #message(type: number, bytes: Uint8Array, from: number, to: number): void {
    const { listening } = this.#conversation;
    switch (type) {
      case HANDSHAKE.clientHello: {
        const facts = readClientHelloFacts(bytes, from, to);
        this.#nextHandshake();
        this.#conversation.clientHello(this.#half, facts);
        break;
      }
      case HANDSHAKE.serverHello: {
        const facts = readServerHelloFacts(bytes, from, to);
        this.#nextHandshake();
        this.#conversation.serverHello(this.#half, facts);
        break;
      }
      case HANDSHAKE.certificateRequest:
        this.#request(listening.requests.of(bytes, from, to, this.#version));
        break;
      case HANDSHAKE.serverHelloDone:
        // Where something is missing before it, that may have been a request.
        this.current.serverDone = !this.#half.lossy;
        break;
      case HANDSHAKE.certificate:
        this.current.clientCertificate = listening.chains.of(bytes, from, to, this.#version);
        this.current.clientCertificateAt = { ...listening.moment };
        break;
      case HANDSHAKE.certificateVerify:
        if (this.#half.role === 'client') this.current.proved = true;
        break;
      case HANDSHAKE.finished:
        this.finished = true;
        if (this.isNew && this.#half.role === 'server') this.current.serverDone = true;
        this.#keys.finish();
        break;
      case HANDSHAKE.keyUpdate:
        this.#keys.update();
    }
  }

  get #version(): number {
    return this.current.version ?? TLS12;
  }

  /** A hello inside the encryption begins a renegotiation. */
  #nextHandshake(): void {
    if (this.#isOpened) this.handshake++;
  }

  #request(request: CertificateRequest): void {
    const { requests } = this.current;
    if (requests.length < MOST_SEEN)
      requests.push({ ...this.#conversation.listening.moment, request, late: this.#late });
  }

  get #late(): SeenRequest['late'] {
    if (this.handshake > 0) return 'renegotiation';
    return this.isNew && this.finished ? 'post-handshake' : null;
  }
}
