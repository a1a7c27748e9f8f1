import { many, Reader, Writer } from '../../../base/bytes.ts';
import { type Name, parseName } from '../../x509/name.ts';
import { EXTENSION } from '../registry/extension-type.ts';
import { TLS12, TLS13 } from '../registry/version.ts';
import { codesExtension } from './client-hello.ts';
import {
  type Extension,
  makeExtension,
  readCodes16,
  readExtension,
  readExtensions,
  writeCodes16,
  writeExtensions,
} from './extension.ts';

/** A CertificateRequest decoded whole (RFC 5246 7.4.4, RFC 8446 4.3.2). */
export interface CertificateRequest {
  /** Protocol version it came under: 0x0301 … 0x0304. */
  readonly version: number;
  /** certificate_request_context; empty except in post-handshake authentication. */
  readonly context: Uint8Array;
  /** ClientCertificateType numbers (rsa_sign 1, dss_sign 2, ecdsa_sign 64); undefined in TLS 1.3. */
  readonly certificateTypes?: readonly number[];
  /** SignatureScheme numbers in the server's order; undefined before TLS 1.2. */
  readonly signatureAlgorithms?: readonly number[];
  /** signature_algorithms_cert (50), TLS 1.3 only. */
  readonly signatureAlgorithmsCert?: readonly number[];
  /** certificate_authorities in wire order. Empty: any issuer. */
  readonly authorities: readonly Name[];
  /** Whether a list was on the wire at all: in TLS 1.3 the extension may be absent. */
  readonly authoritiesPresent: boolean;
  /** Extensions of a TLS 1.3 request by number, all of them, undecoded. */
  readonly extensions: readonly Extension[];
  /** Length of the list of authorities on the wire, in bytes (what Schannel limits). */
  readonly authoritiesLength: number;
}

/** Body without the handshake header. Throws Malformed; a name that is no DER is kept and marked `broken`. */
export function decodeCertificateRequest(body: Uint8Array, version: number): CertificateRequest {
  const reader = new Reader(body);
  const request = version >= TLS13 ? readNew(reader, version) : readOld(reader, version);
  reader.finish('CertificateRequest');
  return request;
}

/** TLS 1.0 to 1.2; TLS 1.2 added the signature algorithms in the middle. */
function readOld(reader: Reader, version: number): CertificateRequest {
  const certificateTypes = reader.block8('certificate_types', (list) => [...list.rest()]);
  const schemes =
    version >= TLS12 ? { signatureAlgorithms: readCodes16(reader, 'supported_signature_algorithms') } : {};
  return {
    version,
    context: new Uint8Array(0),
    certificateTypes,
    ...schemes,
    ...readAuthorities(reader),
    authoritiesPresent: true,
    extensions: [],
  };
}

function readNew(reader: Reader, version: number): CertificateRequest {
  const context = reader.block8('certificate_request_context', (inner) => inner.rest());
  const extensions = readExtensions(reader, 'CertificateRequest');
  const read = <T>(type: number, how: (data: Reader) => T): T | undefined =>
    readExtension(extensions, type, how);
  const schemes = read(EXTENSION.signatureAlgorithms, (data) => readCodes16(data, 'signature_algorithms'));
  const certSchemes = read(EXTENSION.signatureAlgorithmsCert, (data) =>
    readCodes16(data, 'signature_algorithms_cert'),
  );
  const listed = read(EXTENSION.certificateAuthorities, readAuthorities);
  return {
    version,
    context,
    ...(schemes ? { signatureAlgorithms: schemes } : {}),
    ...(certSchemes ? { signatureAlgorithmsCert: certSchemes } : {}),
    ...(listed ?? { authorities: [], authoritiesLength: 0 }),
    authoritiesPresent: listed !== undefined,
    extensions,
  };
}

function readAuthorities(reader: Reader): Pick<CertificateRequest, 'authorities' | 'authoritiesLength'> {
  return reader.block16('certificate_authorities', (list) => {
    const authoritiesLength = list.left;
    const readName = (one: Reader): Name => one.block16('DistinguishedName', (der) => parseName(der.rest()));
    return { authorities: many(list, readName), authoritiesLength };
  });
}

/** Body without the handshake header; the inverse of decoding. `authoritiesLength` is computed. */
export function encodeCertificateRequest(request: CertificateRequest): Uint8Array {
  const writer = new Writer();
  if (request.version >= TLS13) {
    writer.block8((context) => context.raw(request.context));
    writeExtensions(writer, extensionsOf(request));
    return writer.done();
  }
  writer.block8((types) => {
    for (const type of request.certificateTypes ?? []) types.u8(type);
  });
  if (request.version >= TLS12) writeCodes16(writer, request.signatureAlgorithms ?? []);
  writeAuthorities(writer, request.authorities);
  return writer.done();
}

function writeAuthorities(writer: Writer, authorities: readonly Name[]): void {
  writer.block16((list) => {
    for (const name of authorities) list.block16((one) => one.raw(name.der));
  });
}

/** The decoded fields win over the undecoded extension of the same number and keep its place in the order. */
function extensionsOf(request: CertificateRequest): Extension[] {
  const { signatureAlgorithms, signatureAlgorithmsCert, authorities } = request;
  const fields = [
    signatureAlgorithms && codesExtension(EXTENSION.signatureAlgorithms, signatureAlgorithms),
    signatureAlgorithmsCert && codesExtension(EXTENSION.signatureAlgorithmsCert, signatureAlgorithmsCert),
    request.authoritiesPresent &&
      makeExtension(EXTENSION.certificateAuthorities, (data) => writeAuthorities(data, authorities)),
  ].filter((one) => typeof one === 'object');
  const byType = new Map([...request.extensions, ...fields].map((one) => [one.type, one]));
  return [...byType.values()];
}
