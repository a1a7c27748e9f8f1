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
  readonly #check: () => Outcome;
  readonly #shared = new Shared();

  constructor(diagnosis: Diagnosis) {
    this.#diagnosis = diagnosis;
    this.#needs = Object.entries(diagnosis.needs).map(([name, question]) => new Need(name, question));
    this.#given = Object.fromEntries(this.#needs.map((need) => [need.name, need]));
    this.#check = () => attempt(() => this.#diagnosis.check(this.#given));
  }

  /** Missing evidence becomes cannot-tell, a throw becomes broken. */
  run(subject: Subject): Checked {
    for (const need of this.#needs) need.open(subject);
    const { value, reads } = listen(subject, this.#check);
    return { outcome: this.#shared.outcome(value), reads, touched: this.#shared.names(this.#needs) };
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

/** What thousands of records have in common is kept once. Bounded by what differs between them. */
class Shared {
  readonly #outcomes = new Map<string, Outcome>();
  readonly #names = new Map<number, readonly string[]>();

  outcome(one: Outcome): Outcome {
    const name =
      one.is === 'not-applicable' ? one.why : one.is === 'cannot-tell' ? one.wants.join('\n') : null;
    if (name === null || (one.is === 'cannot-tell' && one.because)) return one;
    const printed = `${one.is} ${name}`;
    const before = this.#outcomes.get(printed);
    if (before) return before;
    if (this.#outcomes.size < MOST_SHARED) this.#outcomes.set(printed, one);
    return one;
  }

  /** Of the needs that were touched. */
  names(needs: readonly Need<unknown>[]): readonly string[] {
    let touched = 0;
    for (let i = 0; i < needs.length; i++) if (needs[i]!.isTouched) touched += 2 ** i;
    const before = this.#names.get(touched);
    if (before) return before;
    const names = needs.filter((need) => need.isTouched).map(({ name }) => name);
    this.#names.set(touched, names);
    return names;
  }
}

const MOST_SHARED = 1000;

function attempt(check: () => Outcome): Outcome {
  try {
    return check();
  } catch (error) {
    if (error instanceof Unanswered) return { is: 'cannot-tell', wants: [error.wants] };
    return { is: 'broken', error: error instanceof Error ? error.message : String(error) };
  }
}
