import { toHex } from '../../base/bytes.ts';
import type { Digest } from '../../base/ports.ts';
import type { Identity } from '../../clients/model.ts';
import type { ProbeEnd, ProbeResult } from '../../net/probe-types.ts';
import { english } from '../../report/lang/language.ts';
import type { AskedWith, EndRecord, IdentityRecord, ProbeRecord, RequestRecord } from '../../report/why.ts';
import { sayOutcome } from '../../report/why-end.ts';
import type { CertificateRequest } from '../../wire/tls/handshake/certificate-request.ts';
import {
  alert,
  cipherSuite,
  clientCertificateType,
  signatureScheme,
  version,
} from '../../wire/tls/registry/index.ts';
import { type Name, printName } from '../../wire/x509/name.ts';
import { type AnsweredProbe, type Asking, requestsOf } from './asking.ts';

/** What a plain connection asks with, one that shows nothing and compares nothing. */
export const plainAsking = ({ target }: ProbeResult, ...versions: readonly number[]): Asking => ({
  versions,
  serverName: target.serverName,
  address: target.host,
  certificate: 'none',
  path: target.path,
  method: 'GET',
  http2: false,
  postHandshakeAuth: false,
  resumed: false,
});

type Recordable = Pick<AnsweredProbe, 'result' | 'asking'>;

/** Connections as evidence that `examine` reads back. */
export function recordProbes(answers: readonly Recordable[], digest: Digest): ProbeRecord[] {
  const recordNames = namesRecorder(digest);
  return answers.map((answer) => recordOne(answer, recordNames));
}

export const recordProbe = (answer: Recordable, digest: Digest): ProbeRecord =>
  recordOne(answer, namesRecorder(digest));

function recordOne({ result, asking }: Recordable, recordNames: RecordNames): ProbeRecord {
  const { target, http } = result;
  const outcome = outcomeOf(result);
  const requests = requestsOf({ result });
  return {
    schema: 'handclasp/probe/1',
    target: { host: target.host, port: target.port, path: target.path },
    address: result.address,
    serverName: target.serverName,
    version: version.name(result.version ?? Math.max(...asking.versions)),
    askedWith: askedWith(asking),
    cipherSuite: result.cipherSuite === null ? null : cipherSuite.name(result.cipherSuite),
    end: sayOutcome(outcome, english),
    completed: result.end.is === 'completed',
    ...outcome,
    request: result.request ? recordRequest(result.request, recordNames) : null,
    ...(requests.length > 1
      ? { requests: requests.map(({ request, when }) => ({ when, ...recordRequest(request, recordNames) })) }
      : {}),
    http: http
      ? { status: http.status, substatus: /HTTP Error (\d{3}\.\d{1,3})/.exec(http.body)?.[1] ?? null }
      : null,
    at: new Date(result.startedAt).toISOString(),
    milliseconds: Math.round(result.milliseconds),
  };
}

const askedWith = (asking: Asking): AskedWith => ({
  version: asking.versions.map(version.name).join(', '),
  serverName: asking.serverName,
  address: asking.address,
  path: asking.path,
  // Counted from 1 for people; the first is "the certificate".
  certificate:
    asking.certificate === 'none' ? 'none' : asking.certificate === 0 ? 'shown' : asking.certificate + 1,
  method: asking.method,
  http2: asking.http2,
  postHandshakeAuth: asking.postHandshakeAuth,
  resumed: asking.resumed,
});

/** One sentence on how a conversation ended. */
export const describeEnd = (result: ProbeResult): string => sayOutcome(outcomeOf(result), english);

function outcomeOf(result: ProbeResult): Pick<ProbeRecord, 'asks' | 'sent' | 'ending'> {
  const asks = result.request === null ? null : (result.asked ?? 'handshake');
  return { asks, sent: result.sent, ending: recordEnd(result.end) };
}
function recordEnd(end: ProbeEnd): EndRecord {
  switch (end.is) {
    case 'completed':
      return { is: end.is };
    case 'refused':
      return { is: end.is, after: end.after, alert: `${end.alert} ${alert.name(end.alert)}` };
    case 'closed':
    case 'reset':
    case 'timeout':
      return { is: end.is, after: end.after };
    case 'before-tls': {
      const protocol = end.stage === 'proxy' ? null : end.protocol;
      return { is: end.is, how: end.how, protocol, detail: end.said };
    }
    case 'not-tls':
      return { is: end.is, detail: end.saw };
    case 'unreachable':
    case 'malformed':
      return { is: end.is, detail: end.why };
  }
}

type RecordNames = (names: readonly Name[]) => RequestRecord['authorities'];

/**
 * Connections that bring the same list share it (kept.ts), and so do their records; a hostile server writes one name
 * thousands of times: one record each.
 */
function namesRecorder(digest: Digest): RecordNames {
  const lists = new Map<readonly Name[], RequestRecord['authorities']>();
  const known = new Map<string, RequestRecord['authorities'][number]>();
  const recordName = (name: Name) => {
    const der = base64Of(name.der);
    const before = known.get(der);
    if (before) return before;
    const record = { name: printName(name), der, sha256: toHex(digest.digest('sha256', name.der)) };
    known.set(der, record);
    return record;
  };
  return (names) => {
    const record = lists.get(names) ?? names.map(recordName);
    lists.set(names, record);
    return record;
  };
}

/** Of the bytes where they lie: thousands of copies would be garbage. */
const base64Of = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('base64');

function recordRequest(request: CertificateRequest, recordNames: RecordNames): RequestRecord {
  return {
    version: request.version,
    certificateTypes: request.certificateTypes?.map(clientCertificateType.name) ?? null,
    signatureAlgorithms: request.signatureAlgorithms?.map(signatureScheme.name) ?? null,
    authoritiesPresent: request.authoritiesPresent,
    authoritiesLength: request.authoritiesLength,
    authorities: recordNames(request.authorities),
  };
}

export function recordIdentity(identity: Identity, digest: Digest): IdentityRecord {
  const { leaf } = identity;
  return {
    subject: printName(leaf.subject),
    issuer: printName(leaf.issuer),
    thumbprint: toHex(digest.digest('sha1', leaf.der)),
    notAfter: new Date(leaf.notAfter).toISOString(),
    hasPrivateKey: identity.hasPrivateKey,
    held: identity.held.map((one) => printName(one.subject)),
  };
}
