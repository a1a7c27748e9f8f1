import { asciiBytes, Malformed, many, Reader, Writer } from '../../../base/bytes.ts';
import { latin1Text } from '../../../base/text.ts';
import { EXTENSION } from '../registry/extension-type.ts';
import {
  type Extension,
  makeExtension,
  readCodes16,
  readExtension,
  readExtensions,
  writeCodes16,
  writeExtensions,
} from './extension.ts';

/** What a ClientHello carries on the wire (RFC 5246 7.4.1.2, RFC 8446 4.1.2). */
export interface ClientHelloFields {
  /** legacy_version: at most 0x0303. */
  readonly version: number;
  /** 32 bytes. */
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuites: readonly number[];
  readonly compressionMethods: readonly number[];
  /** All extensions in wire order. */
  readonly extensions: readonly Extension[];
}

export interface KeyShareEntry {
  readonly group: number;
  readonly key: Uint8Array;
}

/** The fields, and what the extensions say; an extension that is absent gives null or an empty list. */
export interface ClientHello extends ClientHelloFields {
  /** host_name of server_name (RFC 6066 3). */
  readonly serverName: string | null;
  /** supported_versions, or legacy_version alone where the extension is absent. */
  readonly supportedVersions: readonly number[];
  readonly groups: readonly number[];
  readonly signatureAlgorithms: readonly number[];
  readonly keyShares: readonly KeyShareEntry[];
  /** ALPN names in the client's order (RFC 7301 3.1). */
  readonly protocols: readonly string[];
  readonly extendedMasterSecret: boolean;
  readonly postHandshakeAuth: boolean;
}

/** Body without the handshake header. */
export function encodeClientHello(hello: ClientHelloFields): Uint8Array {
  const writer = new Writer()
    .u16(hello.version)
    .raw(hello.random)
    .block8((id) => id.raw(hello.sessionId));
  writeCodes16(writer, hello.cipherSuites);
  writer.block8((methods) => {
    for (const method of hello.compressionMethods) methods.u8(method);
  });
  if (hello.extensions.length > 0) writeExtensions(writer, hello.extensions);
  return writer.done();
}

/** Throws Malformed. */
export function decodeClientHello(body: Uint8Array): ClientHello {
  const reader = new Reader(body);
  const fields: ClientHelloFields = {
    version: reader.u16('client_version'),
    random: reader.take(32, 'random'),
    sessionId: reader.block8('session_id', (id) => id.rest()),
    cipherSuites: readCodes16(reader, 'cipher_suites'),
    compressionMethods: reader.block8('compression_methods', (methods) => [...methods.rest()]),
    extensions: reader.left > 0 ? readExtensions(reader, 'ClientHello') : [],
  };
  reader.finish('ClientHello');
  return { ...fields, ...readMeaning(fields) };
}

function readMeaning({ version, extensions }: ClientHelloFields): Omit<ClientHello, keyof ClientHelloFields> {
  const codes = (type: number, what: string): number[] =>
    readExtension(extensions, type, (data) => readCodes16(data, what)) ?? [];
  return {
    serverName: readExtension(extensions, EXTENSION.serverName, readServerName) ?? null,
    supportedVersions: readExtension(extensions, EXTENSION.supportedVersions, readVersions) ?? [version],
    groups: codes(EXTENSION.supportedGroups, 'supported_groups'),
    signatureAlgorithms: codes(EXTENSION.signatureAlgorithms, 'signature_algorithms'),
    keyShares: readExtension(extensions, EXTENSION.keyShare, readKeyShares) ?? [],
    protocols: readExtension(extensions, EXTENSION.protocols, readProtocols) ?? [],
    extendedMasterSecret: extensions.some((one) => one.type === EXTENSION.extendedMasterSecret),
    postHandshakeAuth: extensions.some((one) => one.type === EXTENSION.postHandshakeAuth),
  };
}

function readServerName(data: Reader): string | null {
  const names = data.block16('server_name', (list) =>
    many(list, (one) => ({
      type: one.u8('name_type'),
      name: one.block16('host_name', (name) => latin1Text(name.rest())),
    })),
  );
  return names.find((one) => one.type === 0)?.name ?? null;
}

const readVersions = (data: Reader): number[] =>
  data.block8('supported_versions', (list) => many(list, (one) => one.u16('version')));

const readKeyShares = (data: Reader): KeyShareEntry[] =>
  data.block16('key_share', (list) => many(list, readKeyShare));

export function readKeyShare(reader: Reader): KeyShareEntry {
  return { group: reader.u16('group'), key: reader.block16('key_exchange', (key) => key.rest()) };
}

const readProtocols = (data: Reader): string[] =>
  data.block16('protocol_name_list', (list) =>
    many(list, (one) => one.block8('protocol_name', (name) => latin1Text(name.rest()))),
  );

/** The one protocol that a server chose, in its ServerHello or EncryptedExtensions (RFC 7301 3.1); null: none. */
export function chosenProtocol(extensions: readonly Extension[]): string | null {
  const names = readExtension(extensions, EXTENSION.protocols, readProtocols) ?? [];
  if (names.length > 1) throw new Malformed('ALPN', 0, `the server chose ${names.length} protocols`);
  return names[0] ?? null;
}

export const protocolsExtension = (names: readonly string[]): Extension =>
  makeExtension(EXTENSION.protocols, (data) =>
    data.block16((list) => {
      for (const name of names) list.block8((one) => one.raw(asciiBytes(name)));
    }),
  );

export const serverNameExtension = (name: string): Extension =>
  makeExtension(EXTENSION.serverName, (data) =>
    data.block16((list) => list.u8(0).block16((host) => host.raw(asciiBytes(name)))),
  );

export const versionsExtension = (versions: readonly number[]): Extension =>
  makeExtension(EXTENSION.supportedVersions, (data) =>
    data.block8((list) => {
      for (const version of versions) list.u16(version);
    }),
  );

/** supported_groups, signature_algorithms and others that are a list of two-byte codes. */
export const codesExtension = (type: number, codes: readonly number[]): Extension =>
  makeExtension(type, (data) => writeCodes16(data, codes));

export const keySharesExtension = (shares: readonly KeyShareEntry[]): Extension =>
  makeExtension(EXTENSION.keyShare, (data) =>
    data.block16((list) => {
      for (const { group, key } of shares) list.u16(group).block16((share) => share.raw(key));
    }),
  );
