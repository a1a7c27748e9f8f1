import type { Datagram } from './datagram.ts';
import { Ends, hashOf, type Side } from './ends.ts';

/** So many conversations over UDP; later ones are not followed. */
const MOST = 10_000;

interface Found<T> {
  readonly ends: Ends;
  readonly value: T;
}

/** Finds the conversation that a datagram of UDP belongs to. */
export class Datagrams<T> {
  readonly #make: () => T;
  readonly #table = new Map<number, Found<T>[]>();
  #count = 0;

  constructor(make: () => T) {
    this.#make = make;
  }

  /** null when there are too many. */
  of(datagram: Datagram): { readonly value: T; readonly side: Side } | null {
    const hash = hashOf(datagram);
    const alike = this.#table.get(hash) ?? [];
    let found = alike.find(({ ends }) => ends.isOf(datagram));
    if (!found) {
      if (this.#count === MOST) return null;
      this.#count++;
      found = { ends: new Ends().become(datagram), value: this.#make() };
      this.#table.set(hash, [...alike, found]);
    }
    return { value: found.value, side: found.ends.sideOf(datagram) };
  }

  each(take: (value: T, ends: Ends) => void): void {
    for (const { value, ends } of [...this.#table.values()].flat()) take(value, ends);
  }
}
