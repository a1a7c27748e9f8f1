/** Cuts bytes into pieces of the lengths drawn; zero gives an empty piece. Leaves the source open for further use. */
export function* chunked(bytes: Uint8Array, lengths: Iterable<number>): Generator<Uint8Array> {
  const drawn = lengths[Symbol.iterator]();
  for (let at = 0; at < bytes.length; ) {
    const length = drawn.next().value ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
