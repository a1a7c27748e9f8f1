import { CONTENT } from '../registry/content-type.ts';
import { HANDSHAKE } from '../registry/handshake-type.ts';

/** Bytes that tell a hello: record header, handshake header, and legacy_version. */
const SIGNATURE = 11;

export interface Start {
  readonly at: number;
  /** What speaks: a hello of one side, or an alert, which either may send. */
  readonly is: 'client' | 'server' | 'alert';
}

/**
 * Where TLS begins in bytes[from, to). Whatever was spoken before (STARTTLS, CONNECT) is passed over. At the very
 * beginning of what one packet brought less is asked for: a hello may be cut into tiny records.
 */
export function findStart(bytes: Uint8Array, from: number, to: number): Start | null {
  const first = startAt(bytes, from, to);
  if (first) return { at: from, is: first };
  for (
    let at = bytes.indexOf(CONTENT.handshake, from);
    at >= 0 && at + SIGNATURE <= to;
    at = bytes.indexOf(CONTENT.handshake, at + 1)
  ) {
    const is = helloAt(bytes, at);
    if (is) return { at, is };
  }
  return null;
}

/** Bytes at the end of [from, to) that may begin a hello whose rest is to come. */
export function tailOf(bytes: Uint8Array, from: number, to: number): number {
  const least = Math.max(from, to - SIGNATURE + 1);
  const at = bytes.indexOf(CONTENT.handshake, least);
  return at < 0 || at >= to ? to : at;
}

function startAt(bytes: Uint8Array, at: number, to: number): Start['is'] | null {
  if (to - at < 6 || bytes[at + 1] !== 3 || bytes[at + 2]! > 4) return null;
  const length = (bytes[at + 3]! << 8) | bytes[at + 4]!;
  const first = bytes[at + 5]!;
  if (bytes[at] === CONTENT.handshake && length > 0 && length <= 2 ** 14) return helloType(first);
  const isAlert = bytes[at] === CONTENT.alert && length === 2 && (first === 1 || first === 2);
  return isAlert ? 'alert' : null;
}

function helloAt(bytes: Uint8Array, at: number): 'client' | 'server' | null {
  if (bytes[at + 1] !== 3 || bytes[at + 2]! > 4) return null;
  const record = (bytes[at + 3]! << 8) | bytes[at + 4]!;
  const message = (bytes[at + 7]! << 8) | bytes[at + 8]!;
  const isHello =
    record >= 6 &&
    record <= 2 ** 14 &&
    bytes[at + 6] === 0 &&
    message >= 38 &&
    bytes[at + 9] === 3 &&
    bytes[at + 10]! <= 3;
  return isHello ? helloType(bytes[at + 5]!) : null;
}

const helloType = (type: number): 'client' | 'server' | null =>
  type === HANDSHAKE.clientHello ? 'client' : type === HANDSHAKE.serverHello ? 'server' : null;
