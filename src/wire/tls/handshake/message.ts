import { concat, Malformed, Reader, Writer } from '../../../base/bytes.ts';
import { handshakeType } from '../registry/handshake-type.ts';

/** One whole handshake message (RFC 5246 7.4, RFC 8446 4). */
export interface HandshakeMessage {
  readonly type: number;
  readonly body: Uint8Array;
  /** Header and body: what the transcript hashes. */
  readonly bytes: Uint8Array;
}

const HEADER_LENGTH = 4;
/** A list of authorities may be 65,535 bytes, a chain more; a peer that announces more than this is refused. */
const MAX_MESSAGE = 128 * 1024;

export function encodeHandshake(type: number, body: Uint8Array): Uint8Array {
  return new Writer().u8(type).u24(body.length).raw(body).done();
}

/** Puts handshake messages together: one may span records, one record may hold several. */
export class HandshakeAssembler {
  #chunks: Uint8Array[] = [];
  #length = 0;

  push(fragment: Uint8Array): void {
    if (fragment.length === 0) return;
    this.#chunks.push(fragment);
    this.#length += fragment.length;
  }

  /** Bytes of a message that is not whole yet. */
  get pending(): number {
    return this.#length;
  }

  /** Whether nothing was pushed yet, or the message at hand is of this type. */
  startsWith(type: number): boolean {
    return this.#length === 0 || this.#chunks[0]![0] === type;
  }

  /** Throws Malformed for a message that announces more than 128 KiB, before it is gathered. */
  next(): HandshakeMessage | null {
    if (this.#length < HEADER_LENGTH) return null;
    const header = new Reader(this.#joined(HEADER_LENGTH));
    const type = header.u8();
    const length = header.u24();
    if (length > MAX_MESSAGE) {
      throw new Malformed(handshakeType.name(type), 1, `announces ${length} bytes, more than ${MAX_MESSAGE}`);
    }
    const size = HEADER_LENGTH + length;
    if (this.#length < size) return null;
    const joined = this.#joined(size);
    const bytes = joined.subarray(0, size);
    const rest = joined.subarray(size);
    this.#chunks.splice(0, 1, ...(rest.length > 0 ? [rest] : []));
    this.#length -= size;
    return { type, body: bytes.subarray(HEADER_LENGTH), bytes };
  }

  #joined(length: number): Uint8Array {
    if (this.#chunks[0]!.length < length) this.#chunks = [concat(this.#chunks)];
    return this.#chunks[0]!;
  }
}
