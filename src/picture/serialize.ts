import { fromBase64, toBase64 } from '../base/base64.ts';
import {
  type ReadJson,
  readBoolean,
  readList,
  readNumber,
  readObject,
  readOptional,
  readText,
  Unfit,
} from '../base/json.ts';
import type { Note } from '../base/locus.ts';
import type { HandshakeSeen, Logons, LooseCertificate } from '../evidence/claims.ts';
import type { Host } from '../windows/host.ts';
import { hostFromJson, hostToJson } from '../windows/serialize.ts';
import type { CertificateRequest } from '../wire/tls/handshake/certificate-request.ts';
import { parseCertificate } from '../wire/x509/certificate.ts';
import { type Name, parseName } from '../wire/x509/name.ts';
import type { PastHost, Picture } from './picture.ts';
import { locus, said } from './serialize-locus.ts';
import { observedFromJson } from './serialize-observed.ts';
import { toldByProgramsFromJson } from './serialize-programs.ts';
import { clientAnswer, recordedTlsFromJson } from './serialize-tls.ts';

/** A Picture as JSON and back, exactly: bytes as base64, names and certificates as DER. */

const SCHEMA = 'handclasp/picture/1';

export function pictureToJson(picture: Picture): unknown {
  return {
    schema: SCHEMA,
    hosts: picture.hosts.map(hostToJson),
    logons: picture.logons,
    handshakes: picture.handshakes.map(handshakeToJson),
    certificates: picture.certificates.map(({ certificate, ...rest }) => ({
      ...rest,
      der: toBase64(certificate.der),
    })),
    sources: picture.sources,
    notes: picture.notes,
    ...(picture.history
      ? { history: picture.history.map(({ host, ...taken }) => ({ ...taken, host: hostToJson(host) })) }
      : {}),
    // Plain data.
    ...(picture.unread ? { unread: picture.unread } : {}),
    ...(picture.requestsInWords ? { requestsInWords: picture.requestsInWords } : {}),
    ...(picture.listings ? { listings: picture.listings } : {}),
    ...(picture.pastBindings ? { pastBindings: picture.pastBindings } : {}),
    ...(picture.events ? { events: picture.events } : {}),
    ...(picture.httpErrors ? { httpErrors: picture.httpErrors } : {}),
    ...(picture.failedRequests ? { failedRequests: picture.failedRequests } : {}),
    ...(picture.settings ? { settings: picture.settings } : {}),
    ...(picture.machineSettings ? { machineSettings: picture.machineSettings } : {}),
    ...(picture.revocationChecks ? { revocationChecks: picture.revocationChecks } : {}),
    ...(picture.notCollected ? { notCollected: picture.notCollected } : {}),
    ...(picture.messages ? { messages: picture.messages } : {}),
    ...(picture.services ? { services: picture.services } : {}),
  };
}

function handshakeToJson({ request, ...rest }: HandshakeSeen): unknown {
  return { ...rest, request: request && requestToJson(request) };
}

function requestToJson(request: CertificateRequest): unknown {
  return {
    ...request,
    context: toBase64(request.context),
    authorities: request.authorities.map((name) => toBase64(name.der)),
    extensions: request.extensions.map(({ type, data }) => ({ type, data: toBase64(data) })),
  };
}

/** Throws Unfit (or NotAHost, Malformed), which say where and what: the document comes from a file. */
export function pictureFromJson(json: unknown): Picture {
  const picture = readObject(json, 'picture');
  if (picture.schema !== SCHEMA) throw new Unfit('picture.schema', `"${SCHEMA}"`);
  return {
    hosts: readList(host)(picture.hosts, 'picture.hosts'),
    logons: readList(logons)(picture.logons, 'picture.logons'),
    handshakes: readList(handshake)(picture.handshakes, 'picture.handshakes'),
    certificates: readList(certificate)(picture.certificates, 'picture.certificates'),
    sources: readList(source)(picture.sources, 'picture.sources'),
    notes: readList(note)(picture.notes, 'picture.notes'),
    ...readOptional(picture, 'history', readList(past), 'picture'),
    ...observedFromJson(picture, 'picture'),
    ...recordedTlsFromJson(picture, 'picture'),
    ...toldByProgramsFromJson(picture, 'picture'),
  };
}

const host: ReadJson<Host> = (json) => hostFromJson(json);

const past: ReadJson<PastHost> = (json, place) => {
  const read = readObject(json, place);
  return { ...readOptional(read, 'takenAt', readNumber, place), host: hostFromJson(read.host) };
};

const note: ReadJson<Note> = (json, place) => {
  const read = readObject(json, place);
  return { at: locus(read.at, `${place}.at`), message: readText(read.message, `${place}.message`) };
};

const source: ReadJson<Picture['sources'][number]> = (json, place) => {
  const read = readObject(json, place);
  return {
    name: readText(read.name, `${place}.name`),
    kind: readText(read.kind, `${place}.kind`),
    claims: readNumber(read.claims, `${place}.claims`),
  };
};

const logons: ReadJson<Logons> = (json, place) => {
  const read = readObject(json, place);
  const count = (name: keyof Logons): number => readNumber(read[name], `${place}.${name}`);
  return {
    says: said('logons', read, place),
    ...readOptional(read, 'serverIp', readText, place),
    ...readOptional(read, 'serverPort', readNumber, place),
    ...readOptional(read, 'hostHeader', readText, place),
    ...readOptional(read, 'path', readText, place),
    status: count('status'),
    substatus: count('substatus'),
    win32: count('win32'),
    count: count('count'),
    first: count('first'),
    last: count('last'),
    at: locus(read.at, `${place}.at`),
    lastAt: locus(read.lastAt, `${place}.lastAt`),
    ...readOptional(read, 'successBefore', success, place),
  };
};

const success: ReadJson<NonNullable<Logons['successBefore']>> = (json, place) => {
  const read = readObject(json, place);
  return { time: readNumber(read.time, `${place}.time`), at: locus(read.at, `${place}.at`) };
};

const handshake: ReadJson<HandshakeSeen> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('certificate-request', read, place),
    ...readOptional(read, 'address', readText, place),
    port: readNumber(read.port, `${place}.port`),
    ...readOptional(read, 'serverName', readText, place),
    ...readOptional(read, 'serverCertificate', readText, place),
    ...readOptional(read, 'time', readNumber, place),
    request: read.request === null ? null : request(read.request, `${place}.request`),
    ...readOptional(read, 'late', late, place),
    ...readOptional(read, 'version', readNumber, place),
    ...readOptional(read, 'count', readNumber, place),
    ...readOptional(read, 'last', readNumber, place),
    ...readOptional(read, 'answers', readList(clientAnswer), place),
    at: locus(read.at, `${place}.at`),
  };
};

const late: ReadJson<NonNullable<HandshakeSeen['late']>> = (json, place) => {
  const read = readObject(json, place);
  const when = readText(read.when, `${place}.when`);
  if (when !== 'renegotiation' && when !== 'post-handshake') throw new Unfit(`${place}.when`, 'a moment');
  return { when, ...readOptional(read, 'path', readText, place) };
};

const request: ReadJson<CertificateRequest> = (json, place) => {
  const read = readObject(json, place);
  return {
    version: readNumber(read.version, `${place}.version`),
    context: bytes(read.context, `${place}.context`),
    ...readOptional(read, 'certificateTypes', readList(readNumber), place),
    ...readOptional(read, 'signatureAlgorithms', readList(readNumber), place),
    ...readOptional(read, 'signatureAlgorithmsCert', readList(readNumber), place),
    authorities: readList(name)(read.authorities, `${place}.authorities`),
    authoritiesPresent: readBoolean(read.authoritiesPresent, `${place}.authoritiesPresent`),
    extensions: readList(extension)(read.extensions, `${place}.extensions`),
    authoritiesLength: readNumber(read.authoritiesLength, `${place}.authoritiesLength`),
  };
};

const extension: ReadJson<CertificateRequest['extensions'][number]> = (json, place) => {
  const read = readObject(json, place);
  return { type: readNumber(read.type, `${place}.type`), data: bytes(read.data, `${place}.data`) };
};

const certificate: ReadJson<LooseCertificate> = (json, place) => {
  const read = readObject(json, place);
  return {
    says: said('certificate', read, place),
    thumbprint: readText(read.thumbprint, `${place}.thumbprint`),
    certificate: parseCertificate(bytes(read.der, `${place}.der`)),
    at: locus(read.at, `${place}.at`),
  };
};

const bytes: ReadJson<Uint8Array> = (json, place) => fromBase64(readText(json, place));
const name: ReadJson<Name> = (json, place) => parseName(bytes(json, place));
