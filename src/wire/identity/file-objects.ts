import { fromBase64 } from '../../base/base64.ts';
import { Malformed } from '../../base/bytes.ts';
import { latin1Text } from '../../base/text.ts';
import { readBer } from './ber.ts';
import { readPem } from './pem.ts';

/** One DER object found in a file, whatever wrapping it came in. */
export interface FileObject {
  readonly der: Uint8Array;
  /** PEM label; undefined for bare DER. */
  readonly label?: string;
  /** 1-based line of a PEM block. */
  readonly line?: number;
  /** Headers inside a PEM block, '' when it has none. */
  readonly headers: string;
}

export interface FileNote {
  readonly message: string;
  readonly line?: number;
}

export interface FileObjects {
  readonly objects: readonly FileObject[];
  readonly notes: readonly FileNote[];
}

/**
 * The objects of a file by its content: DER or BER, PEM with text around, bare base64, and these one after
 * another (a DER certificate joined with its PEM key is common enough). Never throws.
 */
export function fileObjects(bytes: Uint8Array): FileObjects {
  const objects: FileObject[] = [];
  const rest = takeDer(withoutByteOrder(bytes), objects);
  const text = latin1Text(rest);
  const pem = readPem(text);
  objects.push(...pem.blocks);
  takeDer(afterLastBlock(rest, text), objects);
  const notes: FileNote[] = [...pem.notes];
  if (objects.length === 0 && notes.length === 0) {
    const bare = bareBase64(text);
    if (bare) takeDer(bare, objects);
    if (objects.length === 0) notes.push({ message: describeNoise(rest) });
  }
  return { objects, notes };
}

/** UTF-16 as PowerShell redirects it, and a UTF-8 mark, brought down to single bytes; PEM is ASCII. */
function withoutByteOrder(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return everySecond(bytes, 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return everySecond(bytes, 3);
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function everySecond(bytes: Uint8Array, from: number): Uint8Array {
  return bytes.filter((_, i) => i >= from && (i - from) % 2 === 0);
}

/** Takes whole SEQUENCEs from the front and returns what is left. */
function takeDer(bytes: Uint8Array, into: FileObject[]): Uint8Array {
  let at = 0;
  while (true) {
    const start = skipSpace(bytes, at);
    if (bytes[start] !== 0x30) return bytes.subarray(at);
    try {
      const { der, end } = readBer(bytes, start);
      into.push({ der, headers: '' });
      at = end;
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return bytes.subarray(at);
    }
  }
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && [9, 10, 13, 32].includes(bytes[at]!)) at++;
  return at;
}

function afterLastBlock(bytes: Uint8Array, text: string): Uint8Array {
  const last = text.lastIndexOf('-----END ');
  if (last < 0) return new Uint8Array(0);
  const end = text.indexOf('\n', last);
  return end < 0 ? new Uint8Array(0) : bytes.subarray(end + 1);
}

/** A certificate pasted without its BEGIN and END lines. */
function bareBase64(text: string): Uint8Array | null {
  try {
    return text.trim().length >= 64 ? fromBase64(text) : null;
  } catch {
    return null;
  }
}

function describeNoise(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'the file is empty';
  if (bytes[0] !== 0x30) return 'neither PEM, DER, PKCS#12 nor PKCS#7';
  try {
    readBer(bytes);
    return 'neither PEM, DER, PKCS#12 nor PKCS#7';
  } catch (error) {
    return `begins like DER but cannot be read: ${(error as Error).message}`;
  }
}
