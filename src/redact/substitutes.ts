import { toHex } from '../base/bytes.ts';
import type { Digest } from '../base/ports.ts';
import { utf8Bytes } from '../base/text.ts';

/**
 * The same input, the same substitute, within one bundle: keyed by a secret that nobody keeps. Substitutes are as long
 * as what they stand for, so that no table, no DER length and no limit of an issuer list changes.
 */
export class Substitutes {
  /** Lower-case words that are replaced. */
  readonly words = new Set<string>();
  readonly #secret: Uint8Array;
  readonly #digest: Digest;
  readonly #given = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #hex = new Map<string, string>();

  constructor(digest: Digest, secret: Uint8Array) {
    this.#digest = digest;
    this.#secret = secret;
  }

  /** 'Contoso' -> 'Kqzrtpa'; a word that is no name stays. */
  word(word: string): string {
    const lower = word.toLowerCase();
    if (!this.words.has(lower)) return word;
    const given = this.#once(`word ${lower}`, (bytes) =>
      [...lower].map((char, i) => like(char, bytes[i % 32]! + i)).join(''),
    );
    return [...given].map((char, i) => withCaseOf(char, [...word][i] ?? char)).join('');
  }

  /** Bytes that identify: keys, signatures, serial numbers. Hashes of certificates follow their certificates. */
  bytes(bytes: Uint8Array): Uint8Array {
    const hex = toHex(bytes);
    const known = this.#hex.get(hex);
    if (known) return Uint8Array.from(known.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const made = new Uint8Array(bytes.length);
    for (let at = 0, n = 0; at < made.length; at += 32, n++)
      made.set(this.#keyed(`bytes ${n} ${hex}`).subarray(0, made.length - at), at);
    return made;
  }

  /** What stands for a hash, by that of the stand-in. */
  pair(original: Uint8Array, substitute: Uint8Array): void {
    this.#hex.set(toHex(original), toHex(substitute));
  }

  knows(bytes: Uint8Array): boolean {
    return this.#hex.has(toHex(bytes));
  }

  /** Private stays private, of the same range; loopback, any and multicast stay as they are. Digits keep their count. */
  ip4(text: string): string {
    const parts = text.split('.').map(Number);
    const fixed = fixedOctets(parts);
    if (fixed === 4) return text;
    return this.#once(`ip ${text}`, (bytes) =>
      text
        .split('.')
        .map((part, i) => (i < fixed ? part : octetLike(part, bytes[i]!, i === 0)))
        .join('.'),
    );
  }

  /** Loopback and any stay; of others the first group stays where it tells the kind of address (RFC 4291 2.4). */
  ip6(text: string): string {
    if (/^[:0]*1?$/.test(text)) return text;
    return this.#once(`ip6 ${text.toLowerCase()}`, (bytes) =>
      text
        .split(':')
        .map((group, i) =>
          (i === 0 && /^f[cdef]/i.test(group)) || !/^[0-9a-f]{1,4}$/i.test(group)
            ? group
            : [...group]
                .map((_, k) =>
                  k === 0 ? (1 + ((bytes[i]! + k) % 9)).toString() : ((bytes[i + 8]! >> k) & 15).toString(16),
                )
                .join(''),
        )
        .join(':'),
    );
  }

  /** Of SIDs and the like: as many digits. */
  number(digits: string): string {
    return this.#once(`number ${digits}`, (bytes) =>
      [...digits].map((_, i) => String(i === 0 ? 1 + (bytes[i % 32]! % 9) : bytes[i % 32]! % 10)).join(''),
    );
  }

  /** Never what it stands for, nor what stands for something else, as far as so short a word allows. */
  #once(what: string, make: (bytes: Uint8Array) => string): string {
    const given = this.#given.get(what);
    if (given !== undefined) return given;
    const original = what.slice(what.indexOf(' ') + 1);
    let made = original;
    for (let n = 0; n < 100 && (made === original || this.#taken.has(made) || this.words.has(made)); n++)
      made = make(this.#keyed(`${n} ${what}`));
    this.#given.set(what, made);
    this.#taken.add(made);
    return made;
  }

  #keyed(text: string): Uint8Array {
    const data = utf8Bytes(text);
    const keyed = new Uint8Array(this.#secret.length + data.length);
    keyed.set(this.#secret);
    keyed.set(data, this.#secret.length);
    return this.#digest.digest('sha256', keyed);
  }
}

const LETTERS = 'bcdfghjklmnpqrstvwxz';

/** A character of the same kind and of as many bytes in UTF-8. */
function like(char: string, n: number): string {
  const code = char.codePointAt(0)!;
  if (/[0-9]/.test(char)) return String(n % 10);
  if (code < 0x80) return LETTERS[n % LETTERS.length]!;
  if (code < 0x250) return String.fromCharCode(0xe0 + (n % 23));
  if (code < 0x800) return String.fromCharCode(0x430 + (n % 32));
  return code < 0x10000 ? String.fromCharCode(0x4e00 + n) : char;
}

const withCaseOf = (char: string, model: string): string =>
  model !== model.toLowerCase() ? char.toUpperCase() : char;

/** How many octets from the left stay. */
function fixedOctets([a = 0, b = 0]: readonly number[]): number {
  if (a === 0 || a === 127 || a >= 224) return 4;
  if (a === 10) return 1;
  return (a === 192 && b === 168) || (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32) ? 2 : 0;
}

function octetLike(part: string, n: number, first: boolean): string {
  if (part.length === 1) return String(first ? 2 + (n % 8) : n % 10);
  // Of two digits 11 to 99; of three 128 to 168 in front, which is public, else 100 to 254.
  if (part.length === 2) return String(11 + (n % 89));
  return String(first ? 128 + (n % 41) : 100 + (n % 155));
}
