import { many, Reader, Writer } from '../../../base/bytes.ts';
import { TLS13 } from '../registry/version.ts';
import { type Extension, readExtensions, writeExtensions } from './extension.ts';

export interface CertificateEntry {
  readonly der: Uint8Array;
  /** TLS 1.3 only. */
  readonly extensions: readonly Extension[];
}

/** A Certificate message (RFC 5246 7.4.2, RFC 8446 4.4.2), leaf first; empty: the client has none to show. */
export interface CertificateMessage {
  /** certificate_request_context, TLS 1.3 only. */
  readonly context: Uint8Array;
  readonly entries: readonly CertificateEntry[];
}

/** Throws Malformed. */
export function decodeCertificate(body: Uint8Array, version: number): CertificateMessage {
  const reader = new Reader(body);
  const isNew = version >= TLS13;
  const context = isNew ? reader.block8('certificate_request_context', (c) => c.rest()) : new Uint8Array(0);
  const entries = reader.block24('certificate_list', (list) =>
    many(list, (one) => ({
      der: one.block24('certificate', (der) => der.rest()),
      extensions: isNew ? readExtensions(one, 'CertificateEntry') : [],
    })),
  );
  reader.finish('Certificate');
  return { context, entries };
}

/** Body without the handshake header. */
export function encodeCertificate(message: CertificateMessage, version: number): Uint8Array {
  const isNew = version >= TLS13;
  const writer = new Writer();
  if (isNew) writer.block8((context) => context.raw(message.context));
  writer.block24((list) => {
    for (const { der, extensions } of message.entries) {
      list.block24((one) => one.raw(der));
      if (isNew) writeExtensions(list, extensions);
    }
  });
  return writer.done();
}
