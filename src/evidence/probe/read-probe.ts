import { fromBase64 } from '../../base/base64.ts';
import { Malformed } from '../../base/bytes.ts';
import { type JsonObject, readList, readNumber, readObject, readText, Unfit } from '../../base/json.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import { clientCertificateType, type Registry, signatureScheme } from '../../wire/tls/registry/index.ts';
import { type Name, parseName } from '../../wire/x509/name.ts';
import type { HandshakeSeen } from '../claims.ts';

/** A probe record (report/why.ts), read by hand: it may come from anywhere. */
export interface ReadProbe {
  /** One for each request of the connection, one without where none came; none where nothing is told. */
  readonly handshakes: readonly HandshakeSeen[];
  readonly notes: readonly string[];
}

export function readProbe(json: unknown, place: string, source: string): ReadProbe {
  try {
    return handshakesOf(readObject(json, place), place, source);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    return { handshakes: [], notes: [`${error.message}: the probe was left out`] };
  }
}

function handshakesOf(probe: JsonObject, place: string, source: string): ReadProbe {
  const target = readObject(probe.target, `${place}.target`);
  const port = readNumber(target.port, `${place}.target.port`);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Unfit(`${place}.target.port`, 'a port');
  const version = readText(probe.version, `${place}.version`);
  const end = readText(probe.end, `${place}.end`);
  const where = `${readText(target.host, `${place}.target.host`)}:${port}, ${version}`;
  const requests = requestsOf(probe, place);
  if (requests.length === 0 && probe.completed !== true)
    return { handshakes: [], notes: [`${where}: ${end}; it tells nothing of a request`] };
  const time = Date.parse(readText(probe.at, `${place}.at`));
  const common = {
    says: 'certificate-request' as const,
    ...(typeof probe.address === 'string' ? { address: probe.address } : {}),
    port,
    ...(typeof probe.serverName === 'string' ? { serverName: probe.serverName } : {}),
    ...(Number.isNaN(time) ? {} : { time }),
  };
  const silent = { ...common, request: null, at: { source, text: `${where}: no certificate asked for` } };
  if (requests.length === 0) return { handshakes: [silent], notes: [] };
  const path = typeof target.path === 'string' ? target.path : '/';
  const handshakes = requests.map(({ when, request }): HandshakeSeen => {
    const late = when === 'handshake' ? {} : { late: { when, path } };
    const text = `${where}: ${request.authorities.length} issuers named${late.late ? ` after the request for ${path}` : ''}`;
    return { ...common, request, ...late, at: { source, text } };
  });
  return { handshakes, notes: [] };
}

interface ReadRequest {
  readonly when: 'handshake' | 'renegotiation' | 'post-handshake';
  readonly request: CertificateRequest;
}

/** All of them where the record keeps several; else the one, with the moment that stands beside it. */
function requestsOf(probe: JsonObject, place: string): ReadRequest[] {
  if (Array.isArray(probe.requests)) {
    return readList((json, at) => {
      const one = readObject(json, at);
      return { when: moment(one.when), request: requestOf(one, at) };
    })(probe.requests, `${place}.requests`);
  }
  if (probe.request === null) return [];
  const at = `${place}.request`;
  return [{ when: moment(probe.asks), request: requestOf(readObject(probe.request, at), at) }];
}

/** Records of older versions did not tell. */
const moment = (json: unknown): ReadRequest['when'] =>
  json === 'renegotiation' || json === 'post-handshake' ? json : 'handshake';

function requestOf(json: JsonObject, at: string): CertificateRequest {
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
