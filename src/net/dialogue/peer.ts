import { asciiBytes, concat, Malformed } from '../../base/bytes.ts';
import { latin1Text } from '../../base/text.ts';

/** Most bytes that a peer may say in one dialogue. The longest honest ones are a few KiB. */
const MAX_HEARD = 32 * 1024;

/** A script that waits for the peer by yielding, and ends with what it read. */
export type Awaiting<T> = Generator<void, T, void>;

/**
 * The other side of a dialogue as a script sees it: what it has said and nobody has read yet, and what is to be said
 * to it. Reading waits; it throws Malformed when the peer says more than belongs into any dialogue.
 */
export class Peer {
  /** What was last waited for: tells where a peer broke off. */
  awaited = 'a first word';
  #unread: Uint8Array = new Uint8Array(0);
  #heard = 0;
  readonly #limit: number;
  #unsent: Uint8Array[] = [];

  constructor(limit = MAX_HEARD) {
    this.#limit = Math.min(limit, MAX_HEARD);
  }

  /** Text is sent as Latin-1. */
  say(words: string | Uint8Array): void {
    this.#unsent.push(typeof words === 'string' ? asciiBytes(words) : words);
  }

  hear(bytes: Uint8Array): void {
    this.#heard += bytes.length;
    this.#unread = this.#unread.length === 0 ? bytes : concat([this.#unread, bytes]);
    if (this.#heard > this.#limit)
      throw new Malformed(this.awaited, this.#limit, `more than ${this.#limit} bytes before TLS`);
  }

  /** What is to be sent now. */
  takeWords(): Uint8Array {
    const words = concat(this.#unsent);
    this.#unsent = [];
    return words;
  }

  /** Everything that has come and was not read. */
  takeRest(): Uint8Array {
    return this.#cut(this.#unread.length);
  }

  *take(length: number, what: string): Awaiting<Uint8Array> {
    this.awaited = what;
    while (this.#unread.length < length) yield;
    return this.#cut(length);
  }

  /** Looks at bytes that will be read later. */
  *peek(length: number, what: string): Awaiting<Uint8Array> {
    this.awaited = what;
    while (this.#unread.length < length) yield;
    return this.#unread.subarray(0, length);
  }

  /** A line without its end, CRLF or LF, as Latin-1. */
  *line(what: string): Awaiting<string> {
    return latin1Text(yield* this.upTo(0x0a, what)).replace(/\r$/, '');
  }

  /** The bytes before the next `stop`, which is read over. */
  *upTo(stop: number, what: string): Awaiting<Uint8Array> {
    this.awaited = what;
    let end = this.#unread.indexOf(stop);
    for (let from = 0; end < 0; end = this.#unread.indexOf(stop, from)) {
      from = this.#unread.length;
      yield;
    }
    const bytes = this.#cut(end);
    this.#cut(1);
    return bytes;
  }

  /** The first match in what has come, read over together with all that precedes it; Latin-1. */
  *match(pattern: RegExp, what: string): Awaiting<RegExpExecArray> {
    this.awaited = what;
    for (;;) {
      const found = pattern.exec(latin1Text(this.#unread));
      if (found) {
        this.#cut(found.index + found[0].length);
        return found;
      }
      yield;
    }
  }

  #cut(length: number): Uint8Array {
    const bytes = this.#unread.subarray(0, length);
    this.#unread = this.#unread.subarray(length);
    return bytes;
  }
}
