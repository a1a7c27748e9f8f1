import type { Locus } from '../base/locus.ts';
import type { Contradiction } from '../facts/witness.ts';
import { HYPOTHESES, type HypothesisId } from '../windows/hypotheses.ts';
import type { Outcome } from './diagnosis.ts';
import type { Leaf, Tree } from './fork.ts';

/** What is left of a tree of outcomes when the contradicted leaves are gone. */
export interface Settled {
  readonly outcome: Outcome;
  /** Hypothesis -> which variant remains and what rules the others out. */
  readonly settled: Readonly<Record<string, string>>;
  readonly ruledOut: RuledOut;
}

/** Hypothesis -> variant -> why what was seen contradicts it. */
export type RuledOut = Readonly<Record<string, Readonly<Record<string, string>>>>;

type Fate = Alive | Dead;
interface Alive extends Settled {
  readonly is: 'alive';
}
interface Dead {
  readonly is: 'dead';
  readonly contradictions: readonly Contradiction[];
}

/**
 * Folds the outcomes under all variants into one: all agree, certain; one side contradicted, the other holds;
 * several remain and differ, it depends; none remains, the model does not explain what was seen.
 */
export function settle(
  tree: Tree<Outcome>,
  contradiction: (leaf: Leaf<Outcome>) => Contradiction | null,
): Settled {
  const fate = fold(tree, contradiction);
  if (fate.is === 'dead') return { outcome: unexplained(fate.contradictions), settled: {}, ruledOut: {} };
  const { outcome, settled, ruledOut } = fate;
  return { outcome, settled, ruledOut };
}

function fold(tree: Tree<Outcome>, contradiction: (leaf: Leaf<Outcome>) => Contradiction | null): Fate {
  if (tree.is === 'leaf') {
    const against = contradiction(tree);
    return against
      ? { is: 'dead', contradictions: [against] }
      : { is: 'alive', outcome: tree.value, settled: {}, ruledOut: {} };
  }
  const branches = tree.branches.map((branch) => ({
    variant: branch.variant,
    fate: fold(branch.tree, contradiction),
  }));
  return join(tree.hypothesis, branches);
}

function join(hypothesis: HypothesisId, branches: readonly { variant: string; fate: Fate }[]): Fate {
  const alive: { variant: string; fate: Alive }[] = [];
  const ruledOut: Record<string, string> = {};
  const contradictions: Contradiction[] = [];
  for (const { variant, fate } of branches) {
    if (fate.is === 'alive') {
      alive.push({ variant, fate });
      continue;
    }
    contradictions.push(...fate.contradictions);
    ruledOut[variant] = [...new Set(fate.contradictions.map(({ why }) => why))].join('; ');
  }
  if (alive.length === 0) return { is: 'dead', contradictions };
  const here = alive.length === 1 ? settledBy(hypothesis, alive[0]!.variant, ruledOut) : {};
  const settled = Object.assign({}, here, ...alive.map(({ fate }) => fate.settled));
  const below = alive.map(({ fate }) => fate.ruledOut);
  const gone = Object.keys(ruledOut).length > 0 ? { [hypothesis]: ruledOut } : {};
  const found = { is: 'alive' as const, settled, ruledOut: Object.assign({}, ...below, gone) };
  const outcomes = alive.map(({ fate }) => fate.outcome);
  if (outcomes.every((outcome) => agree(outcome, outcomes[0]!)))
    return { ...found, outcome: merge(outcomes) };
  if (!outcomes.some(mayBeFound)) return { ...found, outcome: undecided(hypothesis, outcomes) };
  return {
    ...found,
    outcome: {
      is: 'depends',
      hypothesis,
      byVariant: Object.fromEntries(alive.map(({ variant, fate }) => [variant, fate.outcome])),
      ruledOut,
      decidedBy: HYPOTHESES[hypothesis].decidedBy,
    },
  };
}

function settledBy(
  hypothesis: HypothesisId,
  variant: string,
  ruledOut: Record<string, string>,
): Record<string, string> {
  const others = Object.entries(ruledOut).map(([other, why]) => `${other} is ruled out: ${why}`);
  return others.length === 0 ? {} : { [hypothesis]: `${variant}; ${others.join('; ')}` };
}

/** The same verdict for the same reasons of state: what was read on the way to it may differ. */
function agree(a: Outcome, b: Outcome): boolean {
  if (a.is !== b.is) return false;
  if (a.is === 'found' && b.is === 'found')
    return (
      plain([a.facts ?? {}, a.changes ?? [], a.likely]) === plain([b.facts ?? {}, b.changes ?? [], b.likely])
    );
  return a.is === 'depends' || a.is === 'broken' ? plain(a) === plain(b) : true;
}

function mayBeFound(outcome: Outcome): boolean {
  if (outcome.is === 'depends') return Object.values(outcome.byVariant).some(mayBeFound);
  return outcome.is === 'found' || outcome.is === 'broken';
}

/** No variant finds anything: healthy under all, or one of them lacks evidence. That is no open finding. */
function undecided(hypothesis: HypothesisId, outcomes: readonly Outcome[]): Outcome {
  const unsure = outcomes.filter((outcome) => outcome.is === 'cannot-tell');
  const [first] = unsure;
  if (!first) return outcomes.find((outcome) => outcome.is === 'clear') ?? outcomes[0]!;
  const wants = [...unsure.flatMap((outcome) => outcome.wants), HYPOTHESES[hypothesis].decidedBy];
  return { ...first, wants: [...new Set(wants)] };
}

const plain = (value: unknown): string => JSON.stringify(value);

function merge(outcomes: readonly Outcome[]): Outcome {
  const first = outcomes[0]!;
  if (first.is !== 'cannot-tell') return first;
  const wants = outcomes.flatMap((outcome) => (outcome.is === 'cannot-tell' ? outcome.wants : []));
  return { ...first, wants: [...new Set(wants)] };
}

function unexplained(contradictions: readonly Contradiction[]): Outcome {
  const whys = [...new Set(contradictions.map(({ why }) => why))].join('; ');
  const because: Locus[] = [];
  for (const at of contradictions.flatMap((one) => one.because))
    if (!because.some((known) => plain(known) === plain(at))) because.push(at);
  return {
    is: 'cannot-tell',
    wants: [
      `the model does not explain what was seen (${whys}); take the probe and the host's evidence again`,
    ],
    because,
  };
}
