import { asciiBytes, concat, Reader, Writer } from '../../../base/bytes.ts';

/** CertificateVerify of TLS 1.2 and 1.3 (RFC 5246 7.4.8, RFC 8446 4.4.3): DigitallySigned. */
export interface CertificateVerify {
  /** SignatureScheme. */
  readonly scheme: number;
  readonly signature: Uint8Array;
}

/** Throws Malformed. */
export function decodeCertificateVerify(body: Uint8Array): CertificateVerify {
  const reader = new Reader(body);
  const verify = readDigitallySigned(reader);
  reader.finish('CertificateVerify');
  return verify;
}

export function readDigitallySigned(reader: Reader): CertificateVerify {
  return { scheme: reader.u16('algorithm'), signature: reader.block16('signature', (inner) => inner.rest()) };
}

/** Body without the handshake header. */
export function encodeCertificateVerify({ scheme, signature }: CertificateVerify): Uint8Array {
  return new Writer()
    .u16(scheme)
    .block16((inner) => inner.raw(signature))
    .done();
}

/** What a TLS 1.3 CertificateVerify signs: 64 spaces, a context string, a zero byte and the transcript hash. */
export function signedContent(side: 'client' | 'server', transcriptHash: Uint8Array): Uint8Array {
  const context = `${' '.repeat(64)}TLS 1.3, ${side} CertificateVerify\0`;
  return concat([asciiBytes(context), transcriptHash]);
}
