import { openSubject, type Subject, sisterOf, type Variants } from '../facts/question.ts';
import { idOf, recordsShown } from '../facts/records.ts';
import type { Picture } from '../picture/picture.ts';
import type { Host } from '../windows/host.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import type { HypothesisId } from '../windows/hypotheses.ts';

/** A record or a host, by name. `host` is empty when the picture holds none. */
export interface SubjectRef {
  readonly host: string;
  readonly key?: BindingKey;
}

/** The subjects of one host, one for each record and choice of variants, so that answers are shared. */
export class Subjects {
  readonly host: Host;
  readonly picture: Picture;
  readonly #open = new Map<string, Subject>();
  readonly #byChoice = new Map<Variants, Subject>();
  readonly #refs = new Map<BindingKey, SubjectRef>();
  #keys: readonly BindingKey[] | undefined;

  constructor(picture: Picture, host: Host) {
    this.picture = picture;
    this.host = host;
  }

  under(key: BindingKey | undefined, variants: Variants): Subject {
    const before = this.#byChoice.get(variants);
    if (before) return sisterOf(before, key);
    // Who chooses what the host assumes anyway gets the same answers.
    const { assume } = this.host;
    const chosen = Object.fromEntries(
      Object.entries(variants).filter(([id, variant]) => assume.variant(id as HypothesisId) !== variant),
    );
    const name = printVariants(chosen);
    const subject = this.#open.get(name) ?? openSubject(this.picture, this.host, undefined, chosen);
    this.#open.set(name, subject);
    this.#byChoice.set(variants, subject);
    return sisterOf(subject, key);
  }

  /** What the evaluations of one record call it by. */
  refTo(key: BindingKey | undefined): SubjectRef {
    if (!key) return { host: this.host.name };
    const before = this.#refs.get(key);
    if (before) return before;
    const ref = { host: this.host.name, key };
    this.#refs.set(key, ref);
    return ref;
  }

  /** Keys of all records that were seen, of both sides where two listings disagree. */
  keys(): readonly BindingKey[] {
    this.#keys ??= keysOf(this.host);
    return this.#keys;
  }
}

function keysOf(host: Host): BindingKey[] {
  const { bindings } = host;
  const records =
    bindings.is === 'conflict' ? bindings.sides.flatMap((side) => side.value) : recordsShown(host);
  return [...new Map(records.map(({ key }) => [idOf(key), key])).values()];
}

export function printVariants(variants: Variants): string {
  const before = names.get(variants);
  if (before !== undefined) return before;
  const name = Object.entries(variants)
    .map(([id, variant]) => `${id}=${variant}`)
    .sort()
    .join(' ');
  names.set(variants, name);
  return name;
}

const names = new WeakMap<Variants, string>();
