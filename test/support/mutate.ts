/** A row of numbers that a seed repeats (xorshift32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0 || 1;
  }

  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % Math.max(1, limit);
  }

  one<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!;
  }
}

/** Bytes at which readers turn: ends of lines, quotes, signs of markup, digits, and the extremes of a length. */
const TURNING = [...'\n\r"<>&=:;[]{}()\\/#,.-|* 0179afAF']
  .map((char) => char.charCodeAt(0))
  .concat(0, 0x7f, 0x80, 0xff);
const WORDS = [
  '4294967295',
  '-1',
  '99999999999999999999',
  '(null)',
  'NaN',
  '__proto__',
  'constructor',
  '\ufffd',
];

/** One to four changes of the kinds that files suffer: bytes turned, lost, doubled, exchanged, cut, mixed. */
export function mutated(sample: Uint8Array, others: readonly Uint8Array[], chance: Chance): Uint8Array {
  let bytes = sample;
  for (let left = 1 + chance.below(4); left > 0; left--)
    bytes = CHANGES[chance.below(CHANGES.length)]!(bytes, chance, others);
  return bytes.subarray(0, MOST);
}

const MOST = 1 << 17;

type Change = (bytes: Uint8Array, chance: Chance, others: readonly Uint8Array[]) => Uint8Array;

const CHANGES: readonly Change[] = [
  (bytes, chance) => {
    const turned = bytes.slice();
    for (let left = 1 + chance.below(6); left > 0 && turned.length > 0; left--)
      turned[chance.below(turned.length)] = chance.below(2) === 0 ? chance.below(256) : chance.one(TURNING);
    return turned;
  },
  (bytes, chance) => {
    const [from, to] = range(bytes, chance, 64);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, chance) => {
    const [from, to] = range(bytes, chance, 400);
    const part = bytes.subarray(from, to);
    const times = 1 + chance.below(12);
    return joined(bytes.subarray(0, to), ...Array.from({ length: times }, () => part), bytes.subarray(to));
  },
  (bytes, chance) => {
    const at = chance.below(bytes.length + 1);
    return joined(bytes.subarray(0, at), Buffer.from(chance.one(WORDS)), bytes.subarray(at));
  },
  (bytes, chance, others) => {
    const other = chance.one(others);
    const [from, to] = range(other, chance, 600);
    const at = chance.below(bytes.length + 1);
    return joined(bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at));
  },
  (bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1)),
  (bytes, chance) => bytes.subarray(chance.below(Math.min(bytes.length, 400) + 1)),
  (bytes, chance) => {
    // Lines in another order.
    const lines = Buffer.from(bytes).toString('latin1').split('\n');
    const [a, b] = [chance.below(lines.length), chance.below(lines.length)];
    [lines[a], lines[b]] = [lines[b]!, lines[a]!];
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  (bytes, chance) =>
    chance.below(4) === 0
      ? Buffer.from(Buffer.from(bytes.subarray(0, 20_000)).toString('latin1'), 'utf16le')
      : bytes,
  (bytes, chance) => {
    // A length that is too large, in either order of bytes.
    const turned = bytes.slice();
    if (turned.length < 8) return turned;
    const at = chance.below(turned.length - 4);
    const value = chance.one([0x7fffffff, 0xffffffff, 0x00010000, 0x0000ffff, turned.length, at]);
    new DataView(turned.buffer, turned.byteOffset).setUint32(at, value, chance.below(2) === 0);
    return turned;
  },
];

function range(bytes: Uint8Array, chance: Chance, most: number): [number, number] {
  const from = chance.below(bytes.length);
  return [from, Math.min(bytes.length, from + 1 + chance.below(most))];
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
