import { answerOf, type Known, known } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';

/** Reads leaves for one question and remembers the evidence of each, so that the answer carries it. */
export class Trail {
  readonly #loci = new Map<string, Locus>();

  /** The value of a leaf; Unanswered when it is unknown or disputed. */
  read<T>(leaf: Known<T>): T {
    const value = answerOf(leaf);
    if (leaf.is === 'known') this.note(leaf.because);
    return value;
  }

  /** Adds evidence that was used beside the leaves, each place once. */
  note(loci: readonly Locus[]): void {
    for (const at of loci) this.#loci.set(JSON.stringify([at.source, at.line, at.byte, at.text]), at);
  }

  answer<T>(value: T): Known<T> {
    return known(value, [...this.#loci.values()]);
  }
}
