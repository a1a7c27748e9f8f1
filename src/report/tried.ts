import type { Outcome } from '../engine/diagnosis.ts';
import type { Evaluation } from '../engine/evaluate.ts';
import type { Picture } from '../picture/picture.ts';

/** "Collect X" is no help where collecting X was tried and failed: then it says so, and why. */
export function withTried(evaluation: Evaluation, picture: Picture): Evaluation {
  const { host } = evaluation.subject;
  const tried = (picture.notCollected ?? []).filter((one) => one.host === host);
  if (tried.length === 0) return evaluation;
  const told = (want: string): string => {
    // Questions differ in what they say behind the thing itself: how to get it, from which time.
    const failed = tried.find(({ wants }) => wants !== undefined && want.startsWith(wants.split(' (')[0]!));
    return failed ? `${want} (tried and failed: ${failed.problem})` : want;
  };
  return { ...evaluation, outcome: mapWants(evaluation.outcome, told) };
}

function mapWants(outcome: Outcome, map: (want: string) => string): Outcome {
  if (outcome.is === 'cannot-tell') return { ...outcome, wants: outcome.wants.map(map) };
  if (outcome.is !== 'depends') return outcome;
  const under = Object.entries(outcome.byVariant).map(([variant, one]) => [variant, mapWants(one, map)]);
  return { ...outcome, byVariant: Object.fromEntries(under) };
}
