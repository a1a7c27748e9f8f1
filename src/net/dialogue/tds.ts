import { concat, Writer } from '../../base/bytes.ts';
import type { Framing } from './framing.ts';

/** Packets of Tabular Data Stream (MS-TDS 2.2.3.1). */
export const PRELOGIN = 0x12;
export const TABULAR_RESULT = 0x04;
export const HEADER = 8;
const END_OF_MESSAGE = 1;
/** The packet size that both sides assume before they have agreed on one. */
const PACKET_SIZE = 4096;

/** One packet that is a whole message. */
export function tdsPacket(type: number, body: Uint8Array, status = END_OF_MESSAGE, id = 1): Uint8Array {
  return new Writer()
    .u8(type)
    .u8(status)
    .u16(HEADER + body.length)
    .u16(0)
    .u8(id)
    .u8(0)
    .raw(body)
    .done();
}

/** Until its handshake is over TLS travels in PRELOGIN packets, then bare (MS-TDS 3.2.5.2). */
export function tdsFraming(): Framing {
  const incoming = new Unwrapping();
  let isWrapping = true;
  return {
    wrap: (bytes) => (isWrapping ? message(bytes) : bytes),
    unwrap: (bytes) => incoming.unwrap(bytes),
    handshakeOver: () => {
      isWrapping = false;
    },
  };
}

function message(bytes: Uint8Array): Uint8Array {
  const packets: Uint8Array[] = [];
  const room = PACKET_SIZE - HEADER;
  for (let at = 0, id = 1; at < bytes.length; at += room, id++) {
    const last = at + room >= bytes.length;
    packets.push(tdsPacket(PRELOGIN, bytes.subarray(at, at + room), last ? END_OF_MESSAGE : 0, id & 255));
  }
  return concat(packets);
}

/** No content type of TLS (20 to 24) is a type of packet: the first byte tells when the wrapping ends. */
class Unwrapping {
  #header: number[] = [];
  /** Bytes of the packet still to come. */
  #left = 0;
  #isBare = false;

  unwrap(bytes: Uint8Array): Uint8Array {
    const bare: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      if (this.#isBare) {
        bare.push(bytes.subarray(at));
        break;
      }
      if (this.#left > 0) {
        const part = bytes.subarray(at, at + this.#left);
        bare.push(part);
        this.#left -= part.length;
        at += part.length;
        continue;
      }
      const byte = bytes[at]!;
      if (this.#header.length === 0 && byte !== PRELOGIN && byte !== TABULAR_RESULT) {
        this.#isBare = true;
        continue;
      }
      this.#header.push(byte);
      at += 1;
      if (this.#header.length === HEADER) bare.push(this.#endHeader());
    }
    return concat(bare);
  }

  /** A packet with nothing in it would let a peer go on for ever without a byte of TLS: it is shown to TLS as it is. */
  #endHeader(): Uint8Array {
    const header = Uint8Array.from(this.#header);
    this.#header = [];
    this.#left = ((header[2]! << 8) | header[3]!) - HEADER;
    this.#isBare = this.#left <= 0;
    return this.#isBare ? header : new Uint8Array(0);
  }
}
