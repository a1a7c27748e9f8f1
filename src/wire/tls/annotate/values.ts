import { Malformed } from '../../../base/bytes.ts';
import { latin1Text } from '../../../base/text.ts';
import { parseCertificate } from '../../x509/certificate.ts';
import { parseName, printName } from '../../x509/name.ts';
import { alert } from '../registry/alert.ts';
import {
  cipherSuite,
  clientCertificateType,
  contentType,
  extensionType,
  handshakeType,
  namedGroup,
  type Registry,
  signatureScheme,
  version,
} from '../registry/index.ts';

/** Ends the name of a length field. */
export const LENGTH = ' length';

/** What a field says, by the name under which its decoder reads it; null: nothing more than its bytes. */
export function meaningOf(name: string, bytes: Uint8Array): string | null {
  if (name.endsWith(LENGTH)) return String(numberOf(bytes));
  const registry = REGISTRIES[name];
  if (registry) return bytes.length <= 2 ? registry.name(numberOf(bytes)) : null;
  return Object.hasOwn(READINGS, name) ? READINGS[name]!(bytes) : null;
}

const REGISTRIES: Readonly<Record<string, Registry>> = {
  'content type': contentType,
  'record version': version,
  msg_type: handshakeType,
  client_version: version,
  server_version: version,
  supported_versions: version,
  version,
  cipher_suites: cipherSuite,
  cipher_suite: cipherSuite,
  'extension type': extensionType,
  supported_groups: namedGroup,
  group: namedGroup,
  named_curve: namedGroup,
  signature_algorithms: signatureScheme,
  signature_algorithms_cert: signatureScheme,
  supported_signature_algorithms: signatureScheme,
  algorithm: signatureScheme,
  description: alert,
};

const number = (bytes: Uint8Array): string => String(numberOf(bytes));
const text = (bytes: Uint8Array): string => `"${latin1Text(bytes)}"`;

const READINGS: Readonly<Record<string, (bytes: Uint8Array) => string | null>> = {
  ticket_lifetime: (bytes) => `${numberOf(bytes)} seconds`,
  request_update: number,
  selected_identity: number,
  level: (bytes) => (bytes[0] === 1 ? 'warning' : 'fatal'),
  host_name: text,
  protocol_name: text,
  certificate_types: (bytes) => [...bytes].map(clientCertificateType.name).join(', '),
  DistinguishedName: (bytes) => printName(parseName(bytes)),
  certificate: (bytes) => subjectOf(bytes),
};

function subjectOf(der: Uint8Array): string | null {
  try {
    return printName(parseCertificate(der).subject);
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
}

const numberOf = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
