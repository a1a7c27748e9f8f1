import { Malformed, Reader } from '../../../base/bytes.ts';
import { copyOfMoment } from '../../capture/moment.ts';
import type { CertificateRequest } from '../handshake/certificate-request.ts';
import { HANDSHAKE, handshakeType } from '../registry/handshake-type.ts';
import { TLS12, TLS13 } from '../registry/version.ts';
import type { Conversation } from './conversation.ts';
import type { Half } from './half.ts';
import type { HalfKeys } from './half-keys.ts';
import { readClientHelloFacts, readServerHelloFacts } from './hello-facts.ts';
import type { Interned } from './interned.ts';
import { type MessageTaker, MessageWalk } from './message-walk.ts';
import { MOST_SEEN, type SeenHandshake, type SeenRequest } from './seen.ts';

/** By number: a set is asked for each message. */
const WANTED: readonly boolean[] = wanted(
  HANDSHAKE.clientHello,
  HANDSHAKE.serverHello,
  HANDSHAKE.certificate,
  HANDSHAKE.certificateRequest,
  HANDSHAKE.serverHelloDone,
  HANDSHAKE.certificateVerify,
  HANDSHAKE.finished,
  HANDSHAKE.keyUpdate,
);

/** Handshake messages of one direction, in the clear and out of the encryption, told to the conversation. */
export class HalfMessages implements MessageTaker {
  /** Number of the handshake that this side is in. */
  handshake = 0;
  finished = false;
  readonly #conversation: Conversation;
  readonly #half: Half;
  readonly #keys: HalfKeys;
  readonly #walk: MessageWalk;
  /** The bytes in hand came out of the encryption. */
  #isOpened = false;

  constructor(conversation: Conversation, half: Half, keys: HalfKeys) {
    this.#conversation = conversation;
    this.#half = half;
    this.#keys = keys;
    this.#walk = new MessageWalk(this, conversation.listening.scratch);
  }

  push(bytes: Uint8Array, from: number, to: number, isOpened: boolean): void {
    this.#isOpened = isOpened;
    this.#walk.push(bytes, from, to);
  }

  /** Ready for another connection. */
  reset(): void {
    this.handshake = 0;
    this.finished = false;
    this.#walk.reset();
  }

  /** Something is missing of what is in hand. */
  lose(): void {
    this.#walk.reset();
  }

  get current(): SeenHandshake {
    return this.#conversation.handshake(this.handshake);
  }

  get isNew(): boolean {
    return this.#conversation.isNew;
  }

  wants(type: number): boolean {
    return WANTED[type] === true;
  }

  letGo(): void {
    this.#half.lossy = true;
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
        const facts = readClientHelloFacts(bytes, from, to, listening.names);
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
        this.#certificate(bytes, from, to);
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

  #certificate(bytes: Uint8Array, from: number, to: number): void {
    const { listening } = this.#conversation;
    const { current } = this;
    if (this.#half.role === 'client') {
      current.clientCertificate = listening.chains.of(bytes, from, to, this.#version);
      current.clientCertificateAt = copyOfMoment(listening.moment);
    } else
      current.serverCertificate = firstCertificate(bytes, from, to, this.#version, listening.certificates);
  }

  #request(request: CertificateRequest): void {
    const { current } = this;
    if (current.requests.length >= MOST_SEEN) return;
    const { time, place, placeEnd } = this.#conversation.listening.moment;
    const seen = { time, place, placeEnd, request, late: this.#late };
    current.requests = current.requests.length === 0 ? [seen] : [...current.requests, seen];
  }

  get #late(): SeenRequest['late'] {
    if (this.handshake > 0) return 'renegotiation';
    return this.isNew && this.finished ? 'post-handshake' : null;
  }
}

function wanted(...types: readonly number[]): boolean[] {
  const all = new Array<boolean>(256).fill(false);
  for (const type of types) all[type] = true;
  return all;
}

/** The first of a chain, which is the server's own (RFC 5246 7.4.2, RFC 8446 4.4.2); undefined: none. Throws Malformed. */
function firstCertificate(
  bytes: Uint8Array,
  from: number,
  to: number,
  version: number,
  known: Interned<Uint8Array>,
): Uint8Array | undefined {
  const reader = new Reader(bytes, from, to);
  if (version >= TLS13) reader.skip(reader.u8('certificate_request_context'), 'certificate_request_context');
  if (reader.u24('certificate_list') === 0) return undefined;
  const length = reader.u24('certificate');
  const at = reader.offset;
  reader.skip(length, 'certificate');
  return known.of(bytes, at, at + length, 0);
}
