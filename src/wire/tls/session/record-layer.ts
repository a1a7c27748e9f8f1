import { concat, Malformed } from '../../../base/bytes.ts';
import { MAX_PLAINTEXT, RecordReader, type TlsRecord } from '../record.ts';
import { CONTENT } from '../registry/content-type.ts';
import { type Content, type Protection, plain } from './protection.ts';

/** Both directions of a connection below the handshake; holds what is to be sent until it is taken. */
export class RecordLayer {
  reading: Protection;
  writing: Protection;
  readonly #reader = new RecordReader();
  #outgoing: Uint8Array[] = [];

  constructor(recordVersion: number) {
    this.reading = plain(recordVersion);
    this.writing = plain(recordVersion);
  }

  push(bytes: Uint8Array): void {
    this.#reader.push(bytes);
  }

  nextRecord(): TlsRecord | null {
    return this.#reader.next();
  }

  /** Received bytes that are no whole record. */
  pending(): Uint8Array {
    return this.#reader.pending();
  }

  async open(record: TlsRecord): Promise<Content> {
    const content = await this.reading.open(record);
    const mayBeEmpty = content.type === CONTENT.applicationData;
    if (content.fragment.length === 0 && !mayBeEmpty) {
      // RFC 8446 5.1, RFC 5246 6.2.1; it also keeps a peer from feeding us nothing for ever.
      throw new Malformed('TLS record', 0, `an empty record of type ${content.type}`);
    }
    return content;
  }

  async send(type: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += MAX_PLAINTEXT) {
      const fragment = bytes.subarray(at, at + MAX_PLAINTEXT);
      this.#outgoing.push(await this.writing.seal({ type, fragment }));
    }
  }

  /** What is to be written to the transport since the last call. */
  take(): Uint8Array {
    const bytes = concat(this.#outgoing);
    this.#outgoing = [];
    return bytes;
  }
}
