import { concat, Malformed } from '../../../base/bytes.ts';
import { MAX_PLAINTEXT, RecordReader, type TlsRecord } from '../record.ts';
import { CONTENT } from '../registry/content-type.ts';
import { type Content, type Protection, plain } from './protection.ts';

/** A record as it passed: its bytes on the wire, and what they hold; null where they could not be opened. */
export interface PassedRecord {
  readonly direction: 'sent' | 'received';
  readonly bytes: Uint8Array;
  readonly content: Content | null;
}

export type RecordListener = (record: PassedRecord) => void;

/** Both directions of a connection below the handshake; holds what is to be sent until it is taken. */
export class RecordLayer {
  reading: Protection;
  writing: Protection;
  readonly #reader = new RecordReader();
  #outgoing: Uint8Array[] = [];

  readonly #listen: RecordListener | undefined;

  constructor(recordVersion: number, listen?: RecordListener) {
    this.#listen = listen;
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
    const content = await this.#opened(record);
    const mayBeEmpty = content.type === CONTENT.applicationData;
    if (content.fragment.length === 0 && !mayBeEmpty) {
      // RFC 8446 5.1, RFC 5246 6.2.1; it also keeps a peer from feeding us nothing for ever.
      throw new Malformed('TLS record', 0, `an empty record of type ${content.type}`);
    }
    return content;
  }

  async #opened(record: TlsRecord): Promise<Content> {
    try {
      const content = await this.reading.open(record);
      this.#tell(record, content);
      return content;
    } catch (error) {
      this.#tell(record, null);
      throw error;
    }
  }

  /** A record that is taken as it stands, whatever the keys. */
  passUnprotected(record: TlsRecord): void {
    this.#tell(record, record);
  }

  #tell({ header, fragment }: TlsRecord, content: Content | null): void {
    this.#listen?.({ direction: 'received', bytes: concat([header, fragment]), content });
  }

  async send(type: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += MAX_PLAINTEXT) {
      const fragment = bytes.subarray(at, at + MAX_PLAINTEXT);
      const sealed = await this.writing.seal({ type, fragment });
      this.#outgoing.push(sealed);
      this.#listen?.({ direction: 'sent', bytes: sealed, content: { type, fragment } });
    }
  }

  /** What is to be written to the transport since the last call. */
  take(): Uint8Array {
    const bytes = concat(this.#outgoing);
    this.#outgoing = [];
    return bytes;
  }
}
