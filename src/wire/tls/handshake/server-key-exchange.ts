import { Malformed, Reader, Writer } from '../../../base/bytes.ts';
import { type DigitallySigned, readDigitallySigned } from './certificate-verify.ts';

/** What every signed ServerKeyExchange holds. */
interface SignedParams {
  /** The server's ephemeral public key. */
  readonly key: Uint8Array;
  /** The parameters as they stood on the wire: what the signature covers after both randoms. */
  readonly params: Uint8Array;
  readonly proof: DigitallySigned;
}

/** ServerKeyExchange of ECDHE over a named curve (RFC 8422 5.4). */
export interface EcdheParams extends SignedParams {
  readonly group: number;
}

/** ServerKeyExchange of DHE in a group of the server's choice (RFC 5246 7.4.3), numbers big-endian. */
export interface DheParams extends SignedParams {
  readonly prime: Uint8Array;
  readonly generator: Uint8Array;
}

const NAMED_CURVE = 3;

/** Throws Malformed. */
export const decodeEcdheParams = (body: Uint8Array, version: number): EcdheParams =>
  decodeSigned(body, version, (reader) => {
    const type = reader.u8('curve_type');
    if (type !== NAMED_CURVE)
      throw new Malformed('ServerKeyExchange', 0, `curve type ${type}, not a named one`);
    return { group: reader.u16('named_curve'), key: reader.block8('point', (point) => point.rest()) };
  });

/** Throws Malformed. */
export const decodeDheParams = (body: Uint8Array, version: number): DheParams =>
  decodeSigned(body, version, (reader) => ({
    prime: reader.block16('dh_p', (number) => number.rest()),
    generator: reader.block16('dh_g', (number) => number.rest()),
    key: reader.block16('dh_Ys', (number) => number.rest()),
  }));

function decodeSigned<T>(
  body: Uint8Array,
  version: number,
  read: (reader: Reader) => T,
): T & Omit<SignedParams, 'key'> {
  const reader = new Reader(body);
  const fields = read(reader);
  const params = body.subarray(0, reader.offset);
  const proof = readDigitallySigned(reader, version);
  reader.finish('ServerKeyExchange');
  return { ...fields, params, proof };
}

/** ServerECDHParams, without signature. */
export function encodeServerEcdhParams(group: number, key: Uint8Array): Uint8Array {
  return new Writer()
    .u8(NAMED_CURVE)
    .u16(group)
    .block8((point) => point.raw(key))
    .done();
}
