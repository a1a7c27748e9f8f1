import type { Known } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import type { Claim } from '../evidence/claims.ts';
import type { Reading } from '../evidence/read.ts';
import { ageOrder } from './when-taken.ts';

/** Evidence taken within an hour is one snapshot: within it a disagreement is a conflict, before it history. */
const SNAPSHOT = 3_600_000;

/** One source's word on one leaf. */
export interface Word<T> {
  readonly leaf: Known<T>;
  readonly reading: Reading;
}

export interface Settled<T> {
  readonly leaf: Known<T>;
  /** Words older than the newest snapshot that say something else. */
  readonly superseded: readonly Word<T>[];
}

/** The newest snapshot's answer; null when nobody said a word. `same` compares two values. */
export function settle<T>(words: readonly Word<T>[], same: (a: T, b: T) => boolean): Settled<T> | null {
  if (words.length === 0) return null;
  const { current, older } = bySnapshot(words, (word) => word.reading);
  const sides: { value: T; because: readonly Locus[] }[] = [];
  for (const { leaf } of current) {
    if (leaf.is !== 'known') continue;
    const at = sides.findIndex((side) => same(side.value, leaf.value));
    if (at < 0) sides.push({ value: leaf.value, because: leaf.because });
    else sides[at] = { ...sides[at]!, because: [...sides[at]!.because, ...leaf.because] };
  }
  const [first] = sides;
  const leaf: Known<T> = !first
    ? current[0]!.leaf
    : sides.length === 1
      ? { is: 'known', ...first }
      : { is: 'conflict', sides };
  const superseded = older.filter(
    (word) => word.leaf.is === 'known' && !(first && same(word.leaf.value, first.value)),
  );
  return { leaf, superseded };
}

/** Parts what belongs to the newest snapshot; what has no time does. */
export function bySnapshot<T>(
  all: readonly T[],
  readingOf: (one: T) => Reading,
): { current: T[]; older: T[] } {
  const orders = all.map((one) => ageOrder(readingOf(one)));
  const known = orders.filter((order) => order !== undefined);
  const timed = Math.max(...known);
  // Beside a file that its name calls earlier, one without a time is a later one.
  const newest = known.length < all.length ? Math.max(timed, 0) : timed;
  const isOld = (order: number | undefined): boolean => (order ?? newest) < newest - SNAPSHOT;
  return { current: all.filter((_, i) => !isOld(orders[i])), older: all.filter((_, i) => isOld(orders[i])) };
}

/** Whether a reading is from a later snapshot than another. */
export function isLater(a: Reading, b: Reading): boolean {
  const [mine, its] = [ageOrder(a), ageOrder(b)];
  return (mine ?? 0) > (its ?? mine ?? 0) + SNAPSHOT;
}

/** The claims of one kind. */
export function claimsThat<S extends Claim['says']>(
  reading: Reading,
  says: S,
): readonly Extract<Claim, { says: S }>[] {
  return (byKind(reading.claims).get(says) ?? []) as Extract<Claim, { says: S }>[];
}

/** Thirty kinds are asked for, and a listing of ten thousand records makes a quarter of a million claims. */
const kinds = new WeakMap<readonly Claim[], ReadonlyMap<Claim['says'], readonly Claim[]>>();

function byKind(claims: readonly Claim[]): ReadonlyMap<Claim['says'], readonly Claim[]> {
  const before = kinds.get(claims);
  if (before) return before;
  const groups = groupBy(claims, ({ says }) => says);
  kinds.set(claims, groups);
  return groups;
}

/** Items by a key, in their order. */
export function groupBy<T, K extends string>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
