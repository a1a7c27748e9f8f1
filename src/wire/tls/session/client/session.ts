import { Malformed } from '../../../../base/bytes.ts';
import type { Crypto } from '../../../../base/ports.ts';
import { decodeAlert, encodeAlert } from '../../alert.ts';
import type { HandshakeMessage } from '../../handshake/message.ts';
import { NotTls, type TlsRecord } from '../../record.ts';
import { ALERT, alert } from '../../registry/alert.ts';
import { CONTENT, contentType } from '../../registry/content-type.ts';
import { HANDSHAKE, handshakeType } from '../../registry/handshake-type.ts';
import { TLS13 } from '../../registry/version.ts';
import type { Content } from '../protection.ts';
import { Violation } from '../violation.ts';
import { Conversation } from './conversation.ts';
import type { SessionEvent } from './event.ts';
import { beginHandshake } from './expect-server-hello.ts';
import type { ClientOptions } from './options.ts';
import type { State } from './state.ts';

/** What a step asks of the driver: bytes to write, and what has happened, in order. */
export interface Effects {
  readonly send: Uint8Array;
  readonly events: readonly SessionEvent[];
}

/**
 * A TLS client without a socket: bytes in, bytes and events out. The driver awaits each call before the next.
 * No call rejects for what a peer did; that is an event ('alert', 'closed', 'not-tls', 'malformed'), after which
 * the session takes nothing more.
 */
export class ClientSession {
  readonly #talk: Conversation;
  #state: State | null = null;
  #records = 0;
  #ended = false;

  constructor(options: ClientOptions, crypto: Crypto) {
    this.#talk = new Conversation(options, crypto, beginHandshake);
  }

  /** The ClientHello. */
  async start(): Promise<Effects> {
    this.#state = await this.#talk.begin();
    return this.#effects();
  }

  async receive(bytes: Uint8Array): Promise<Effects> {
    if (this.#ended) return this.#effects();
    const { layer } = this.#talk;
    layer.push(bytes);
    try {
      for (let record = layer.nextRecord(); record && !this.#ended; record = layer.nextRecord()) {
        this.#records++;
        await this.#take(record);
      }
    } catch (error) {
      await this.#fail(error);
    }
    return this.#effects();
  }

  /** The transport has ended. */
  async end(): Promise<Effects> {
    const saw = this.#talk.layer.pending();
    if (!this.#ended && this.#records === 0 && saw.length > 0) this.#talk.emit({ is: 'not-tls', saw });
    this.#ended = true;
    return this.#effects();
  }

  /** Whether application data may be written now. */
  get connected(): boolean {
    return !this.#ended && this.#state?.connected === true;
  }

  async write(data: Uint8Array): Promise<Effects> {
    if (!this.connected) throw new Error('write() before the handshake is over or after the end');
    await this.#talk.layer.send(CONTENT.applicationData, data);
    return this.#effects();
  }

  /** Says close_notify. */
  async close(): Promise<Effects> {
    if (!this.#ended) await this.#sendAlert('warning', ALERT.closeNotify);
    this.#ended = true;
    return this.#effects();
  }

  #effects(): Effects {
    return { send: this.#talk.layer.take(), events: this.#talk.takeEvents() };
  }

  async #take(record: TlsRecord): Promise<void> {
    const talk = this.#talk;
    const isNew = talk.version === TLS13;
    if (talk.dropsChangeCipherSpec && record.type === CONTENT.changeCipherSpec) {
      talk.layer.passUnprotected(record);
      return checkChange(record.fragment);
    }
    if (isNew && record.type === CONTENT.alert) {
      talk.layer.passUnprotected(record);
      talk.note('this alert came unprotected, though keys were agreed');
      return this.#alert(record.fragment);
    }
    const content = await talk.layer.open(record);
    if (content.type === CONTENT.handshake) return this.#handshake(content.fragment);
    if (talk.assembler.pending > 0) throw this.#unexpected(contentType.name(content.type));
    return this.#other(content);
  }

  async #handshake(fragment: Uint8Array): Promise<void> {
    const { assembler } = this.#talk;
    assembler.push(fragment);
    for (let message = assembler.next(); message && !this.#ended; message = assembler.next()) {
      await this.#message(message);
      const isEnough = message.type === HANDSHAKE.certificateRequest && this.#talk.options.untilRequest;
      if (isEnough) this.#ended = true;
    }
  }

  async #message(message: HandshakeMessage): Promise<void> {
    const handle = this.#state!.on[message.type];
    if (handle) this.#state = await handle(message);
    else if (!this.#mayIgnore(message)) throw this.#unexpected(handshakeType.name(message.type));
  }

  /** A HelloRequest in the midst of a handshake (RFC 5246 7.4.1.1). */
  #mayIgnore({ type, body }: HandshakeMessage): boolean {
    return type === HANDSHAKE.helloRequest && body.length === 0 && this.#talk.version !== TLS13;
  }

  async #other({ type, fragment }: Content): Promise<void> {
    const state = this.#state!;
    if (type === CONTENT.alert) return this.#alert(fragment);
    if (type === CONTENT.changeCipherSpec && state.changeCipherSpec) {
      checkChange(fragment);
      this.#state = await state.changeCipherSpec();
      return;
    }
    // During a renegotiation data of the connection before it may still come (RFC 5246 7.4.1.1).
    const isOpen = state.connected || this.#talk.binding !== null;
    if (type !== CONTENT.applicationData || !isOpen) throw this.#unexpected(contentType.name(type));
    // Under CBC of TLS 1.0, OpenSSL puts an empty record before each (RFC 5246 6.2.1 allows it).
    if (fragment.length > 0) this.#talk.emit({ is: 'data', bytes: fragment });
  }

  #alert(fragment: Uint8Array): void {
    const received = decodeAlert(fragment);
    const isNew = this.#talk.version === TLS13;
    if (received.code === ALERT.closeNotify) {
      this.#ended = true;
      this.#talk.emit({ is: 'closed' });
    } else if (received.code === ALERT.userCanceled || (!isNew && received.level === 'warning')) {
      // TLS 1.3 knows no warnings but these two (RFC 8446 6); before, a warning lets the handshake go on.
      this.#talk.note(`the server warned: ${alert.name(received.code)}`);
    } else {
      this.#ended = true;
      this.#talk.emit({ is: 'alert', alert: received });
    }
  }

  async #fail(error: unknown): Promise<void> {
    if (!(error instanceof Malformed || error instanceof Violation)) throw error;
    const talk = this.#talk;
    if (error instanceof NotTls) talk.emit({ is: 'not-tls', saw: talk.layer.pending() });
    else {
      talk.emit({ is: 'malformed', why: error.message });
      await this.#sendAlert('fatal', error instanceof Violation ? error.alert : ALERT.decodeError);
    }
    this.#ended = true;
  }

  #unexpected(what: string): Violation {
    return new Violation(ALERT.unexpectedMessage, `${what} where ${this.#state!.expects} belongs`);
  }

  #sendAlert(level: 'warning' | 'fatal', code: number): Promise<void> {
    return this.#talk.layer.send(CONTENT.alert, encodeAlert({ level, code }));
  }
}

/** A single byte 1 (RFC 5246 7.1, RFC 8446 5). */
function checkChange(fragment: Uint8Array): void {
  if (fragment.length === 1 && fragment[0] === 1) return;
  throw new Violation(ALERT.unexpectedMessage, 'a change_cipher_spec record with other contents than 1');
}
