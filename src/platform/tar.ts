import { latin1Text, looseText } from '../base/text.ts';
import { safeName } from './zip.ts';

/** A file of a tar stream (POSIX.1-1988 ustar, with the long names of pax and GNU). */
export interface TarMember {
  readonly name: string;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** Where its bytes stand in the stream. */
  readonly at: number;
  readonly size: number;
  /** To be read before the next member is asked for, if at all. */
  chunks(): AsyncIterable<Uint8Array>;
}

const BLOCK = 512;
const MOST_LONG_NAME = 1 << 16;

export const isTar = (head: Uint8Array): boolean =>
  head.length >= 262 && latin1Text(head.subarray(257, 262)) === 'ustar';

export async function* tarMembers(stream: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember> {
  const input = new Blocks(stream);
  try {
    yield* membersIn(input);
  } finally {
    await input.close();
  }
}

async function* membersIn(input: Blocks): AsyncGenerator<TarMember> {
  let longName: string | null = null;
  for (;;) {
    const header = await input.take(BLOCK);
    if (header.length < BLOCK || header.every((byte) => byte === 0)) return;
    if (!isTar(header)) return;
    const size = octal(header.subarray(124, 136));
    const type = String.fromCharCode(header[156]!);
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    if ((type === 'L' || type === 'x') && size <= MOST_LONG_NAME) {
      const text = looseText((await input.take(padded)).subarray(0, size));
      longName =
        (type === 'L' ? text.replace(/\0+$/, '') : /(?:^|\n)\d+ path=(.*)\n/.exec(text)?.[1]) ?? longName;
      continue;
    }
    const name: string = longName ?? nameIn(header);
    longName = null;
    let left = size;
    if (type === '0' || type === '\0') {
      yield {
        name: safeName(name),
        time: octal(header.subarray(136, 148)) * 1000,
        at: input.at,
        size,
        async *chunks() {
          while (left > 0) {
            const chunk = await input.some(left);
            if (chunk.length === 0) return;
            left -= chunk.length;
            yield chunk;
          }
        },
      };
    }
    await input.skip(left + padded - size);
  }
}

function nameIn(header: Uint8Array): string {
  const text = (from: number, to: number): string =>
    looseText(header.subarray(from, to)).replace(/\0[\s\S]*$/, '');
  return [text(345, 500), text(0, 100)].filter((part) => part !== '').join('/');
}

/** Octal digits, or GNU's binary form for large files. */
function octal(field: Uint8Array): number {
  if (field[0]! >= 0x80) return field.slice(1).reduce((sum, byte) => sum * 256 + byte, field[0]! & 0x7f);
  return Number.parseInt(latin1Text(field).replace(/[\0 ]+$/, ''), 8) || 0;
}

/** Takes a stream apart by lengths. */
class Blocks {
  readonly #stream: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);
  /** How much was taken. */
  at = 0;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#stream = stream[Symbol.asyncIterator]();
  }

  /** Up to `most` bytes, none at the end. */
  async some(most: number): Promise<Uint8Array> {
    while (this.#held.length === 0) {
      const next = await this.#stream.next();
      if (next.done) return this.#held;
      this.#held = next.value;
    }
    const taken = this.#held.subarray(0, most);
    this.#held = this.#held.subarray(taken.length);
    this.at += taken.length;
    return taken;
  }

  /** What is left is not wanted. */
  async close(): Promise<void> {
    await this.#stream.return?.();
  }

  /** Fewer at the end. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let at = 0;
    while (at < length) {
      const chunk = await this.some(length - at);
      if (chunk.length === 0) break;
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes.subarray(0, at);
  }

  async skip(length: number): Promise<void> {
    for (let left = length; left > 0; ) {
      const chunk = await this.some(left);
      if (chunk.length === 0) return;
      left -= chunk.length;
    }
  }
}
