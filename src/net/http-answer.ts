import { concat } from '../base/bytes.ts';
import { latin1Text, utf8Text } from '../base/text.ts';

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
}

const START = 'HTTP/1.';
const MAX_HEAD = 64 * 1024;
const MAX_BODY = 64 * 1024;

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
  const rest = bytes.subarray(end.index + end[0].length);
  // Interim answers precede the real one (RFC 9110 15.2).
  if (status < 200 && status !== 101)
    return rest.length === 0 && !closed ? 'more' : readHttpAnswer(rest, closed);
  const body = readBody(rest, status, lines, closed);
  return {
    status,
    headers: lines.join('\r\n'),
    body: utf8Text(body.bytes.subarray(0, MAX_BODY)),
    whole: body.whole,
    cut: body.bytes.length > MAX_BODY,
  };
}

interface Body {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
}

/** RFC 9112 6.3. */
function readBody(rest: Uint8Array, status: number, headers: readonly string[], closed: boolean): Body {
  if (status === 204 || status === 304 || status === 101) return { bytes: rest.subarray(0, 0), whole: true };
  if (/(?:^|,)\s*chunked\s*$/i.test(headerOf(headers, 'transfer-encoding') ?? '')) return readChunks(rest);
  const length = Number(headerOf(headers, 'content-length') ?? Number.NaN);
  if (Number.isNaN(length)) return { bytes: rest, whole: closed };
  return { bytes: rest.subarray(0, length), whole: rest.length >= length };
}

function headerOf(headers: readonly string[], name: string): string | undefined {
  const line = headers.find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}

/** RFC 9112 7.1; trailers are left out. */
function readChunks(bytes: Uint8Array): Body {
  const parts: Uint8Array[] = [];
  const body = (whole: boolean): Body => ({ bytes: concat(parts), whole });
  for (let at = 0, length = 0; length <= MAX_BODY && at < bytes.length; ) {
    const line = /^[^\n]*\n/.exec(latin1Text(bytes.subarray(at, at + 1024)))?.[0] ?? '';
    const size = Number.parseInt(/^[0-9a-f]{1,8}/i.exec(line)?.[0] ?? '', 16);
    if (Number.isNaN(size) || size === 0) return body(size === 0);
    const start = at + line.length;
    parts.push(bytes.subarray(start, start + size));
    length += size;
    at = start + size + (bytes[start + size] === 0x0d ? 2 : 1);
  }
  return body(false);
}
