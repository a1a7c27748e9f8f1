import { concat } from '../../base/bytes.ts';
import { latin1Text, utf8Text } from '../../base/text.ts';
import { MAX_BODY } from './exchange.ts';

/** An HTTP/1.x answer as far as it has come (RFC 9112). */
export interface HttpAnswer {
  readonly status: number;
  /** Header lines without the status line, separated by CRLF, as received. */
  readonly headers: string;
  readonly body: string;
  /** The body ended as its framing says. */
  readonly whole: boolean;
  /** The body is longer than what is kept of it. */
  readonly cut: boolean;
  /** Bytes that it and the interim answers before it take; without meaning unless whole. */
  readonly used: number;
  /** The server will take another request on this connection (RFC 9112 9.3). */
  readonly keepsOpen: boolean;
}

const START = 'HTTP/1.';
const MAX_HEAD = 64 * 1024;

/**
 * Reads what has come so far; 'more' while the head is not whole, 'not-http' when it never will be. `closed`: the
 * peer will send nothing more, which ends a body without length.
 */
export function readHttpAnswer(bytes: Uint8Array, closed: boolean): HttpAnswer | 'more' | 'not-http' {
  const text = latin1Text(bytes.subarray(0, MAX_HEAD));
  if (!START.startsWith(text.slice(0, START.length))) return 'not-http';
  const end = /\r?\n\r?\n/.exec(text);
  if (!end) return closed || bytes.length >= MAX_HEAD ? 'not-http' : 'more';
  const [statusLine = '', ...lines] = text.slice(0, end.index).split(/\r?\n/);
  const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) return 'not-http';
  const bodyStart = end.index + end[0].length;
  const rest = bytes.subarray(bodyStart);
  // Interim answers precede the real one (RFC 9110 15.2).
  if (status < 200 && status !== 101) return afterInterim(rest, bodyStart, closed);
  const body = readBody(rest, status, lines, closed);
  return {
    status,
    headers: lines.join('\r\n'),
    body: utf8Text(body.bytes.subarray(0, MAX_BODY)),
    whole: body.whole,
    cut: body.bytes.length > MAX_BODY,
    used: bodyStart + body.used,
    keepsOpen: keepsOpen(statusLine, lines, body.used),
  };
}

function afterInterim(rest: Uint8Array, used: number, closed: boolean): ReturnType<typeof readHttpAnswer> {
  if (rest.length === 0 && !closed) return 'more';
  const answer = readHttpAnswer(rest, closed);
  return typeof answer === 'string' ? answer : { ...answer, used: answer.used + used };
}

function keepsOpen(statusLine: string, headers: readonly string[], bodyUsed: number): boolean {
  const connection = headerOf(headers, 'connection')?.toLowerCase() ?? '';
  const isOpen = statusLine.startsWith('HTTP/1.1')
    ? !connection.includes('close')
    : connection.includes('keep-alive');
  return isOpen && bodyUsed < Number.POSITIVE_INFINITY;
}

/** Whether the server has told to go on with the body: the first answer, or one of the first, is a 100. */
export const isContinue = (bytes: Uint8Array): boolean =>
  /^(?:HTTP\/1\.\d 1\d\d[^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n)*HTTP\/1\.\d 100\b/.test(
    latin1Text(bytes.subarray(0, 4096)),
  );

interface Body {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
  /** Bytes on the wire; Infinity: it lasts as long as the connection. */
  readonly used: number;
}

/** RFC 9112 6.3. */
function readBody(rest: Uint8Array, status: number, headers: readonly string[], closed: boolean): Body {
  if (status === 204 || status === 304 || status === 101)
    return { bytes: rest.subarray(0, 0), whole: true, used: 0 };
  if (/(?:^|,)\s*chunked\s*$/i.test(headerOf(headers, 'transfer-encoding') ?? '')) return readChunks(rest);
  const length = Number(headerOf(headers, 'content-length') ?? Number.NaN);
  if (Number.isNaN(length)) return { bytes: rest, whole: closed, used: Number.POSITIVE_INFINITY };
  return { bytes: rest.subarray(0, length), whole: rest.length >= length, used: length };
}

function headerOf(headers: readonly string[], name: string): string | undefined {
  const line = headers.find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}

/** RFC 9112 7.1; trailers are left out of the body. */
function readChunks(bytes: Uint8Array): Body {
  const parts: Uint8Array[] = [];
  const body = (whole: boolean, used = 0): Body => ({ bytes: concat(parts), whole, used });
  for (let at = 0, length = 0; length <= MAX_BODY && at < bytes.length; ) {
    const line = /^[^\n]*\n/.exec(latin1Text(bytes.subarray(at, at + 1024)))?.[0] ?? '';
    const size = Number.parseInt(/^[0-9a-f]{1,8}/i.exec(line)?.[0] ?? '', 16);
    const start = at + line.length;
    if (size === 0) return body(trailersEnd(bytes, start) > 0, trailersEnd(bytes, start));
    if (Number.isNaN(size)) return body(false);
    parts.push(bytes.subarray(start, start + size));
    length += size;
    at = start + size + (bytes[start + size] === 0x0d ? 2 : 1);
  }
  return body(false);
}

/** Where the last chunk's trailers, perhaps none, end with an empty line; 0: not yet. */
function trailersEnd(bytes: Uint8Array, start: number): number {
  const text = latin1Text(bytes.subarray(start, start + 8192));
  const end = /^(?:[^\r\n][^\n]*\n)*\r?\n/.exec(text)?.[0].length;
  return end === undefined ? 0 : start + end;
}
