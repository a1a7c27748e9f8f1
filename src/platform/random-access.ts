import { open } from 'node:fs/promises';

/** Bytes that can be read anywhere: a file, or an archive inside an archive that is held in memory. */
export interface RandomAccess {
  readonly size: number;
  /** Fewer bytes than asked for at the end. */
  read(at: number, length: number): Promise<Uint8Array>;
  stream(from: number, to: number): AsyncIterable<Uint8Array>;
}

const STEP = 1 << 18;

export function fileAccess(file: string, size: number): RandomAccess {
  const read = async (at: number, length: number): Promise<Uint8Array> => {
    const handle = await open(file, 'r');
    try {
      const buffer = new Uint8Array(Math.max(0, Math.min(length, size - at)));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  };
  return {
    size,
    read,
    async *stream(from, to) {
      const handle = await open(file, 'r');
      try {
        for (let at = from; at < to; ) {
          const { bytesRead, buffer } = await handle.read(
            new Uint8Array(Math.min(STEP, to - at)),
            0,
            null,
            at,
          );
          if (bytesRead === 0) return;
          at += bytesRead;
          yield buffer.subarray(0, bytesRead);
        }
      } finally {
        await handle.close();
      }
    },
  };
}

export function memoryAccess(bytes: Uint8Array): RandomAccess {
  return {
    size: bytes.length,
    read: async (at, length) => bytes.subarray(at, at + length),
    async *stream(from, to) {
      for (let at = from; at < Math.min(to, bytes.length); at += STEP)
        yield bytes.subarray(at, Math.min(at + STEP, to, bytes.length));
    },
  };
}
