import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflateRaw } from 'node:zlib';

/** Text of logs shrinks to a tenth or a fiftieth; what grows beyond this is made to fill the machine. */
const MOST_RATIO = 300;
/** Small files of one repeated line may shrink to any size. */
const HARMLESS = 64 * 2 ** 20;

/**
 * Unpacks a stream of DEFLATE data, raw or with the frame of gzip. What came before a fault is given; `fault` then
 * hears what was wrong. Ends a stream that grows out of all proportion.
 */
export async function* inflated(
  packed: AsyncIterable<Uint8Array>,
  frame: 'raw' | 'gzip',
  fault: (message: string) => void,
): AsyncGenerator<Uint8Array> {
  let taken = 0;
  let given = 0;
  const counted = async function* () {
    for await (const chunk of packed) {
      taken += chunk.length;
      // The engine works on several at once; a chunk is lent for one turn.
      yield chunk.slice();
    }
  };
  const engine = frame === 'raw' ? createInflateRaw() : createGunzip();
  const done = pipeline(Readable.from(counted(), { objectMode: false }), engine).catch(() => {});
  try {
    for await (const chunk of engine) {
      given += chunk.length;
      if (given > HARMLESS && given > taken * MOST_RATIO) {
        fault(`grows to more than ${MOST_RATIO} times its size: not unpacked further`);
        return;
      }
      yield chunk;
    }
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'cut off' : 'damaged';
    fault(`the packed data is ${why}: what came before was used`);
  } finally {
    engine.destroy();
    await done;
  }
}
