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
  const recordName = nameRecorder(digest);
  return answers.map((answer) => recordOne(answer, recordName));
}

export const recordProbe = (answer: Recordable, digest: Digest): ProbeRecord =>
  recordOne(answer, nameRecorder(digest));

function recordOne({ result, asking }: Recordable, recordName: RecordName): ProbeRecord {
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
    request: result.request ? recordRequest(result.request, recordName) : null,
    ...(requests.length > 1
      ? { requests: requests.map(({ request, when }) => ({ when, ...recordRequest(request, recordName) })) }
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

type RecordName = (name: Name) => RequestRecord['authorities'][number];

/** Every connection names the same issuers, and a hostile one the same name thousands of times: one record each. */
function nameRecorder(digest: Digest): RecordName {
  const known = new Map<string, ReturnType<RecordName>>();
  return (name) => {
    const der = Buffer.from(name.der).toString('base64');
    const record = known.get(der) ?? {
      name: printName(name),
      der,
      sha256: toHex(digest.digest('sha256', name.der)),
    };
    known.set(der, record);
    return record;
  };
}

function recordRequest(request: CertificateRequest, recordName: RecordName): RequestRecord {
  return {
    version: request.version,
    certificateTypes: request.certificateTypes?.map(clientCertificateType.name) ?? null,
    signatureAlgorithms: request.signatureAlgorithms?.map(signatureScheme.name) ?? null,
    authoritiesPresent: request.authoritiesPresent,
    authoritiesLength: request.authoritiesLength,
    authorities: request.authorities.map(recordName),
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
