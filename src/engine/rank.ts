import { idOf } from '../facts/records.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { printKey, sameKey } from '../windows/http-sys/key.ts';
import type { Outcome, Severity } from './diagnosis.ts';
import type { Evaluation } from './evaluate.ts';

const BY_OUTCOME: Readonly<Record<Outcome['is'], number>> = {
  found: 0,
  depends: 1,
  broken: 2,
  'cannot-tell': 3,
  clear: 4,
  'not-applicable': 5,
};
const BY_SEVERITY: Readonly<Record<Severity, number>> = { 'blocks-logon': 0, weakens: 1, notice: 2 };

/** Found first and by severity; within the same outcome a cause comes before what it explains. */
export function rank(evaluations: readonly Evaluation[]): Evaluation[] {
  const sorted = inOrder(evaluations);
  const open = sorted.findIndex((one) => !isOpen(one));
  const rest = open < 0 ? [] : sorted.slice(open);
  const explanations = new Explanations(sorted);
  const ranked = new Set<Evaluation>();
  const visit = (one: Evaluation, waiting: readonly Evaluation[]): void => {
    if (ranked.has(one) || waiting.includes(one)) return;
    for (const cause of explanations.causesOf(one)) visit(cause, [...waiting, one]);
    ranked.add(one);
  };
  // Only what is open, and so stands before the rest, explains or is explained.
  for (const one of open < 0 ? sorted : sorted.slice(0, open)) visit(one, []);
  return [...ranked, ...rest];
}

/** By outcome and severity, then by diagnosis, host and record. Ten thousand records come up in every diagnosis. */
function inOrder(evaluations: readonly Evaluation[]): Evaluation[] {
  const groups = new Map<string, Evaluation[]>();
  for (const one of evaluations) {
    const group = `${weigh(one)} ${one.diagnosis.id} ${one.subject.host}`;
    groups.set(group, push(groups.get(group), one));
  }
  const places = placesOf(evaluations);
  const placeOf = ({ subject: { key } }: Evaluation): number => (key ? places.get(key)! : -1);
  return [...groups.values()]
    .sort(([a], [b]) => weigh(a!) - weigh(b!) || compare(groupOf(a!), groupOf(b!)))
    .flatMap((group) => group.sort((a, b) => placeOf(a) - placeOf(b)));
}

/** The place of each record among all, by its name. */
function placesOf(evaluations: readonly Evaluation[]): ReadonlyMap<BindingKey, number> {
  const keys = [...new Set(evaluations.flatMap(({ subject: { key } }) => key ?? []))];
  const named = keys.map((key) => ({ key, name: printKey(key) })).sort((a, b) => compare(a.name, b.name));
  const places = new Map<BindingKey, number>();
  let place = 0;
  for (const [i, { key, name }] of named.entries()) {
    if (i > 0 && named[i - 1]!.name !== name) place = i;
    places.set(key, place);
  }
  return places;
}

/** Whether a finding accounts for another, which may then be settled or not: on the same record, or one of the two is about the host or the exchange. */
export function explains(cause: Evaluation, effect: Evaluation): boolean {
  if (cause === effect || !isOpen(effect) || !isOpen(cause)) return false;
  if (cause.outcome.is === 'depends' && effect.outcome.is === 'found') return false;
  if (!(cause.diagnosis.explains ?? []).includes(effect.diagnosis.id)) return false;
  const [a, b] = [cause.subject, effect.subject];
  const together = cause.diagnosis.about === 'exchange' || effect.diagnosis.about === 'exchange';
  return together || (a.host === b.host && (!a.key || !b.key || sameKey(a.key, b.key)));
}

/** Which of many evaluations account for which. A host may have ten thousand records: found by what they are about. */
export class Explanations {
  /** Of the open ones. */
  readonly #order = new Map<Evaluation, number>();
  /** Open ones, by diagnosis; by diagnosis and host; by diagnosis, host and record (or none). */
  readonly #open = new Map<string, Evaluation[]>();
  /** Diagnosis -> those that may account for it. */
  readonly #causes = new Map<string, Set<string>>();

  constructor(evaluations: readonly Evaluation[]) {
    for (const one of evaluations) {
      if (!isOpen(one)) continue;
      this.#order.set(one, this.#order.size);
      this.#add(one);
    }
  }

  /** In the order of the evaluations. */
  causesOf(effect: Evaluation): Evaluation[] {
    const causes = isOpen(effect) ? (this.#causes.get(effect.diagnosis.id) ?? []) : [];
    return this.#near(causes, effect).filter((cause) => explains(cause, effect));
  }

  effectsOf(cause: Evaluation): Evaluation[] {
    const effects = isOpen(cause) ? (cause.diagnosis.explains ?? []) : [];
    return this.#near(effects, cause).filter((effect) => explains(cause, effect));
  }

  #add(one: Evaluation): void {
    const { id, explains: effects = [] } = one.diagnosis;
    const { host, key } = one.subject;
    for (const place of [id, `${id}\n${host}`, `${id}\n${host}\n${key ? idOf(key) : ''}`])
      this.#open.set(place, push(this.#open.get(place), one));
    for (const effect of effects)
      this.#causes.set(effect, (this.#causes.get(effect) ?? new Set<string>()).add(id));
  }

  /** Of these diagnoses all that may have to do with the other: those elsewhere are left out. */
  #near(diagnoses: Iterable<string>, { diagnosis, subject: { host, key } }: Evaluation): Evaluation[] {
    const near = [...diagnoses].flatMap((id) => {
      const [one] = this.#open.get(id) ?? [];
      if (!one) return [];
      if (diagnosis.about === 'exchange' || one.diagnosis.about === 'exchange') return this.#open.get(id)!;
      const places = key ? [`${id}\n${host}\n${idOf(key)}`, `${id}\n${host}\n`] : [`${id}\n${host}`];
      return places.flatMap((place) => this.#open.get(place) ?? []);
    });
    return near.sort((a, b) => this.#order.get(a)! - this.#order.get(b)!);
  }
}

function push<T>(list: T[] | undefined, one: T): T[] {
  if (!list) return [one];
  list.push(one);
  return list;
}

const isOpen = ({ outcome }: Evaluation): boolean => outcome.is === 'found' || outcome.is === 'depends';

const weigh = ({ outcome, diagnosis }: Evaluation): number =>
  BY_OUTCOME[outcome.is] * 10 + BY_SEVERITY[diagnosis.severity];

const groupOf = ({ diagnosis, subject }: Evaluation): string => `${diagnosis.id} ${subject.host}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
