import { Malformed, many, Reader, Writer } from '../../../base/bytes.ts';
import { extensionType } from '../registry/extension-type.ts';

/** One extension, undecoded (RFC 8446 4.2). */
export interface Extension {
  readonly type: number;
  readonly data: Uint8Array;
}

/** A list of extensions with its two length bytes; each type at most once. */
export function readExtensions(reader: Reader, what: string): Extension[] {
  return reader.block16(`extensions of ${what}`, (inner) => {
    const seen = new Set<number>();
    return many(inner, (one) => {
      const at = one.offset;
      const type = one.u16('extension type');
      if (seen.has(type)) throw new Malformed(what, at, `extension ${extensionType.name(type)} twice`);
      seen.add(type);
      return { type, data: one.block16(extensionType.name(type), (data) => data.rest()) };
    });
  });
}

export function writeExtensions(writer: Writer, extensions: readonly Extension[]): void {
  writer.block16((list) => {
    for (const { type, data } of extensions) list.u16(type).block16((block) => block.raw(data));
  });
}

export function makeExtension(type: number, write: (data: Writer) => void): Extension {
  const writer = new Writer();
  write(writer);
  return { type, data: writer.done() };
}

/** Reads the extension of that type whole, or undefined when it is absent. */
export function readExtension<T>(
  extensions: readonly Extension[],
  type: number,
  read: (data: Reader) => T,
): T | undefined {
  const found = extensions.find((one) => one.type === type);
  if (!found) return undefined;
  const reader = new Reader(found.data);
  const value = read(reader);
  reader.finish(extensionType.name(type));
  return value;
}

/** A list of two-byte codes with its two length bytes: groups, signature schemes. */
export const readCodes16 = (reader: Reader, what: string): number[] =>
  reader.block16(what, (inner) => many(inner, (one) => one.u16(what)));

export function writeCodes16(writer: Writer, codes: readonly number[]): void {
  writer.block16((list) => {
    for (const code of codes) list.u16(code);
  });
}
