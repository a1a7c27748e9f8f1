import type { Scratch } from './scratch.ts';

/** What the walk hands over. */
export interface MessageTaker {
  /** Whether a message of this type is of use; others are stepped over. */
  wants(type: number): boolean;
  /** A message without its header, as bytes[from, to), which are lent: what outlives the call is copied. */
  message(type: number, bytes: Uint8Array, from: number, to: number): void;
  /** A message that was wanted had to be let go: too many others are not whole. */
  letGo(): void;
}

const HEADER = 4;
/** A list of authorities may be 65,535 bytes, a chain more. What announces more is no handshake. */
const MAX_MESSAGE = 128 * 1024;

/** Walks along handshake messages, whatever records they are cut into; copies only what lies across pieces. */
export class MessageWalk {
  readonly #taker: MessageTaker;
  readonly #scratch: Scratch;
  #header = 0;
  #headerLength = 0;
  #length = 0;
  #left = 0;
  #wanted = false;
  #body: Uint8Array | null = null;
  #deaf = false;

  constructor(taker: MessageTaker, scratch: Scratch) {
    this.#taker = taker;
    this.#scratch = scratch;
  }

  push(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    while (at < to && !this.#deaf) {
      if (this.#headerLength === HEADER) at = this.#readBody(bytes, at, to);
      else {
        this.#header = (this.#header << 8) | bytes[at++]!;
        if (++this.#headerLength === HEADER) this.#begin(bytes, at);
      }
    }
  }

  /** What was begun is lost; the next bytes begin a message, as far as can be told. */
  reset(): void {
    this.#headerLength = 0;
    this.#giveBack();
    this.#deaf = false;
  }

  #begin(bytes: Uint8Array, at: number): void {
    this.#length = this.#header & 0xffffff;
    this.#left = this.#length;
    this.#deaf = this.#left > MAX_MESSAGE;
    this.#wanted = this.#taker.wants(this.#header >>> 24);
    if (this.#left === 0) this.#finish(bytes, at, at);
  }

  #readBody(bytes: Uint8Array, from: number, to: number): number {
    const end = Math.min(to, from + this.#left);
    const isWhole = this.#body === null && end - from === this.#left;
    if (this.#wanted && !isWhole) {
      this.#body ??= this.#scratch.take(this.#length);
      if (this.#body) this.#body.set(bytes.subarray(from, end), this.#length - this.#left);
      else {
        this.#wanted = false;
        this.#taker.letGo();
      }
    }
    this.#left -= end - from;
    if (this.#left > 0) return end;
    if (this.#body) this.#finish(this.#body, 0, this.#length);
    else this.#finish(bytes, from, end);
    return end;
  }

  #finish(bytes: Uint8Array, from: number, to: number): void {
    this.#headerLength = 0;
    if (this.#wanted) this.#taker.message(this.#header >>> 24, bytes, from, to);
    this.#giveBack();
  }

  #giveBack(): void {
    if (this.#body) this.#scratch.giveBack(this.#body);
    this.#body = null;
  }
}
