import { answerOf, type Known, known } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';

/** Reads leaves for one question and remembers the evidence of each, so that the answer carries it. */
export class Trail {
  readonly #loci: Locus[] = [];
  /** Of all of them, once they are many. */
  #places: Set<string> | null = null;

  /** The value of a leaf; Unanswered when it is unknown or disputed. */
  read<T>(leaf: Known<T>): T {
    const value = answerOf(leaf);
    if (leaf.is === 'known') this.note(leaf.because);
    return value;
  }

  /** Adds evidence that was used beside the leaves, each place once. */
  note(loci: readonly Locus[]): void {
    for (const at of loci) if (!this.#has(at)) this.#loci.push(at);
  }

  answer<T>(value: T): Known<T> {
    return known(value, this.#loci.slice());
  }

  #has(at: Locus): boolean {
    if (this.#loci.length < MANY) return this.#loci.some((one) => one === at || isSamePlace(one, at));
    this.#places ??= new Set(this.#loci.map(printPlace));
    const place = printPlace(at);
    return this.#places.has(place) || !this.#places.add(place);
  }
}

/** Most answers rest on two or three places. */
const MANY = 12;

const isSamePlace = (a: Locus, b: Locus): boolean =>
  a.line === b.line && a.byte === b.byte && a.source === b.source && a.text === b.text;

const printPlace = ({ source, line, byte, text }: Locus): string =>
  JSON.stringify([source, line, byte, text]);
