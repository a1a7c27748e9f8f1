import { Malformed, Reader } from '../../../base/bytes.ts';

/** KeyUpdate (RFC 8446 4.6.3): whether the peer wants us to update too. Throws Malformed. */
export function decodeKeyUpdate(body: Uint8Array): { requested: boolean } {
  const reader = new Reader(body);
  const request = reader.u8('request_update');
  reader.finish('KeyUpdate');
  if (request > 1) throw new Malformed('KeyUpdate', 0, `request_update is ${request}`);
  return { requested: request === 1 };
}

export const encodeKeyUpdate = (requested: boolean): Uint8Array => Uint8Array.of(requested ? 1 : 0);
