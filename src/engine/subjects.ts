import { openSubject, type Subject, sisterOf, type Variants } from '../facts/question.ts';
import { idOf, recordsShown } from '../facts/records.ts';
import type { Picture } from '../picture/picture.ts';
import type { Host } from '../windows/host.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';

/** The subjects of one host, one for each record and choice of variants, so that answers are shared. */
export class Subjects {
  readonly host: Host;
  readonly #picture: Picture;
  readonly #open = new Map<string, Subject>();
  #keys: readonly BindingKey[] | undefined;

  constructor(picture: Picture, host: Host) {
    this.#picture = picture;
    this.host = host;
  }

  under(key: BindingKey | undefined, variants: Variants): Subject {
    const name = printVariants(variants);
    const subject = this.#open.get(name) ?? openSubject(this.#picture, this.host, undefined, variants);
    this.#open.set(name, subject);
    return sisterOf(subject, key);
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
  const chosen = Object.entries(variants);
  if (chosen.length === 0) return '';
  return chosen
    .map(([id, variant]) => `${id}=${variant}`)
    .sort()
    .join(' ');
}
