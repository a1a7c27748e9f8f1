import { answerOf, becauseOf, type Known, Unanswered } from '../base/known.ts';
import { ask, listen, type Subject } from '../facts/question.ts';
import type { HypothesisId } from '../windows/hypotheses.ts';
import type { Diagnosis, Given, Outcome } from './diagnosis.ts';

/** One run of a check under one choice of variants. */
export interface Checked {
  readonly outcome: Outcome;
  /** Hypotheses that the needs which the check touched have read. */
  readonly reads: ReadonlySet<HypothesisId>;
  /** Names of the needs that the check touched. */
  readonly touched: ReadonlySet<string>;
}

/** Runs the check: missing evidence becomes cannot-tell, a throw becomes broken. */
export function runCheck(diagnosis: Diagnosis, subject: Subject): Checked {
  const touched = new Set<string>();
  const given = Object.fromEntries(
    Object.entries(diagnosis.needs).map(([name, question]) => [
      name,
      handle(
        () => ask(subject, question),
        () => touched.add(name),
      ),
    ]),
  );
  const { value: outcome, reads } = listen(subject, () => attempt(() => diagnosis.check(given)));
  return { outcome, reads, touched };
}

/** A need is asked when it is first touched, so that only what a check really reads can make it depend. */
function handle<T>(leaf: () => Known<T>, touch: () => void): Given<T> {
  const read = () => {
    touch();
    return leaf();
  };
  return {
    get known() {
      return read().is === 'known';
    },
    get value() {
      return answerOf(read());
    },
    get because() {
      return becauseOf(read());
    },
  };
}

function attempt(check: () => Outcome): Outcome {
  try {
    return check();
  } catch (error) {
    if (error instanceof Unanswered) return { is: 'cannot-tell', wants: [error.wants] };
    return { is: 'broken', error: error instanceof Error ? error.message : String(error) };
  }
}
