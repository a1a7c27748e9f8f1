import { Reader, Writer } from '../../../base/bytes.ts';
import { type Extension, readExtensions, writeExtensions } from './extension.ts';

/** EncryptedExtensions (RFC 8446 4.3.1), undecoded. Throws Malformed. */
export function decodeEncryptedExtensions(body: Uint8Array): Extension[] {
  const reader = new Reader(body);
  const extensions = readExtensions(reader, 'EncryptedExtensions');
  reader.finish('EncryptedExtensions');
  return extensions;
}

export function encodeEncryptedExtensions(extensions: readonly Extension[]): Uint8Array {
  const writer = new Writer();
  writeExtensions(writer, extensions);
  return writer.done();
}
