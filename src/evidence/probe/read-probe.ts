import { fromBase64 } from '../../base/base64.ts';
import { Malformed } from '../../base/bytes.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import { clientCertificateType, type Registry, signatureScheme } from '../../wire/tls/registry/index.ts';
import { type Name, parseName } from '../../wire/x509/name.ts';
import type { HandshakeSeen } from '../claims.ts';

/** A probe record (report/why.ts), read by hand: it may come from anywhere. */
export interface ReadProbe {
  readonly handshake: HandshakeSeen | null;
  readonly notes: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

export function readProbe(json: unknown, place: string, source: string): ReadProbe {
  try {
    return handshakeOf(object(json, place), place, source);
  } catch (error) {
    if (!(error instanceof NotAProbe)) throw error;
    return { handshake: null, notes: [`${error.message}: the probe was left out`] };
  }
}

/** The place in the document, and what belongs there. */
class NotAProbe extends Error {}

function handshakeOf(probe: Json, place: string, source: string): ReadProbe {
  const target = object(probe.target, `${place}.target`);
  const port = number(target.port, `${place}.target.port`);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new NotAProbe(`${place}.target.port is no port`);
  const version = text(probe.version, `${place}.version`);
  const end = text(probe.end, `${place}.end`);
  const where = { version, end, name: text(target.host, `${place}.target.host`), port };
  const request = probe.request === null ? null : requestOf(object(probe.request, `${place}.request`), place);
  if (!request && probe.completed !== true) {
    return {
      handshake: null,
      notes: [`${where.name}:${port}, ${version}: ${end}; it tells nothing of a request`],
    };
  }
  const time = Date.parse(text(probe.at, `${place}.at`));
  const asked = request ? `${request.authorities.length} issuers named` : 'no certificate asked for';
  return {
    handshake: {
      says: 'certificate-request',
      ...(typeof probe.address === 'string' ? { address: probe.address } : {}),
      port,
      ...(typeof probe.serverName === 'string' ? { serverName: probe.serverName } : {}),
      ...(Number.isNaN(time) ? {} : { time }),
      request,
      at: { source, text: `${where.name}:${port}, ${version}: ${asked}` },
    },
    notes: [],
  };
}

function requestOf(json: Json, place: string): CertificateRequest {
  const at = `${place}.request`;
  const types = codes(json.certificateTypes, clientCertificateType, `${at}.certificateTypes`);
  const algorithms = codes(json.signatureAlgorithms, signatureScheme, `${at}.signatureAlgorithms`);
  const authorities = array(json.authorities, `${at}.authorities`).map((one, i) =>
    authority(one, `${at}.authorities[${i}]`),
  );
  return {
    version: number(json.version, `${at}.version`),
    context: new Uint8Array(0),
    ...(types ? { certificateTypes: types } : {}),
    ...(algorithms ? { signatureAlgorithms: algorithms } : {}),
    authorities,
    authoritiesPresent: json.authoritiesPresent === true,
    // The record keeps what is asked for by its names; other extensions were not saved.
    extensions: [],
    authoritiesLength: number(json.authoritiesLength, `${at}.authoritiesLength`),
  };
}

function authority(json: unknown, place: string): Name {
  const der = text(object(json, place).der, `${place}.der`);
  try {
    return parseName(fromBase64(der));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new NotAProbe(`${place}.der is no base64`);
  }
}

/** Names, or the numbers of code points without one; null for null. */
function codes(json: unknown, registry: Registry, place: string): number[] | null {
  if (json === null || json === undefined) return null;
  return array(json, place).map((one, i) => {
    const name = text(one, `${place}[${i}]`);
    const code = registry.number(name) ?? (/^0x[0-9a-f]{1,4}$/.test(name) ? Number(name) : undefined);
    if (code === undefined) throw new NotAProbe(`${place}[${i}] is no code point`);
    return code;
  });
}

function object(json: unknown, place: string): Json {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Json;
  throw new NotAProbe(`${place} is no object`);
}

function array(json: unknown, place: string): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw new NotAProbe(`${place} is no list`);
}

function text(json: unknown, place: string): string {
  if (typeof json === 'string') return json;
  throw new NotAProbe(`${place} is no text`);
}

function number(json: unknown, place: string): number {
  if (typeof json === 'number' && Number.isFinite(json)) return json;
  throw new NotAProbe(`${place} is no number`);
}
