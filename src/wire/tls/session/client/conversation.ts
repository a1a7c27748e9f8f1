import type { Crypto } from '../../../../base/ports.ts';
import { encodeHandshake, HandshakeAssembler } from '../../handshake/message.ts';
import { ALERT } from '../../registry/alert.ts';
import { CONTENT } from '../../registry/content-type.ts';
import type { Protection } from '../protection.ts';
import { RecordLayer } from '../record-layer.ts';
import { Transcript } from '../transcript.ts';
import { Violation } from '../violation.ts';
import type { SessionEvent } from './event.ts';
import type { ClientOptions, SecretLabel } from './options.ts';
import type { State } from './state.ts';

/** verify_data of the last handshake, both sides: what ties a renegotiation to it (RFC 5746 3). */
export interface Binding {
  readonly client: Uint8Array;
  readonly server: Uint8Array;
}

/** First records go out as TLS 1.0, for servers that choke on more (RFC 8446 appendix D.5). */
const FIRST_RECORD_VERSION = 0x0301;

/** What all states share: the record layer, the transcript, the events so far. */
export class Conversation {
  readonly options: ClientOptions;
  readonly crypto: Crypto;
  readonly layer: RecordLayer;
  readonly assembler = new HandshakeAssembler();
  transcript: Transcript;
  /** Once chosen. */
  version: number | null = null;
  /** Of the last hello; names the connection in a key log. */
  clientRandom: Uint8Array = new Uint8Array(0);
  /** Set while TLS 1.3 lets unprotected change_cipher_spec records pass (RFC 8446 appendix D.4). */
  dropsChangeCipherSpec = false;
  /** Set by the first handshake; a further one is a renegotiation. */
  binding: Binding | null = null;
  /** Sends a ClientHello; handed in, so that the last state can begin again without importing the first. */
  readonly begin: () => Promise<State>;
  #events: SessionEvent[] = [];

  constructor(options: ClientOptions, crypto: Crypto, begin: (talk: Conversation) => Promise<State>) {
    this.options = options;
    this.crypto = crypto;
    this.layer = new RecordLayer(FIRST_RECORD_VERSION, options.onRecord);
    this.transcript = new Transcript(crypto);
    this.begin = () => begin(this);
  }

  emit(event: SessionEvent): void {
    this.#events.push(event);
  }

  note(message: string): void {
    this.emit({ is: 'note', message });
  }

  tellSecret(label: SecretLabel, secret: Uint8Array): void {
    this.options.onSecret?.(label, this.clientRandom, secret);
  }

  takeEvents(): SessionEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Sends a handshake message that belongs to the transcript. */
  async send(type: number, body: Uint8Array): Promise<void> {
    await this.sendMessage(encodeHandshake(type, body));
  }

  /** The same for a message that has its header already. */
  async sendMessage(message: Uint8Array): Promise<void> {
    this.transcript.add(message);
    await this.layer.send(CONTENT.handshake, message);
  }

  /** Sets the keys for what the peer sends next; no message may straddle that (RFC 8446 5.1). */
  setReading(protection: Protection): void {
    if (this.assembler.pending > 0) {
      throw new Violation(ALERT.unexpectedMessage, 'a handshake message goes on where the keys change');
    }
    this.layer.reading = protection;
  }
}
