import { concat, Malformed, Reader } from '../../../base/bytes.ts';
import type { Moment } from '../../capture/moment.ts';
import { decodeClientHello } from '../handshake/client-hello.ts';
import { decodeServerHello } from '../handshake/server-hello.ts';
import { CONTENT } from '../registry/content-type.ts';
import { HANDSHAKE } from '../registry/handshake-type.ts';
import type { Listening } from './conversation.ts';
import type { Role, SeenRequest } from './seen.ts';

/** What one DTLS conversation shows in the clear. */
export interface SeenDtls {
  readonly clientSide: 0 | 1;
  readonly serverName?: string | null;
  /** As on the wire: 0xfeff, 0xfefd, 0xfefc, or OpenSSL's early 0x0100. */
  readonly version?: number;
  readonly requests: readonly SeenRequest[];
  readonly began: Moment;
}

const RECORD_HEADER = 13;
const MESSAGE_HEADER = 12;
const MAX_MESSAGE = 128 * 1024;
const MOST_PARTIAL = 16;
const VERSIONS: ReadonlySet<number> = new Set([0xfeff, 0xfefd, 0x0100]);

interface Partial {
  readonly body: Uint8Array;
  /** Bytes from the beginning that are here, without a hole. */
  filled: number;
}

/** Whether a datagram begins as DTLS does: a record of a known version whose length fits. */
export function isDtls(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < RECORD_HEADER || bytes[from]! < 20 || bytes[from]! > 23) return false;
  const word = (at: number): number => (bytes[from + at]! << 8) | bytes[from + at + 1]!;
  return VERSIONS.has(word(1)) && RECORD_HEADER + word(11) <= to - from;
}

/** Listens to the handshake in the clear (RFC 6347 4.2): DTLS is recognised, not followed into its encryption. */
export class DtlsConversation {
  readonly #listening: Listening;
  readonly #partial = new Map<number, Partial>();
  readonly #requests: SeenRequest[] = [];
  #client: 0 | 1 | null = null;
  #serverName: string | null | undefined;
  #version: number | undefined;
  #began: Moment | null = null;

  constructor(listening: Listening) {
    this.#listening = listening;
  }

  datagram(side: 0 | 1, bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; isDtls(bytes, at, to); ) {
      const end = at + RECORD_HEADER + ((bytes[at + 11]! << 8) | bytes[at + 12]!);
      const epoch = (bytes[at + 3]! << 8) | bytes[at + 4]!;
      if (bytes[at] === CONTENT.handshake && epoch === 0)
        this.#fragments(side, bytes.slice(at + RECORD_HEADER, end));
      at = end;
    }
  }

  seen(): SeenDtls | null {
    if (this.#client === null || !this.#began) return null;
    return {
      clientSide: this.#client,
      ...(this.#serverName === undefined ? {} : { serverName: this.#serverName }),
      ...(this.#version === undefined ? {} : { version: this.#version }),
      requests: this.#requests,
      began: this.#began,
    };
  }

  #fragments(side: 0 | 1, record: Uint8Array): void {
    try {
      for (const reader = new Reader(record); reader.left >= MESSAGE_HEADER; ) this.#fragment(side, reader);
    } catch (error) {
      // A fragment that does not fit its record; another copy may.
      if (!(error instanceof Malformed)) throw error;
    }
  }

  #fragment(side: 0 | 1, reader: Reader): void {
    const type = reader.u8();
    const length = reader.u24();
    const sequence = reader.u16();
    const offset = reader.u24();
    const part = reader.take(reader.u24());
    if (length > MAX_MESSAGE || offset + part.length > length) return;
    if (part.length === length) {
      this.#message(side, type, part);
      return;
    }
    const key = (side << 24) | (type << 16) | sequence;
    const partial = this.#partial.get(key) ?? { body: new Uint8Array(length), filled: 0 };
    if (partial.body.length !== length || offset > partial.filled || this.#partial.size > MOST_PARTIAL)
      return;
    this.#partial.set(key, partial);
    partial.body.set(part, offset);
    partial.filled = Math.max(partial.filled, offset + part.length);
    if (partial.filled < length) return;
    this.#partial.delete(key);
    this.#message(side, type, partial.body);
  }

  #message(side: 0 | 1, type: number, body: Uint8Array): void {
    if (type === HANDSHAKE.clientHello) {
      this.#roleKnown(side, 'client');
      this.#serverName = decodeClientHello(withoutCookie(body)).serverName;
    } else if (type === HANDSHAKE.serverHello) {
      this.#roleKnown(side, 'server');
      this.#version = decodeServerHello(body).version;
    } else if (type === HANDSHAKE.certificateRequest) {
      const request = this.#listening.requests.of(body, 0, body.length, asTls(this.#version ?? 0xfefd));
      const isCopy = this.#requests.some((one) => one.request === request);
      if (!isCopy && this.#requests.length < MOST_PARTIAL)
        this.#requests.push({ ...this.#listening.moment, request, late: null });
    }
  }

  #roleKnown(side: 0 | 1, role: Role): void {
    this.#client ??= role === 'client' ? side : side === 0 ? 1 : 0;
    this.#began ??= { ...this.#listening.moment };
  }
}

/** A ClientHello with the cookie of RFC 6347 4.2.1 taken out reads as one of TLS. */
function withoutCookie(body: Uint8Array): Uint8Array {
  const reader = new Reader(body, 34);
  reader.block8('session_id', (id) => id.rest());
  const before = body.subarray(0, reader.offset);
  reader.block8('cookie', (cookie) => cookie.rest());
  return concat([before, reader.rest()]);
}

/** The version of TLS whose messages look alike (RFC 6347 1). */
const asTls = (version: number): number =>
  version === 0xfefd ? 0x0303 : version === 0xfefc ? 0x0304 : 0x0302;
