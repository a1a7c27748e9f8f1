import { Unanswered } from '../base/known.ts';
import { listen, type Subject, type Variants } from '../facts/question.ts';
import type { Contradiction, Witness } from '../facts/witness.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { printKey, sameKey } from '../windows/http-sys/key.ts';
import { explore, leavesOf } from './fork.ts';
import { printVariants, type Subjects } from './subjects.ts';

/**
 * What the witnesses say of a host. A hypothesis is about how the machine behaves, so that what was seen at one
 * of its records counts for all; but a record's own evidence goes before that of the others.
 */
export class Testimony {
  readonly #witnesses: readonly Witness[];
  readonly #subjects: Subjects;
  readonly #heard = new Map<string, Contradiction | null>();
  readonly #everywhere = new Map<string, readonly { key: BindingKey; said: Contradiction }[]>();

  constructor(witnesses: readonly Witness[], subjects: Subjects) {
    this.#witnesses = witnesses;
    this.#subjects = subjects;
  }

  /** The contradictions of each of these choices of variants, null where there is none. */
  against(key: BindingKey | undefined, choices: readonly Variants[]): (Contradiction | null)[] {
    const own = choices.map((variants) => this.#at(key, variants));
    if (own.some((one) => one !== null)) return own;
    return choices.map((variants) => {
      const other = this.#anywhere(variants).find((one) => !key || !sameKey(one.key, key));
      return other ? { ...other.said, why: `${other.said.why} (at ${printKey(other.key)})` } : null;
    });
  }

  #anywhere(variants: Variants): readonly { key: BindingKey; said: Contradiction }[] {
    const name = printVariants(variants);
    const before = this.#everywhere.get(name);
    if (before) return before;
    const all = this.#subjects.keys().flatMap((key) => {
      const said = this.#at(key, variants);
      return said ? [{ key, said }] : [];
    });
    this.#everywhere.set(name, all);
    return all;
  }

  #at(key: BindingKey | undefined, variants: Variants): Contradiction | null {
    const name = `${key ? printKey(key) : ''} ${printVariants(variants)}`;
    const before = this.#heard.get(name);
    if (before !== undefined) return before;
    const said = this.#hear(key, variants);
    this.#heard.set(name, said);
    return said;
  }

  /** A witness that must assume more than the choice contradicts it only when it does so either way. */
  #hear(key: BindingKey | undefined, variants: Variants): Contradiction | null {
    if (!key) return null;
    for (const witness of this.#witnesses) {
      if (variants[witness.hypothesis] === undefined) continue;
      const said = leavesOf(
        explore((assumed) => {
          const subject = this.#subjects.under(key, assumed);
          return listen(subject, () => contradictionBy(witness, subject));
        }, variants),
      ).map((leaf) => leaf.value);
      if (said.every((one) => one !== null)) return merged(said);
    }
    return null;
  }
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
