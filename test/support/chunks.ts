/** Cuts bytes into pieces of the lengths given; a length of zero gives an empty piece. */
export function* chunked(bytes: Uint8Array, lengths: Iterable<number>): Generator<Uint8Array> {
  let at = 0;
  for (const length of lengths) {
    if (at >= bytes.length) return;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
