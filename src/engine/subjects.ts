import { openSubject, type Subject, type Variants } from '../facts/question.ts';
import type { Picture } from '../picture/picture.ts';
import type { Host } from '../windows/host.ts';
import type { BindingKey, SslBinding } from '../windows/http-sys/binding.ts';
import { printKey } from '../windows/http-sys/key.ts';

/** The subjects of one host, one for each record and choice of variants, so that answers are shared. */
export class Subjects {
  readonly host: Host;
  readonly #picture: Picture;
  readonly #open = new Map<string, Subject>();

  constructor(picture: Picture, host: Host) {
    this.#picture = picture;
    this.host = host;
  }

  under(key: BindingKey | undefined, variants: Variants): Subject {
    const name = `${key ? printKey(key) : ''} ${printVariants(variants)}`;
    const before = this.#open.get(name);
    if (before) return before;
    const subject = openSubject(this.#picture, this.host, key, variants);
    this.#open.set(name, subject);
    return subject;
  }

  /** Keys of all records, of both sides where two listings disagree; undefined when no listing was whole. */
  keys(): BindingKey[] | undefined {
    const { bindings } = this.host;
    if (bindings.is === 'unknown') return undefined;
    const records: readonly SslBinding[] =
      bindings.is === 'known' ? bindings.value : bindings.sides.flatMap((side) => side.value);
    return [...new Map(records.map(({ key }) => [printKey(key).toLowerCase(), key])).values()];
  }
}

export const printVariants = (variants: Variants): string =>
  Object.entries(variants)
    .map(([id, variant]) => `${id}=${variant}`)
    .sort()
    .join(' ');
