import { Reader } from '../../../base/bytes.ts';
import { RETRY_RANDOM } from '../handshake/server-hello.ts';
import { EXTENSION } from '../registry/extension-type.ts';

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
export function readClientHelloFacts(bytes: Uint8Array, from: number, to: number): ClientHelloFacts {
  const reader = new Reader(bytes, from, to);
  reader.u16('client_version');
  const random = reader.take(32, 'random').slice();
  reader.skip(reader.u8('session_id'), 'session_id');
  reader.skip(reader.u16('cipher_suites'), 'cipher_suites');
  reader.skip(reader.u8('compression_methods'), 'compression_methods');
  let serverName: string | null = null;
  eachExtension(reader, (type, length) => {
    if (type === EXTENSION.serverName && length > 5)
      serverName = readServerName(bytes, reader.offset, length);
  });
  return { serverName, random };
}

/** bytes[from, to) without the handshake header. Throws Malformed. */
export function readServerHelloFacts(bytes: Uint8Array, from: number, to: number): ServerHelloFacts {
  const reader = new Reader(bytes, from, to);
  let version = reader.u16('server_version');
  const random = reader.take(32, 'random').slice();
  const sessionId = reader.take(reader.u8('session_id'), 'session_id').slice();
  const cipherSuite = reader.u16('cipher_suite');
  reader.u8('compression_method');
  let [encryptThenMac, takesUpPsk] = [false, false];
  eachExtension(reader, (type, length) => {
    if (type === EXTENSION.supportedVersions && length === 2)
      version = (bytes[reader.offset]! << 8) | bytes[reader.offset + 1]!;
    encryptThenMac ||= type === EXTENSION.encryptThenMac;
    takesUpPsk ||= type === EXTENSION.preSharedKey;
  });
  return { version, cipherSuite, isRetry: isRetry(random), random, sessionId, encryptThenMac, takesUpPsk };
}

/** Calls with the reader before each extension's data, if there are extensions at all. */
function eachExtension(reader: Reader, take: (type: number, length: number) => void): void {
  if (reader.left === 0) return;
  reader.u16('extensions');
  while (reader.left > 0) {
    const type = reader.u16('extension type');
    const length = reader.u16('extension');
    if (length <= reader.left) take(type, length);
    reader.skip(length, 'extension');
  }
}

/** The first name of the list, where it is a host_name (RFC 6066 3). */
function readServerName(bytes: Uint8Array, at: number, length: number): string | null {
  const name = (bytes[at + 3]! << 8) | bytes[at + 4]!;
  if (bytes[at + 2] !== 0 || 5 + name > length) return null;
  let text = '';
  for (let i = at + 5; i < at + 5 + name; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

function isRetry(random: Uint8Array): boolean {
  for (let i = 0; i < 32; i++) if (random[i] !== RETRY_RANDOM[i]) return false;
  return true;
}
