import { concat, fromHex, Malformed } from '../../base/bytes.ts';

/** Certificates as CryptoAPI serialises them: in registry blobs and in .sst files (domain 8.3). */

/** A property or, under the id 32, the certificate itself. */
export interface StoreElement {
  readonly id: number;
  /** Offset of its header. */
  readonly at: number;
  readonly data: Uint8Array;
}

export const CERTIFICATE = 32;
const HEADER = 12;

/** One element: u32 id, u32 1, u32 length, data, little-endian; throws Malformed. */
export function readStoreElement(bytes: Uint8Array, at: number): StoreElement {
  if (at + HEADER > bytes.length) throw new Malformed('store element', at, 'the input ends in its header');
  const id = u32(bytes, at);
  const length = u32(bytes, at + 8);
  const left = bytes.length - at - HEADER;
  if (length > left) throw new Malformed('store element', at, `needs ${length} bytes, ${left} left`);
  return { id, at, data: bytes.subarray(at + HEADER, at + HEADER + length) };
}

/** DER of the certificate in a registry blob; throws Malformed. */
export function certificateInBlob(blob: Uint8Array): Uint8Array {
  for (let at = 0; at < blob.length; ) {
    const element = readStoreElement(blob, at);
    if (element.id === CERTIFICATE) return element.data;
    at += HEADER + element.data.length;
  }
  throw new Malformed('store blob', blob.length, 'it holds no certificate (element 32)');
}

const SHA1_HASH = 3;

/** A registry blob with the two elements that every certificate of a store has. `thumbprint` is SHA-1, hex. */
export function certificateBlob(thumbprint: string, der: Uint8Array): Uint8Array {
  const element = (id: number, data: Uint8Array): Uint8Array => {
    const bytes = new Uint8Array(HEADER + data.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, id, true);
    view.setUint32(4, 1, true);
    view.setUint32(8, data.length, true);
    bytes.set(data, HEADER);
    return bytes;
  };
  return concat([element(SHA1_HASH, fromHex(thumbprint)), element(CERTIFICATE, der)]);
}

export interface SerializedStore {
  readonly certificates: readonly StoreElement[];
  /** Why reading stopped before the end mark, if it did. */
  readonly problem?: Malformed;
}

/** Version 0 and the letters CERT. */
export function isSst(head: Uint8Array): boolean {
  return head.length >= 8 && u32(head, 0) === 0 && u32(head, 4) === 0x54524543;
}

/** The certificates of an .sst file; what came before a defect is kept. */
export function readSst(bytes: Uint8Array): SerializedStore {
  const certificates: StoreElement[] = [];
  let at = 8;
  try {
    for (;;) {
      const element = readStoreElement(bytes, at);
      if (element.id === 0) return { certificates };
      if (element.id === CERTIFICATE) certificates.push(element);
      at += HEADER + element.data.length;
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { certificates, problem: error };
  }
}

function u32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
