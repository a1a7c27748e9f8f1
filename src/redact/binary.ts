import { Malformed } from '../base/bytes.ts';
import { isSst, readStoreElement } from '../wire/identity/serialized-store.ts';
import { redactDer, redactUtf8, redactUtf16 } from './der.ts';
import type { Substitutes } from './substitutes.ts';

/** A copy of DER, of a serialised store or blob, of a hash or of registry data with what identifies replaced, as long. */
export function redactBinary(bytes: Uint8Array, substitutes: Substitutes): Uint8Array {
  const copy = bytes.slice();
  if (substitutes.knows(copy)) return substitutes.bytes(copy);
  if (copy[0] === 0x30 && redactDer(copy, substitutes)) return copy;
  if (isSst(copy) && redactElements(copy, 8, substitutes)) return copy;
  if (copy.length > 12 && redactElements(copy, 0, substitutes)) return copy;
  if (looksUtf16(copy)) redactUtf16(copy, substitutes, 'le');
  else if (HASHES.has(copy.length)) return substitutes.bytes(copy);
  else redactUtf8(copy, substitutes);
  return copy;
}

/** SHA-1, SHA-256, SHA-384, SHA-512, and serial numbers of usual length; 16 bytes are a GUID as often as an MD5. */
const HASHES: ReadonlySet<number> = new Set([17, 18, 19, 20, 32, 48, 64]);

const CERTIFICATE = 32;
/** Properties that are text or hold it (domain 8.3). */
const TEXTS: ReadonlySet<number> = new Set([2, 11, 13, 26, 71, 87]);

/** Elements of a serialised store to its last byte; false, and nothing changed, where it is none. */
function redactElements(bytes: Uint8Array, from: number, substitutes: Substitutes): boolean {
  const elements: { id: number; data: Uint8Array }[] = [];
  try {
    for (let at = from; at < bytes.length; ) {
      const element = readStoreElement(bytes, at);
      if (element.id > 0xffff) return false;
      elements.push(element);
      at += 12 + element.data.length;
      if (element.id === 0) break;
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return false;
  }
  if (!elements.some(({ id }) => id === CERTIFICATE)) return false;
  for (const { id, data } of elements) {
    if (id === CERTIFICATE) redactDer(data, substitutes);
    else if (TEXTS.has(id)) redactUtf16(data, substitutes, 'le');
    else if (data.length >= 16)
      data.set(data[0] === 0x30 ? redactBinary(data, substitutes) : substitutes.bytes(data.slice()));
  }
  return true;
}

/** Registry strings are UTF-16LE, most of their high bytes 0. */
function looksUtf16(bytes: Uint8Array): boolean {
  if (bytes.length < 4 || bytes.length % 2 === 1) return false;
  let zeros = 0;
  for (let i = 1; i < bytes.length; i += 2) if (bytes[i] === 0) zeros++;
  return zeros * 4 > bytes.length;
}
