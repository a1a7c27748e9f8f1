import { Reader } from '../../../base/bytes.ts';
import { RETRY_RANDOM } from '../handshake/server-hello.ts';
import { EXTENSION } from '../registry/extension-type.ts';
import type { Interned } from './interned.ts';

/**
 * What a listener wants of hellos, read in place. decodeClientHello and decodeServerHello make an object of every
 * field: with tens of thousands of handshakes in a capture that was two thirds of the time (bench/capture).
 */

export interface ClientHelloFacts {
  readonly serverName: string | null;
  readonly random: Uint8Array;
}

export interface ServerHelloFacts {
  readonly version: number;
  readonly cipherSuite: number;
  readonly isRetry: boolean;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly encryptThenMac: boolean;
  readonly takesUpPsk: boolean;
}

/** bytes[from, to) without the handshake header. Throws Malformed. */
export function readClientHelloFacts(
  bytes: Uint8Array,
  from: number,
  to: number,
  names: Interned<string>,
): ClientHelloFacts {
  const reader = new Reader(bytes, from, to);
  reader.u16('client_version');
  const random = takeCopy(reader, 32, 'random');
  reader.skip(reader.u8('session_id'), 'session_id');
  reader.skip(reader.u16('cipher_suites'), 'cipher_suites');
  reader.skip(reader.u8('compression_methods'), 'compression_methods');
  let serverName: string | null = null;
  beginExtensions(reader);
  while (reader.left > 0) {
    const type = reader.u16('extension type');
    const length = reader.u16('extension');
    const at = reader.offset;
    reader.skip(length, 'extension');
    if (type === EXTENSION.serverName && length > 5) serverName = readServerName(bytes, at, length, names);
  }
  return { serverName, random };
}

/** bytes[from, to) without the handshake header. Throws Malformed. */
export function readServerHelloFacts(bytes: Uint8Array, from: number, to: number): ServerHelloFacts {
  const reader = new Reader(bytes, from, to);
  let version = reader.u16('server_version');
  const random = takeCopy(reader, 32, 'random');
  const sessionId = takeCopy(reader, reader.u8('session_id'), 'session_id');
  const cipherSuite = reader.u16('cipher_suite');
  reader.u8('compression_method');
  let encryptThenMac = false;
  let takesUpPsk = false;
  beginExtensions(reader);
  while (reader.left > 0) {
    const type = reader.u16('extension type');
    const length = reader.u16('extension');
    const at = reader.offset;
    reader.skip(length, 'extension');
    if (type === EXTENSION.supportedVersions && length === 2) version = (bytes[at]! << 8) | bytes[at + 1]!;
    else if (type === EXTENSION.encryptThenMac) encryptThenMac = true;
    else if (type === EXTENSION.preSharedKey) takesUpPsk = true;
  }
  return { version, cipherSuite, isRetry: isRetry(random), random, sessionId, encryptThenMac, takesUpPsk };
}

const NONE = new Uint8Array(0);

/** `slice` costs three times as much for so few bytes. */
function takeCopy(reader: Reader, length: number, what: string): Uint8Array {
  const at = reader.offset;
  reader.skip(length, what);
  if (length === 0) return NONE;
  const copy = new Uint8Array(length);
  for (let i = 0; i < length; i++) copy[i] = reader.bytes[at + i]!;
  return copy;
}

/** Extensions may be missing altogether; their length is that of the rest. */
function beginExtensions(reader: Reader): void {
  if (reader.left > 0) reader.u16('extensions');
}

/** The first name of the list, where it is a host_name (RFC 6066 3). */
function readServerName(
  bytes: Uint8Array,
  at: number,
  length: number,
  names: Interned<string>,
): string | null {
  const name = (bytes[at + 3]! << 8) | bytes[at + 4]!;
  if (bytes[at + 2] !== 0 || 5 + name > length) return null;
  return names.of(bytes, at + 5, at + 5 + name, 0);
}

function isRetry(random: Uint8Array): boolean {
  for (let i = 0; i < 32; i++) if (random[i] !== RETRY_RANDOM[i]) return false;
  return true;
}
