import type { Reads, Variants } from '../facts/question.ts';
import { HYPOTHESES, type HypothesisId } from '../windows/hypotheses.ts';

/** The runs of something under every choice of the hypotheses that it really read. */
export type Tree<T> = Leaf<T> | Fork<T>;
export interface Leaf<T> {
  readonly is: 'leaf';
  /** What the run stood under: a variant for each hypothesis that it read. */
  readonly variants: Variants;
  readonly value: T;
}
export interface Fork<T> {
  readonly is: 'fork';
  readonly hypothesis: HypothesisId;
  readonly branches: readonly { readonly variant: string; readonly tree: Tree<T> }[];
}

export interface Run<T> {
  readonly value: T;
  readonly reads: Reads;
}

/** Four hypotheses of two variants make 16 runs; far more means that a question reads what it need not. */
const MOST_RUNS = 64;

/**
 * Runs under the variants given, then splits on the first hypothesis that was read and is not chosen yet.
 * A hypothesis that only one variant of another leads to is split on that side alone.
 */
export function explore<T>(run: (variants: Variants) => Run<T>, from: Variants = NONE_CHOSEN): Tree<T> {
  const first = run(from);
  // Most runs read no open point, and a host with ten thousand records has half a million of them.
  if (first.reads.every((id) => from[id] !== undefined))
    return { is: 'leaf', variants: from, value: first.value };
  let runs = 1;
  const counted = (variants: Variants): Run<T> => {
    runs += 1;
    if (runs > MOST_RUNS) throw new Error(`more than ${MOST_RUNS} combinations of open points`);
    return run(variants);
  };
  const grow = (variants: Variants, { value, reads } = counted(variants)): Tree<T> => {
    const open = reads.find((id) => variants[id] === undefined);
    if (open === undefined) return { is: 'leaf', variants, value };
    return {
      is: 'fork',
      hypothesis: open,
      branches: HYPOTHESES[open].variants.map(({ id }) => ({
        variant: id,
        tree: grow(choosing(variants, open, id)),
      })),
    };
  };
  return grow(from, first);
}

const NONE_CHOSEN: Variants = {};

/** One object for one choice, whoever explores: ten thousand records stand under the same few. */
function choosing(variants: Variants, hypothesis: HypothesisId, variant: string): Variants {
  const next = further.get(variants) ?? new Map<string, Variants>();
  further.set(variants, next);
  const name = `${hypothesis}=${variant}`;
  const chosen = next.get(name) ?? { ...variants, [hypothesis]: variant };
  next.set(name, chosen);
  return chosen;
}

const further = new WeakMap<Variants, Map<string, Variants>>();

export function leavesOf<T>(tree: Tree<T>): Leaf<T>[] {
  return tree.is === 'leaf' ? [tree] : tree.branches.flatMap(({ tree: branch }) => leavesOf(branch));
}
