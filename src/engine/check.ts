import { answerOf, becauseOf, type Known, Unanswered } from '../base/known.ts';
import { ask, listen, type Question, type Reads, type Subject } from '../facts/question.ts';
import type { Diagnosis, Given, Outcome } from './diagnosis.ts';

/** One run of a check under one choice of variants. */
export interface Checked {
  readonly outcome: Outcome;
  /** Hypotheses that the needs which the check touched have read. */
  readonly reads: Reads;
  /** Names of the needs that the check touched. */
  readonly touched: readonly string[];
}

/** Runs a check on one subject after the other: a host may have ten thousand records, and a check a dozen needs. */
export class Checker {
  readonly #diagnosis: Diagnosis;
  readonly #needs: readonly Need<unknown>[];
  readonly #given: Readonly<Record<string, Given<unknown>>>;

  constructor(diagnosis: Diagnosis) {
    this.#diagnosis = diagnosis;
    this.#needs = Object.entries(diagnosis.needs).map(([name, question]) => new Need(name, question));
    this.#given = Object.fromEntries(this.#needs.map((need) => [need.name, need]));
  }

  /** Missing evidence becomes cannot-tell, a throw becomes broken. */
  run(subject: Subject): Checked {
    for (const need of this.#needs) need.open(subject);
    const { value: outcome, reads } = listen(subject, () =>
      attempt(() => this.#diagnosis.check(this.#given)),
    );
    return { outcome, reads, touched: namesOf(this.#needs) };
  }
}

/** A need is asked when it is first touched, so that only what a check really reads can make it depend. */
class Need<T> implements Given<T> {
  readonly name: string;
  readonly #question: Question<T>;
  #subject: Subject | null = null;
  #leaf: Known<T> | null = null;
  isTouched = false;

  constructor(name: string, question: Question<T>) {
    this.name = name;
    this.#question = question;
  }

  open(subject: Subject): void {
    this.#subject = subject;
    this.#leaf = null;
    this.isTouched = false;
  }

  get known(): boolean {
    return this.#read().is === 'known';
  }

  get value(): T {
    return answerOf(this.#read());
  }

  get because(): Given<T>['because'] {
    return becauseOf(this.#read());
  }

  #read(): Known<T> {
    this.isTouched = true;
    this.#leaf ??= ask(this.#subject!, this.#question);
    return this.#leaf;
  }
}

function namesOf(needs: readonly Need<unknown>[]): readonly string[] {
  const names: string[] = [];
  for (const need of needs) if (need.isTouched) names.push(need.name);
  return names;
}

function attempt(check: () => Outcome): Outcome {
  try {
    return check();
  } catch (error) {
    if (error instanceof Unanswered) return { is: 'cannot-tell', wants: [error.wants] };
    return { is: 'broken', error: error instanceof Error ? error.message : String(error) };
  }
}
