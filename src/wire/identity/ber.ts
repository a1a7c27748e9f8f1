import { Malformed } from '../../base/bytes.ts';
import { encode } from '../x509/der.ts';

/**
 * BER as PKCS#7 and PKCS#12 files have it (indefinite lengths, OCTET STRINGs in pieces; X.690 8.1.3.6, 8.7) made
 * DER, which is all that our reader takes. What is DER already keeps its bytes, so that certificates inside do.
 */

/** Deeper nesting than any of these formats has; a bound against files made to overflow the stack. */
const DEEPEST = 64;
const OCTET_STRING_IN_PIECES = 0x24;

export interface BerElement {
  /** The element with definite lengths throughout. */
  readonly der: Uint8Array;
  /** Offset of the byte after it in the input. */
  readonly end: number;
}

/** Reads one element at `offset`; throws Malformed. */
export function readBer(bytes: Uint8Array, offset = 0, depth = 0): BerElement {
  if (depth > DEEPEST) throw new Malformed('BER', offset, `nested more than ${DEEPEST} deep`);
  const head = readHead(bytes, offset);
  const constructed = (head.tag & 0x20) !== 0;
  if (!constructed) {
    if (head.length === null) throw new Malformed('BER', offset, 'a primitive of indefinite length');
    return { der: bytes.subarray(offset, head.start + head.length), end: head.start + head.length };
  }
  if (head.length === null) {
    const parts = readParts(bytes, head.start, true, depth);
    return { der: rebuild(head.tag, parts.items), end: parts.end };
  }
  const end = head.start + head.length;
  const parts = partsOfDefinite(bytes.subarray(0, end), head, depth);
  const kept = !parts?.changed && head.tag !== OCTET_STRING_IN_PIECES;
  return { der: kept ? bytes.subarray(offset, end) : rebuild(head.tag, parts?.items ?? []), end };
}

function rebuild(tag: number, items: readonly Uint8Array[]): Uint8Array {
  return tag === OCTET_STRING_IN_PIECES ? encode(0x04, ...items.map(octetContents)) : encode(tag, ...items);
}

/** null: garbage inside, which is kept as it stands; whoever reads that part will say so. */
function partsOfDefinite(bytes: Uint8Array, head: Head, depth: number): Parts | null {
  try {
    return readParts(bytes, head.start, false, depth);
  } catch (error) {
    if (error instanceof Malformed && head.tag !== OCTET_STRING_IN_PIECES) return null;
    throw error;
  }
}

interface Head {
  readonly tag: number;
  /** Offset of the contents. */
  readonly start: number;
  /** null: indefinite. */
  readonly length: number | null;
}

function readHead(bytes: Uint8Array, offset: number): Head {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined)
    throw new Malformed('BER', offset, 'the input ends in an element');
  if ((tag & 0x1f) === 0x1f) throw new Malformed('BER', offset, 'a tag of several bytes');
  if (first === 0x80) return { tag, start: offset + 2, length: null };
  const size = first < 0x80 ? 0 : first & 0x7f;
  if (size > 4) throw new Malformed('BER', offset + 1, 'an oversized length');
  let length = size === 0 ? first : 0;
  for (let i = 0; i < size; i++) length = length * 256 + (bytes[offset + 2 + i] ?? 0);
  const start = offset + 2 + size;
  if (start + length > bytes.length) {
    throw new Malformed(
      'BER',
      offset,
      `needs ${length} bytes, ${Math.max(0, bytes.length - start)} left: the file is cut off`,
    );
  }
  return { tag, start, length };
}

interface Parts {
  readonly items: Uint8Array[];
  readonly end: number;
  /** Whether some item is not the bytes that stood there. */
  readonly changed: boolean;
}

function readParts(bytes: Uint8Array, start: number, indefinite: boolean, depth: number): Parts {
  const items: Uint8Array[] = [];
  let changed = false;
  let at = start;
  while (at < bytes.length) {
    if (indefinite && bytes[at] === 0 && bytes[at + 1] === 0) return { items, end: at + 2, changed };
    const item = readBer(bytes, at, depth + 1);
    changed ||= item.der.buffer !== bytes.buffer;
    items.push(item.der);
    at = item.end;
  }
  if (indefinite) throw new Malformed('BER', start, 'an indefinite length without its end');
  return { items, end: at, changed };
}

/** Contents of a piece; pieces are DER by now, so that lengths are short or long but definite. */
function octetContents(piece: Uint8Array): Uint8Array {
  if (piece[0] !== 0x04) throw new Malformed('BER', 0, 'a piece of an OCTET STRING is none');
  const { start } = readHead(piece, 0);
  return piece.subarray(start);
}

/** The whole input as one DER element, with what follows it left out. */
export function definite(bytes: Uint8Array): Uint8Array {
  return readBer(bytes).der;
}
