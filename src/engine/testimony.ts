import { Unanswered } from '../base/known.ts';
import { listen, type Subject, type Variants } from '../facts/question.ts';
import type { Contradiction, Witness } from '../facts/witness.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { printKey, sameKey } from '../windows/http-sys/key.ts';
import { explore, leavesOf } from './fork.ts';
import { printVariants, type Subjects } from './subjects.ts';

/**
 * What the witnesses say of a host. A hypothesis is about how the machine behaves, so that what was seen at one
 * of its records counts for all; but what a witness says at a record goes before what it says at the others.
 */
export class Testimony {
  readonly #witnesses: readonly Heard[];
  readonly #subjects: Subjects;

  constructor(witnesses: readonly Witness[], subjects: Subjects) {
    this.#witnesses = witnesses
      .filter((witness) => witness.hasSeen?.(subjects.picture) ?? true)
      .map((witness) => ({ witness, at: new Map(), anywhere: new Map() }));
    this.#subjects = subjects;
  }

  /** The contradictions of each of these choices of variants, null where there is none. */
  against(key: BindingKey | undefined, choices: readonly Variants[]): (Contradiction | null)[] {
    const told = this.#witnesses.map((one) => this.#byOne(one, key, choices));
    return choices.map((_, i) => told.find((said) => said[i])?.[i] ?? null);
  }

  #byOne(one: Heard, key: BindingKey | undefined, choices: readonly Variants[]): (Contradiction | null)[] {
    const own = choices.map((variants) => this.#at(one, key, variants));
    if (own.some((said) => said !== null)) return own;
    return choices.map((variants) => {
      const other = this.#anywhere(one, variants).find((there) => !key || !sameKey(there.key, key));
      return other ? { ...other.said, why: `${other.said.why} (at ${printKey(other.key)})` } : null;
    });
  }

  #anywhere(one: Heard, variants: Variants): readonly Spoken[] {
    const name = printVariants(variants);
    const before = one.anywhere.get(name);
    if (before) return before;
    const all = this.#subjects.keys().flatMap((key) => {
      const said = this.#at(one, key, variants);
      return said ? [{ key, said }] : [];
    });
    one.anywhere.set(name, all);
    return all;
  }

  /** A witness that must assume more than the choice contradicts it only when it does so either way. */
  #at(one: Heard, key: BindingKey | undefined, variants: Variants): Contradiction | null {
    if (!key || variants[one.witness.hypothesis] === undefined) return null;
    const under = printVariants(variants);
    const at = one.at.get(under) ?? new Map<BindingKey, Contradiction | null>();
    one.at.set(under, at);
    const before = at.get(key);
    if (before !== undefined) return before;
    const said = leavesOf(
      explore((assumed) => {
        const subject = this.#subjects.under(key, assumed);
        return listen(subject, () => contradictionBy(one.witness, subject));
      }, variants),
    ).map((leaf) => leaf.value);
    const all = said.every((each) => each !== null) ? merged(said) : null;
    at.set(key, all);
    return all;
  }
}

interface Spoken {
  readonly key: BindingKey;
  readonly said: Contradiction;
}

/** A witness with what it was heard to say, by choice of variants and record. */
interface Heard {
  readonly witness: Witness;
  readonly at: Map<string, Map<BindingKey, Contradiction | null>>;
  readonly anywhere: Map<string, readonly Spoken[]>;
}

function contradictionBy(witness: Witness, subject: Subject): Contradiction | null {
  try {
    return witness.contradicts(subject);
  } catch (error) {
    if (error instanceof Unanswered) return null;
    throw error;
  }
}

function merged(said: readonly Contradiction[]): Contradiction {
  return {
    why: [...new Set(said.map((one) => one.why))].join('; '),
    because: said.flatMap((one) => one.because),
  };
}
