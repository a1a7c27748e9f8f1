import { asciiBytes, concat, Reader, Writer } from '../../../base/bytes.ts';
import { TLS12 } from '../registry/version.ts';

/** DigitallySigned (RFC 5246 4.7): what CertificateVerify is (7.4.8, RFC 8446 4.4.3), and ServerKeyExchange ends with. */
export interface DigitallySigned {
  /** SignatureScheme; null before TLS 1.2, where it follows from the key (RFC 2246 7.4.3). */
  readonly scheme: number | null;
  readonly signature: Uint8Array;
}

/** Body without the handshake header. Throws Malformed. */
export function decodeCertificateVerify(body: Uint8Array, version: number): DigitallySigned {
  const reader = new Reader(body);
  const verify = readDigitallySigned(reader, version);
  reader.finish('CertificateVerify');
  return verify;
}

export function readDigitallySigned(reader: Reader, version: number): DigitallySigned {
  return {
    scheme: version >= TLS12 ? reader.u16('algorithm') : null,
    signature: reader.block16('signature', (inner) => inner.rest()),
  };
}

/** Body without the handshake header. */
export function encodeCertificateVerify({ scheme, signature }: DigitallySigned): Uint8Array {
  const writer = scheme === null ? new Writer() : new Writer().u16(scheme);
  return writer.block16((inner) => inner.raw(signature)).done();
}

/** What a TLS 1.3 CertificateVerify signs: 64 spaces, a context string, a zero byte and the transcript hash. */
export function signedContent(side: 'client' | 'server', transcriptHash: Uint8Array): Uint8Array {
  const context = `${' '.repeat(64)}TLS 1.3, ${side} CertificateVerify\0`;
  return concat([asciiBytes(context), transcriptHash]);
}
