import type { Known } from '../../src/base/known.ts';
import type { Locus } from '../../src/base/locus.ts';
import type { Claim } from '../../src/evidence/claims.ts';
import type { Reading } from '../../src/evidence/read.ts';
import { printKey } from '../../src/windows/http-sys/key.ts';
import { printName } from '../../src/wire/x509/name.ts';

/** A reading as the text that stands beside each sample: one line a claim, then the notes. */
export function printReading(reading: Reading): string {
  const notes = reading.notes.map(({ at, message }) => `note ${place(at)} ${message}`);
  const kinds = [reading.kind, ...(reading.also ?? [])].join(' + ');
  return [`kind ${kinds}`, ...reading.claims.map(printClaim), ...notes, ''].join('\n');
}

function printClaim(claim: Claim): string {
  return `${claim.says} ${words(claim)} ${place(claim.at)}`.replace(/ {2,}/g, ' ');
}

function words(claim: Claim): string {
  switch (claim.says) {
    case 'host-name':
      return `${claim.name}${claim.byFileName ? ' (file name)' : ''}`;
    case 'build':
      return claim.build;
    case 'binding':
      return printKey(claim.key);
    case 'binding-field':
      return `${printKey(claim.key)} ${claim.field} = ${leaf(claim.value)}`;
    case 'schannel-value':
      return `${claim.name} = ${claim.value}`;
    case 'store-certificate':
      return `${claim.store} ${claim.thumbprint} ${printName(claim.certificate.subject)}`;
    case 'store-whole':
      return claim.store;
    case 'certificate':
      return `${claim.thumbprint} ${printName(claim.certificate.subject)}`;
    case 'site':
      return `${claim.id} "${claim.name}" ${JSON.stringify(claim.bindings)} ${claim.access
        .map((rule) => `[/${rule.path}: ${rule.sslFlags.join('+') || 'None'} ${place(rule.at)}]`)
        .join(' ')}`;
    case 'logons':
      return logons(claim);
    case 'certificate-request':
      return handshake(claim);
    case 'binding-past':
    case 'store-listing':
    case 'events':
    case 'http-errors':
    case 'failed-request':
    case 'iis-setting':
    case 'folder-access':
    case 'handshakes-unread':
    case 'request-in-words':
    case 'bundle':
    case 'not-collected':
    case 'machine-setting':
    case 'revocation-check':
    case 'program-message':
    case 'service':
      return plain(claim);
    default:
      return '';
  }
}

function leaf(value: Known<string | number | boolean | undefined>): string {
  if (value.is === 'known') return JSON.stringify(value.value) ?? 'unset';
  return value.is === 'unknown' ? `? ${value.wants}` : 'conflict';
}

function logons(claim: Extract<Claim, { says: 'logons' }>): string {
  const { serverIp, serverPort, hostHeader, path, status, substatus, win32, count } = claim;
  const where = [serverIp, serverPort, hostHeader, path].map((one) => one ?? '-').join(' ');
  const before = claim.successBefore
    ? ` last success ${time(claim.successBefore.time)} ${place(claim.successBefore.at)}`
    : '';
  return `${where} ${status}.${substatus} ${win32} x${count} ${time(claim.first)} to ${time(claim.last)} ${place(claim.lastAt)}${before} first`;
}

function handshake({
  address,
  port,
  serverName,
  serverCertificate,
  time: at,
  request,
  late,
  version: negotiated,
  count,
  answers,
}: Extract<Claim, { says: 'certificate-request' }>) {
  const where = `${address ?? '-'}:${port}${serverCertificate ? ` with ${serverCertificate}` : ''} sni ${serverName ?? '-'} ${at === undefined ? '-' : time(at)}`;
  const seen = `${count === undefined ? '' : ` x${count}`}${answers ? ` ${JSON.stringify(answers)}` : ''}`;
  if (!request) return `${where}${negotiated ? ` 0x${negotiated.toString(16)}` : ''} no request${seen}`;
  const after = late ? ` ${late.when}${late.path ? ` ${late.path}` : ''}` : '';
  const { version, certificateTypes, signatureAlgorithms, authorities, authoritiesLength } = request;
  return `${where}${after} 0x${version.toString(16)} types ${certificateTypes ?? '-'} algorithms ${signatureAlgorithms ?? '-'} ${authoritiesLength} bytes [${authorities.map(printName).join('; ')}]${seen}`;
}

/** Claims of plain data: what they hold, loci as places. */
function plain({ says: _, at: __, ...rest }: Claim): string {
  return JSON.stringify(rest, (key, value) =>
    ['at', 'lastAt', 'askedAt'].includes(key) ? place(value) : isTime(key) ? time(value) : value,
  ).replaceAll('},{', '},\n  {');
}

const isTime = (key: string): boolean => ['first', 'last', 'time'].includes(key);

const time = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19);

function place({ line, byte, byteEnd }: Locus): string {
  if (line !== undefined) return `@${line}`;
  return byte === undefined ? '@' : `@byte ${byte}${byteEnd === undefined ? '' : `-${byteEnd}`}`;
}
