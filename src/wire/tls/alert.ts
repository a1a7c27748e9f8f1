import { Reader } from '../../base/bytes.ts';

/** An alert (RFC 8446 6). TLS 1.3 ignores the level. */
export interface Alert {
  readonly level: 'warning' | 'fatal';
  readonly code: number;
}

/** Throws Malformed. */
export function decodeAlert(fragment: Uint8Array): Alert {
  const reader = new Reader(fragment);
  const level = reader.u8('level') === 1 ? 'warning' : 'fatal';
  const code = reader.u8('description');
  reader.finish('alert');
  return { level, code };
}

export const encodeAlert = ({ level, code }: Alert): Uint8Array =>
  Uint8Array.of(level === 'warning' ? 1 : 2, code);
