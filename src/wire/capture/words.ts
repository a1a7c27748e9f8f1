/** Numbers in either byte order, read in place: a capture has too many for a Reader each. */

export type ByteOrder = 'big' | 'little';

export const u16be = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;

export const i32be = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;

export const u32be = (bytes: Uint8Array, at: number): number => i32be(bytes, at) >>> 0;

export const u32le = (bytes: Uint8Array, at: number): number =>
  ((bytes[at + 3]! << 24) | (bytes[at + 2]! << 16) | (bytes[at + 1]! << 8) | bytes[at]!) >>> 0;

export const u16In = (order: ByteOrder, bytes: Uint8Array, at: number): number =>
  order === 'big' ? u16be(bytes, at) : bytes[at]! | (bytes[at + 1]! << 8);

export const u32In = (order: ByteOrder, bytes: Uint8Array, at: number): number =>
  order === 'big' ? u32be(bytes, at) : u32le(bytes, at);
