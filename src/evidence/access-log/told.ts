import type { Line } from '../../base/text.ts';
import { lineLocus } from '../line-locus.ts';
import { type Open, whenAndWho } from '../phrases/message-tally.ts';
import { clockIn, timeIn } from '../phrases/surroundings.ts';
import type { MessageCode } from '../program-claims.ts';
import type { Answered } from './answered.ts';

/** What an answered request says of certificate logon; null: nothing (404, 500). */
export function toldBy(answered: Answered, line: Line, source: string): Open | null {
  const { program, host, path, peer } = answered;
  const code = codeOf(answered);
  if (!code) return null;
  const time = timeIn(line.text);
  const facts = factsOf(code, answered);
  return {
    says: 'program-message',
    code,
    ...(program === undefined ? {} : { program }),
    side: 'server',
    ...(host === undefined ? {} : { host }),
    ...(path === undefined ? {} : { path }),
    count: 1,
    ...(time === undefined ? {} : { first: time, last: time }),
    ...whenAndWho(clockIn(line.text), peer),
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
    at: lineLocus(source, line),
  };
}

function factsOf(
  code: MessageCode,
  { status, subject, verified = '' }: Answered,
): Record<string, string | number> {
  if (code === 'request-succeeded') return {};
  if (code === 'certificate-accepted') return subject === undefined ? {} : { subject };
  // As the numbers in error logs tell it: no issuer to a certificate that came alone.
  return code === 'issuer-unknown' && /first certificate/.test(verified) ? { status, error: 21 } : { status };
}

function codeOf({ status, verified, subject }: Answered): MessageCode | null {
  if (verified?.startsWith('FAILED')) return reasonOf(verified);
  const refusal = REFUSALS.get(status);
  if (refusal) return refusal;
  if (verified === 'SUCCESS' || (verified === undefined && subject !== undefined))
    return 'certificate-accepted';
  return status >= 200 && status < 400 ? 'request-succeeded' : null;
}

const REFUSALS: ReadonlyMap<number, MessageCode> = new Map([
  [400, 'request-refused'],
  [401, 'request-refused'],
  [403, 'request-refused'],
  [421, 'misdirected-request'],
  [495, 'http-certificate-error'],
  [496, 'http-certificate-error'],
]);

/** nginx appends the text of OpenSSL's X509_V_ERR of the chain (crypto/x509/x509_txt.c). */
function reasonOf(verified: string): MessageCode {
  return REASONS.find(([says]) => says.test(verified))?.[1] ?? 'certificate-refused';
}

const REASONS: readonly (readonly [RegExp, MessageCode])[] = [
  [/CRL/, 'revocation-unavailable'],
  [/expired|not yet valid/i, 'certificate-expired'],
  [/revoked/i, 'certificate-revoked'],
  [/purpose/i, 'usage-refused'],
  [/issuer|self[- ]signed|first certificate/i, 'issuer-unknown'],
];
