import { Malformed } from '../../base/bytes.ts';
import { refused, type Verdict } from './dialogue.ts';
import type { Awaiting, Peer } from './peer.ts';

/** A reply of SMTP, FTP or NNTP: a code of three digits, and text on one line or more. */
export interface Reply {
  readonly code: number;
  /** Text of each line, without the code. */
  readonly lines: readonly string[];
}

/** Reads a reply. Lines between the first and the last bear the code in SMTP (RFC 5321 4.2.1), in FTP they need not (RFC 959 4.2). */
export function* readReply(peer: Peer, what: string): Awaiting<Reply> {
  const first = yield* peer.line(what);
  const [, digits = '', hyphen = '', text = ''] = /^(\d{3})(?:([ -])(.*))?$/s.exec(first) ?? [];
  if (digits === '') throw new Malformed(what, 0, `no reply of three digits: "${first.slice(0, 80)}"`);
  const lines = [text];
  for (let open = hyphen === '-'; open; ) {
    const line = yield* peer.line(what);
    open = !(line === digits || line.startsWith(`${digits} `));
    lines.push(line.startsWith(digits) ? line.slice(digits.length + 1) : line.trim());
  }
  return { code: Number(digits), lines };
}

/** "454 TLS not available": as a refusal. */
export const refusedWith = ({ code, lines }: Reply): Verdict =>
  refused(`${code} ${lines.join(' ').replace(/\s+/g, ' ')}`.trim());
