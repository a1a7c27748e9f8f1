import { Malformed, Reader, Writer } from '../../../base/bytes.ts';
import { type CertificateVerify, readDigitallySigned } from './certificate-verify.ts';

/** ServerKeyExchange of ECDHE over a named curve in TLS 1.2 (RFC 8422 5.4). */
export interface EcdheParams {
  readonly group: number;
  /** The server's ephemeral point. */
  readonly key: Uint8Array;
  /** ServerECDHParams as they stood on the wire: what the signature covers after both randoms. */
  readonly params: Uint8Array;
  readonly proof: CertificateVerify;
}

const NAMED_CURVE = 3;

/** Throws Malformed. */
export function decodeEcdheParams(body: Uint8Array): EcdheParams {
  const reader = new Reader(body);
  const type = reader.u8('curve_type');
  if (type !== NAMED_CURVE)
    throw new Malformed('ServerKeyExchange', 0, `curve type ${type}, not a named one`);
  const group = reader.u16('named_curve');
  const key = reader.block8('point', (point) => point.rest());
  const params = body.subarray(0, reader.offset);
  const proof = readDigitallySigned(reader);
  reader.finish('ServerKeyExchange');
  return { group, key, params, proof };
}

/** ServerECDHParams, without signature. */
export function encodeServerEcdhParams(group: number, key: Uint8Array): Uint8Array {
  return new Writer()
    .u8(NAMED_CURVE)
    .u16(group)
    .block8((point) => point.raw(key))
    .done();
}
