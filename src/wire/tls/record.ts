import { concat, Malformed, Reader, Writer } from '../../base/bytes.ts';
import { type ClientHello, decodeClientHello } from './handshake/client-hello.ts';
import { HandshakeAssembler } from './handshake/message.ts';
import { CONTENT } from './registry/content-type.ts';
import { HANDSHAKE } from './registry/handshake-type.ts';

/** One TLS record as it stands on the wire (RFC 5246 6.2, RFC 8446 5.1). */
export interface TlsRecord {
  readonly type: number;
  /** legacy_record_version. */
  readonly version: number;
  /** The five header bytes: additional data of TLS 1.3 protection. */
  readonly header: Uint8Array;
  readonly fragment: Uint8Array;
}

const HEADER_LENGTH = 5;
/** Most that one record may carry in the clear (RFC 8446 5.1). */
export const MAX_PLAINTEXT = 2 ** 14;
/** Most that one protected record may carry, by the wider limit of TLS 1.2 (RFC 5246 6.2.3). */
const MAX_CIPHERTEXT = 2 ** 14 + 2048;

/** The stream does not start as TLS does: another protocol, or noise. */
export class NotTls extends Malformed {}

/** Cuts a stream of bytes into records, however it arrives. */
export class RecordReader {
  #chunks: Uint8Array[] = [];
  #length = 0;
  #consumed = 0;

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  /** The next whole record, or null when more bytes are needed. Throws Malformed, or NotTls at the very start. */
  next(): TlsRecord | null {
    if (this.#length === 0) return null;
    const type = this.#chunks[0]![0]!;
    if (type < 20 || type > 24)
      throw this.#stranger(`starts with byte 0x${type.toString(16).padStart(2, '0')}`);
    if (this.#length < HEADER_LENGTH) return null;
    const reader = new Reader(this.#joined(HEADER_LENGTH));
    const header = reader.take(HEADER_LENGTH);
    const { version, length } = readHeader(header);
    if (version >> 8 !== 3) throw this.#stranger(`has version 0x${version.toString(16).padStart(4, '0')}`);
    if (length > MAX_CIPHERTEXT)
      throw new Malformed('TLS record', this.#consumed, `${length} bytes, more than ${MAX_CIPHERTEXT}`);
    const size = HEADER_LENGTH + length;
    if (this.#length < size) return null;
    const whole = this.#joined(size);
    this.#drop(size);
    return {
      type,
      version,
      header: whole.subarray(0, HEADER_LENGTH),
      fragment: whole.subarray(HEADER_LENGTH, size),
    };
  }

  /** What was pushed and is no whole record yet. */
  pending(): Uint8Array {
    return this.#joined(this.#length);
  }

  #stranger(why: string): Malformed {
    return new (this.#consumed === 0 ? NotTls : Malformed)('TLS record', this.#consumed, why);
  }

  /** The chunks joined so that the first holds at least `length` bytes. */
  #joined(length: number): Uint8Array {
    if (length === 0) return new Uint8Array(0);
    if (this.#chunks[0]!.length < length) this.#chunks = [concat(this.#chunks)];
    return this.#chunks[0]!;
  }

  #drop(length: number): void {
    const rest = this.#chunks[0]!.subarray(length);
    if (rest.length > 0) this.#chunks[0] = rest;
    else this.#chunks.shift();
    this.#length -= length;
    this.#consumed += length;
  }
}

function readHeader(header: Uint8Array): { version: number; length: number } {
  const reader = new Reader(header, 1);
  return { version: reader.u16(), length: reader.u16() };
}

/** One record of up to 2^16 - 1 bytes; splitting what is larger is the caller's. */
export function encodeRecord(type: number, version: number, fragment: Uint8Array): Uint8Array {
  return new Writer().u8(type).u16(version).u16(fragment.length).raw(fragment).done();
}

/**
 * The ClientHello in the first bytes of a connection; 'more' while it is not whole, null when this is no TLS
 * client. For a server that must look before it chooses how to answer.
 */
export function helloIn(bytes: Uint8Array): ClientHello | 'more' | null {
  const records = new RecordReader();
  const messages = new HandshakeAssembler();
  records.push(bytes);
  try {
    for (let record = records.next(); record; record = records.next()) {
      if (record.type !== CONTENT.handshake) return null;
      messages.push(record.fragment);
      const message = messages.next();
      if (message) return message.type === HANDSHAKE.clientHello ? decodeClientHello(message.body) : null;
    }
    return messages.startsWith(HANDSHAKE.clientHello) ? 'more' : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
