import type { Locus } from './locus.ts';

/** A leaf of a half-known host: a value with its evidence, nothing (and what would tell), or two stories. */
export type Known<T> =
  | { readonly is: 'known'; readonly value: T; readonly because: readonly Locus[] }
  | { readonly is: 'unknown'; readonly wants: string }
  | { readonly is: 'conflict'; readonly sides: readonly { value: T; because: readonly Locus[] }[] };

export const known = <T>(value: T, because: readonly Locus[] = []): Known<T> => ({
  is: 'known',
  value,
  because,
});
/** `wants` names the evidence that would tell, as a thing to collect: "output of netsh http show sslcert". */
export const unknown = <T>(wants: string): Known<T> => ({ is: 'unknown', wants });

/**
 * Thrown when a question reads an unknown or disputed leaf; only the engine catches it. No Error: a host with ten
 * thousand records throws it half a million times, and nobody looks at its stack.
 */
export class Unanswered {
  readonly wants: string;
  constructor(wants: string) {
    this.wants = wants;
  }

  get message(): string {
    return `cannot tell, collect: ${this.wants}`;
  }
}

/** The value, or Unanswered. */
export function answerOf<T>(leaf: Known<T>): T {
  if (leaf.is === 'known') return leaf.value;
  throw new Unanswered(openOf(leaf).wants);
}

/**
 * What an answer that rests on this leaf is: as unknown. For questions that thousands of records are asked, instead of
 * Unanswered: throwing costs more than all else they do.
 */
export function openOf(
  leaf: Exclude<Known<unknown>, { is: 'known' }>,
): Extract<Known<never>, { is: 'unknown' }> {
  if (leaf.is === 'unknown') return leaf;
  const where = leaf.sides.flatMap((side) => side.because.slice(0, 1).map((at) => at.source)).join(' and ');
  return { is: 'unknown', wants: `the sources disagree (${where}); collect it again from the host` };
}

/** The evidence of a leaf, of every side when disputed. */
export function becauseOf(leaf: Known<unknown>): readonly Locus[] {
  if (leaf.is === 'known') return leaf.because;
  return leaf.is === 'conflict' ? leaf.sides.flatMap((side) => side.because) : [];
}

export function mapKnown<T, U>(leaf: Known<T>, map: (value: T) => U): Known<U> {
  if (leaf.is === 'known') return known(map(leaf.value), leaf.because);
  if (leaf.is === 'unknown') return leaf;
  return { is: 'conflict', sides: leaf.sides.map((side) => ({ ...side, value: map(side.value) })) };
}
