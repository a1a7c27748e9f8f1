import { toBase64 } from '../../base/base64.ts';
import { Malformed } from '../../base/bytes.ts';
import { utf8Bytes } from '../../base/text.ts';
import { refused, type Script } from '../dialogue/dialogue.ts';
import type { Awaiting, Peer } from '../dialogue/peer.ts';
import type { Destination, ProxyServer } from './proxy.ts';

/** CONNECT (RFC 9110 9.3.6), with Basic credentials where there are any (RFC 7617). */
export const connectByHttp = (proxy: ProxyServer, to: Destination): Script =>
  function* (peer) {
    peer.say(requestText(proxy, to));
    for (;;) {
      const { status, line, headers } = yield* readHead(peer);
      // Interim answers precede the real one (RFC 9110 15.2).
      if (status < 200) continue;
      if (status < 300) return 'ready';
      return refused(status === 407 ? `${line}${wanted(headers)}` : line);
    }
  };

function requestText({ user, password = '' }: ProxyServer, to: Destination): string {
  const host = (to.host.includes(':') ? `[${to.host}]` : to.host).replace(
    /[^\x21-\x7e]/g,
    encodeURIComponent,
  );
  const authority = `${host}:${to.port}`;
  const credentials =
    user === undefined ? '' : `Proxy-Authorization: Basic ${toBase64(utf8Bytes(`${user}:${password}`))}\r\n`;
  return `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nUser-Agent: handclasp\r\n${credentials}\r\n`;
}

interface Head {
  readonly status: number;
  /** "407 Proxy Authentication Required" */
  readonly line: string;
  readonly headers: readonly string[];
}

function* readHead(peer: Peer): Awaiting<Head> {
  const first = yield* peer.line('answer to CONNECT');
  const [, line = '', status = ''] = /^HTTP\/1\.\d ((\d{3})\b.*)$/.exec(first) ?? [];
  if (status === '') throw new Malformed('answer to CONNECT', 0, `no HTTP/1: "${first.slice(0, 80)}"`);
  const headers: string[] = [];
  for (let header = yield* peer.line('answer to CONNECT'); header !== ''; ) {
    headers.push(header);
    header = yield* peer.line('answer to CONNECT');
  }
  return { status: Number(status), line: line.trim(), headers };
}

/** The ways to log on that the proxy names: Negotiate, NTLM, Basic. */
function wanted(headers: readonly string[]): string {
  const schemes = headers.flatMap((line) => /^proxy-authenticate:\s*([^\s,]+)/i.exec(line)?.[1] ?? []);
  return schemes.length === 0 ? '' : ` (it asks for ${[...new Set(schemes)].join(', ')})`;
}
