/**
 * RC4 as RFC 7465 forbids it: what Windows servers spoke until 2015, and captures of old devices hold. It only
 * reads what was recorded; OpenSSL 3 keeps it in a provider that Node does not load.
 */
export class Rc4 {
  readonly #state = new Uint8Array(256);
  #i = 0;
  #j = 0;

  constructor(key: Uint8Array) {
    const state = this.#state;
    for (let i = 0; i < 256; i++) state[i] = i;
    for (let i = 0, j = 0; i < 256; i++) {
      j = (j + state[i]! + key[i % key.length]!) & 255;
      this.#swap(i, j);
    }
  }

  /** The stream goes on from one call to the next. */
  apply(data: Uint8Array): Uint8Array {
    const state = this.#state;
    const result = new Uint8Array(data.length);
    for (let at = 0; at < data.length; at++) {
      this.#i = (this.#i + 1) & 255;
      this.#j = (this.#j + state[this.#i]!) & 255;
      this.#swap(this.#i, this.#j);
      result[at] = data[at]! ^ state[(state[this.#i]! + state[this.#j]!) & 255]!;
    }
    return result;
  }

  #swap(i: number, j: number): void {
    const state = this.#state;
    const kept = state[i]!;
    state[i] = state[j]!;
    state[j] = kept;
  }
}
