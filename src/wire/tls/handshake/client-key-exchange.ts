import { Writer } from '../../../base/bytes.ts';

/** ClientKeyExchange of ECDHE in TLS 1.2 (RFC 8422 5.7): our ephemeral point. */
export function encodeClientKeyExchange(key: Uint8Array): Uint8Array {
  return new Writer().block8((point) => point.raw(key)).done();
}
