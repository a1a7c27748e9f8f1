import { open } from 'node:fs/promises';

/** Large enough that asking for the next piece costs nothing, small enough to stay in the processor's cache. */
const SIZE = 1 << 19;

/**
 * The bytes of a file. While a piece is worked on the next one is read, into the other of two buffers that serve for
 * the whole file: fresh ones cost more than the reading, and what is not yet collected of them counts as memory. A
 * piece is therefore lent until the next one is asked for.
 */
export async function* fileChunks(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    let [inHand, coming] = [new Uint8Array(SIZE), new Uint8Array(SIZE)];
    const fill = (buffer: Uint8Array) => handle.read(buffer, 0, SIZE, null);
    for (let reading = fill(inHand); ; ) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = fill(coming);
      // Should the caller stop here, a fault of this read is nobody's.
      reading.catch(() => {});
      yield inHand.subarray(0, bytesRead);
      [inHand, coming] = [coming, inHand];
    }
  } finally {
    await handle.close();
  }
}
