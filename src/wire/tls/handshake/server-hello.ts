import { equalBytes, fromHex, Reader, Writer } from '../../../base/bytes.ts';
import { EXTENSION } from '../registry/extension-type.ts';
import { chosenProtocol, type KeyShareEntry, readKeyShare } from './client-hello.ts';
import { type Extension, readExtension, readExtensions, writeExtensions } from './extension.ts';

/** What a ServerHello or HelloRetryRequest carries (RFC 5246 7.4.1.3, RFC 8446 4.1.3, 4.1.4). */
export interface ServerHelloFields {
  readonly legacyVersion: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuite: number;
  readonly compressionMethod: number;
  readonly extensions: readonly Extension[];
}

export interface ServerHello extends ServerHelloFields {
  /** The version chosen: supported_versions, else legacy_version. */
  readonly version: number;
  /** A HelloRetryRequest, told by its random. */
  readonly isRetry: boolean;
  readonly keyShare: KeyShareEntry | null;
  /** selected_group of a HelloRetryRequest. */
  readonly retryGroup: number | null;
  readonly cookie: Uint8Array | null;
  /** Which of the offered pre-shared keys was taken; null: none. */
  readonly selectedPsk: number | null;
  /** ALPN, before TLS 1.3. */
  readonly protocol: string | null;
  readonly extendedMasterSecret: boolean;
  /** RFC 7366. */
  readonly encryptThenMac: boolean;
  /** renegotiated_connection (RFC 5746 3.2); null when the server does not know that extension. */
  readonly renegotiatedConnection: Uint8Array | null;
}

/** SHA-256 of "HelloRetryRequest" (RFC 8446 4.1.3). */
export const RETRY_RANDOM = fromHex('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c');

/** Throws Malformed. */
export function decodeServerHello(body: Uint8Array): ServerHello {
  const reader = new Reader(body);
  const fields: ServerHelloFields = {
    legacyVersion: reader.u16('server_version'),
    random: reader.take(32, 'random'),
    sessionId: reader.block8('session_id', (id) => id.rest()),
    cipherSuite: reader.u16('cipher_suite'),
    compressionMethod: reader.u8('compression_method'),
    extensions: reader.left > 0 ? readExtensions(reader, 'ServerHello') : [],
  };
  reader.finish('ServerHello');
  return { ...fields, ...readMeaning(fields) };
}

function readMeaning(fields: ServerHelloFields): Omit<ServerHello, keyof ServerHelloFields> {
  const { extensions, legacyVersion, random } = fields;
  const isRetry = equalBytes(random, RETRY_RANDOM);
  return {
    version:
      readExtension(extensions, EXTENSION.supportedVersions, (data) => data.u16('supported_versions')) ??
      legacyVersion,
    isRetry,
    keyShare: isRetry ? null : (readExtension(extensions, EXTENSION.keyShare, readKeyShare) ?? null),
    retryGroup: isRetry
      ? (readExtension(extensions, EXTENSION.keyShare, (data) => data.u16('group')) ?? null)
      : null,
    cookie:
      readExtension(extensions, EXTENSION.cookie, (data) =>
        data.block16('cookie', (inner) => inner.rest()),
      ) ?? null,
    selectedPsk: isRetry
      ? null
      : (readExtension(extensions, EXTENSION.preSharedKey, (data) => data.u16('selected_identity')) ?? null),
    protocol: chosenProtocol(extensions),
    extendedMasterSecret: extensions.some((one) => one.type === EXTENSION.extendedMasterSecret),
    encryptThenMac: extensions.some((one) => one.type === EXTENSION.encryptThenMac),
    renegotiatedConnection:
      readExtension(extensions, EXTENSION.renegotiationInfo, (data) =>
        data.block8('renegotiated_connection', (inner) => inner.rest()),
      ) ?? null,
  };
}

/** Body without the handshake header. */
export function encodeServerHello(hello: ServerHelloFields): Uint8Array {
  const writer = new Writer()
    .u16(hello.legacyVersion)
    .raw(hello.random)
    .block8((id) => id.raw(hello.sessionId))
    .u16(hello.cipherSuite)
    .u8(hello.compressionMethod);
  if (hello.extensions.length > 0) writeExtensions(writer, hello.extensions);
  return writer.done();
}
