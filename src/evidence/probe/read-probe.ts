import { fromBase64 } from '../../base/base64.ts';
import { Malformed } from '../../base/bytes.ts';
import { type JsonObject, readList, readNumber, readObject, readText, Unfit } from '../../base/json.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import { clientCertificateType, type Registry, signatureScheme } from '../../wire/tls/registry/index.ts';
import { type Name, parseName } from '../../wire/x509/name.ts';
import type { HandshakeSeen } from '../claims.ts';

/** A probe record (report/why.ts), read by hand: it may come from anywhere. */
export interface ReadProbe {
  readonly handshake: HandshakeSeen | null;
  readonly notes: readonly string[];
}

export function readProbe(json: unknown, place: string, source: string): ReadProbe {
  try {
    return handshakeOf(readObject(json, place), place, source);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    return { handshake: null, notes: [`${error.message}: the probe was left out`] };
  }
}

function handshakeOf(probe: JsonObject, place: string, source: string): ReadProbe {
  const target = readObject(probe.target, `${place}.target`);
  const port = readNumber(target.port, `${place}.target.port`);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Unfit(`${place}.target.port`, 'a port');
  const version = readText(probe.version, `${place}.version`);
  const end = readText(probe.end, `${place}.end`);
  const where = { version, end, name: readText(target.host, `${place}.target.host`), port };
  const request =
    probe.request === null ? null : requestOf(readObject(probe.request, `${place}.request`), place);
  if (!request && probe.completed !== true) {
    return {
      handshake: null,
      notes: [`${where.name}:${port}, ${version}: ${end}; it tells nothing of a request`],
    };
  }
  const time = Date.parse(readText(probe.at, `${place}.at`));
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

function requestOf(json: JsonObject, place: string): CertificateRequest {
  const at = `${place}.request`;
  const types = codes(json.certificateTypes, clientCertificateType, `${at}.certificateTypes`);
  const algorithms = codes(json.signatureAlgorithms, signatureScheme, `${at}.signatureAlgorithms`);
  return {
    version: readNumber(json.version, `${at}.version`),
    context: new Uint8Array(0),
    ...(types ? { certificateTypes: types } : {}),
    ...(algorithms ? { signatureAlgorithms: algorithms } : {}),
    authorities: readList(authority)(json.authorities, `${at}.authorities`),
    authoritiesPresent: json.authoritiesPresent === true,
    // The record keeps what is asked for by its names; other extensions were not saved.
    extensions: [],
    authoritiesLength: readNumber(json.authoritiesLength, `${at}.authoritiesLength`),
  };
}

function authority(json: unknown, place: string): Name {
  const der = readText(readObject(json, place).der, `${place}.der`);
  try {
    return parseName(fromBase64(der));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new Unfit(`${place}.der`, 'base64');
  }
}

/** Names, or the numbers of code points without one; null for null. */
function codes(json: unknown, registry: Registry, place: string): number[] | null {
  if (json === null || json === undefined) return null;
  return readList((one, at) => {
    const name = readText(one, at);
    const code = registry.number(name) ?? (/^0x[0-9a-f]{1,4}$/.test(name) ? Number(name) : undefined);
    if (code === undefined) throw new Unfit(at, 'a code point');
    return code;
  })(json, place);
}
