/** A ClientHello of SSL 2.0 that offers SSL 3.0 or TLS (RFC 5246 E.2): clients of the 1990s and 2000s began so. */
export interface V2Hello {
  /** Length with its header. */
  readonly length: number;
  /** The challenge as the random that the keys are derived from: zeros before it (E.2). */
  readonly random: Uint8Array;
}

/** In the first bytes that a client sends; null when they are none. */
export function readV2Hello(bytes: Uint8Array, from: number, to: number): V2Hello | null {
  if (to - from < 11 || (bytes[from]! & 0x80) === 0 || bytes[from + 2] !== 1) return null;
  if (bytes[from + 3] !== 3 || bytes[from + 4]! > 3) return null;
  const length = 2 + (((bytes[from]! & 0x7f) << 8) | bytes[from + 1]!);
  const field = (at: number): number => (bytes[from + at]! << 8) | bytes[from + at + 1]!;
  const [specs, session, challenge] = [field(5), field(7), field(9)];
  if (specs % 3 !== 0 || challenge < 16 || challenge > 32 || 11 + specs + session + challenge !== length)
    return null;
  if (from + length > to) return null;
  const random = new Uint8Array(32);
  random.set(bytes.subarray(from + length - challenge, from + length), 32 - challenge);
  return { length, random };
}
