import { escapeHtml } from '../report/escape.ts';
import type { Certificate } from '../wire/x509/certificate.ts';
import { printName } from '../wire/x509/name.ts';

/** What the lab's web server shows: IIS's layout of facts, in our words. */

export interface Outcome {
  readonly status: number;
  readonly substatus: number;
  readonly win32: number;
}

/** RFC 9110 15. */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
};

/** Meaning of the substatus codes of this field (domain 5.1). */
const MEANINGS: Readonly<Record<string, string>> = {
  '403.4': 'This path is reachable by TLS only.',
  '403.7': 'This path wants a client certificate, and none was received.',
  '403.13': 'The client certificate is revoked, or its revocation could not be checked.',
  '403.16': 'The client certificate is not trusted here, or is not valid.',
  '403.17': 'The client certificate has expired, or is not valid yet.',
  '413.1': 'The request body is larger than what may be read before the client certificate is asked for.',
  '500.0': 'The client certificate was wanted after a TLS 1.3 handshake, which this Windows cannot do.',
};

export function reasonOf(status: number): string {
  return REASONS[status] ?? 'Unknown';
}

/** The page of a request that was refused. IIS shows such detail to requests from the machine itself. */
export function errorPage(outcome: Outcome): string {
  const { status, substatus, win32 } = outcome;
  const code = `${status}.${substatus}`;
  const title = `HTTP Error ${code} - ${reasonOf(status)}`;
  return html(title, [
    `<h1>${title}</h1>`,
    `<p>${MEANINGS[code] ?? 'The request was refused.'}</p>`,
    `<dl><dt>sc-status sc-substatus sc-win32-status</dt><dd>${status} ${substatus} ${win32}</dd>`,
    `<dt>Error code</dt><dd>${hresult(win32)}</dd></dl>`,
  ]);
}

/** http.sys's own answer when no site has the name in the Host header; no site, no log line (domain 5.5). */
export function invalidHostPage(): string {
  return html('Bad Request', [
    '<h1>Bad Request - Invalid Hostname</h1>',
    '<p>No site here has that name.</p>',
  ]);
}

export interface Visit {
  readonly path: string;
  readonly tls: string;
  /** Key of the http.sys record that answered. */
  readonly record: string;
  /** null: no certificate was asked for. */
  readonly chain: readonly Certificate[] | null;
}

/** The page of a request that was let in: who logged on, and by which record. */
export function welcomePage({ path, tls, record, chain }: Visit): string {
  const [leaf] = chain ?? [];
  const who = leaf
    ? `Logged on as ${printName(leaf.subject)}, issued by ${printName(leaf.issuer)}.`
    : chain
      ? 'A client certificate was asked for and none was sent; this path does not require one.'
      : 'No client certificate was asked for.';
  return html('Handclasp lab', [
    '<h1>Handclasp lab</h1>',
    `<p>${escapeHtml(who)}</p>`,
    `<p>${escapeHtml(path)} over ${escapeHtml(tls)}, by the record ${escapeHtml(record)}.</p>`,
  ]);
}

/** A Win32 error as HRESULT (facility 7), an HRESULT as it is. */
function hresult(win32: number): string {
  const code = win32 < 0x10000 && win32 !== 0 ? 0x80070000 + win32 : win32;
  return `0x${code.toString(16).padStart(8, '0')}`;
}

function html(title: string, body: readonly string[]): string {
  return `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>\n<body>\n${body.join('\n')}\n</body>\n</html>\n`;
}
