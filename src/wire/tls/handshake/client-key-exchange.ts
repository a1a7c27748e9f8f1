import { Writer } from '../../../base/bytes.ts';

/** ClientKeyExchange of ECDHE (RFC 8422 5.7): our ephemeral point. */
export const encodeEcdheExchange = (point: Uint8Array): Uint8Array =>
  new Writer().block8((inner) => inner.raw(point)).done();

/** Of DHE, our public key, and of RSA, the encrypted premaster secret (RFC 5246 7.4.7). */
export const encodeLongExchange = (opaque: Uint8Array): Uint8Array =>
  new Writer().block16((inner) => inner.raw(opaque)).done();
