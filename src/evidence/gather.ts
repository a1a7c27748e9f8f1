import { concat } from '../base/bytes.ts';
import type { OpenReader, ReadContext } from './reader.ts';

/**
 * For formats that are read as a whole: gathers the bytes up to a limit and hands them over at the end.
 * `whole` is false when there were more; the reader then uses what it got and claims nothing of the rest.
 */
export function gather(
  context: ReadContext,
  limit: number,
  read: (bytes: Uint8Array, whole: boolean) => void,
): OpenReader {
  const parts: Uint8Array[] = [];
  let length = 0;
  return {
    push(chunk) {
      if (length < limit) parts.push(chunk.slice(0, limit - length));
      length += chunk.length;
    },
    end() {
      if (length > limit) {
        const size = `${Math.round(limit / 2 ** 20)} MiB`;
        context.note({
          at: { source: context.source, byte: limit },
          message: `larger than ${size}: only the first ${size} were read; give the part that matters as a file of its own`,
        });
      }
      read(concat(parts), length <= limit);
    },
  };
}
