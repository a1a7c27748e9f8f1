import { Unanswered } from '../base/known.ts';
import type { Locus } from '../base/locus.ts';
import { listen, openSubject, type Subject, type Variants } from '../facts/question.ts';
import type { Contradiction, Witness } from '../facts/witness.ts';
import type { Picture } from '../picture/picture.ts';
import type { Host } from '../windows/host.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { printKey } from '../windows/http-sys/key.ts';
import { type Checked, runCheck } from './check.ts';
import type { Diagnosis, Outcome } from './diagnosis.ts';
import { explore, type Leaf, leavesOf, type Tree } from './fork.ts';
import { settle } from './settle.ts';

export type { Contradiction, Witness } from '../facts/witness.ts';

export interface Evaluation {
  readonly diagnosis: Diagnosis;
  /** `host` is empty when the picture holds none. */
  readonly subject: { readonly host: string; readonly key?: BindingKey };
  readonly outcome: Outcome;
  /** Hypothesis -> the variant that remains, and what rules the others out. */
  readonly settled: Readonly<Record<string, string>>;
  /** Needs that the check touched, under any variant. */
  readonly touched: readonly string[];
}

/** Every diagnosis on every subject of the picture. A diagnosis without any subject cannot tell. */
export function evaluate(
  diagnoses: readonly Diagnosis[],
  witnesses: readonly Witness[],
  picture: Picture,
): Evaluation[] {
  if (picture.hosts.length === 0) return diagnoses.map((diagnosis) => nothingSeen(diagnosis, '', NO_HOST));
  return picture.hosts.flatMap((host) => {
    const subjects = new Subjects(picture, host);
    return diagnoses.flatMap((diagnosis) => onHost(diagnosis, witnesses, subjects));
  });
}

const NO_HOST = 'the evidence of a Windows host: output of netsh http show sslcert, to begin with';
const NO_RECORD =
  'output of netsh http show sslcert from the host that answers: the listing given is whole and has no record';

function onHost(diagnosis: Diagnosis, witnesses: readonly Witness[], subjects: Subjects): Evaluation[] {
  const { host } = subjects;
  if (diagnosis.about === 'host') return [evaluateOne(diagnosis, witnesses, subjects, undefined)];
  const { bindings } = host;
  if (bindings.is === 'unknown') return [nothingSeen(diagnosis, host.name, bindings.wants)];
  const records = bindings.is === 'known' ? bindings.value : bindings.sides.flatMap((side) => side.value);
  if (records.length === 0) return [nothingSeen(diagnosis, host.name, NO_RECORD)];
  const keys = new Map(records.map(({ key }) => [printKey(key).toLowerCase(), key]));
  return [...keys.values()].map((key) => evaluateOne(diagnosis, witnesses, subjects, key));
}

function nothingSeen(diagnosis: Diagnosis, host: string, wants: string): Evaluation {
  return {
    diagnosis,
    subject: { host },
    outcome: { is: 'cannot-tell', wants: [wants] },
    settled: {},
    touched: [],
  };
}

function evaluateOne(
  diagnosis: Diagnosis,
  witnesses: readonly Witness[],
  subjects: Subjects,
  key: BindingKey | undefined,
): Evaluation {
  const subject = { host: subjects.host.name, ...(key ? { key } : {}) };
  try {
    const tree = explore((variants) => {
      const checked = runCheck(diagnosis, subjects.under(key, variants));
      return { value: checked, reads: checked.reads };
    });
    const against = (leaf: Leaf<Outcome>) => contradictionOf(leaf.variants, witnesses, subjects, key);
    const touched = new Set(leavesOf(tree).flatMap(({ value }) => [...value.touched]));
    return { diagnosis, subject, ...settle(outcomesOf(tree), against), touched: [...touched] };
  } catch (error) {
    const broken = error instanceof Error ? error.message : String(error);
    return { diagnosis, subject, outcome: { is: 'broken', error: broken }, settled: {}, touched: [] };
  }
}

function outcomesOf(tree: Tree<Checked>): Tree<Outcome> {
  if (tree.is === 'leaf') return { ...tree, value: tree.value.outcome };
  return {
    ...tree,
    branches: tree.branches.map(({ variant, tree: branch }) => ({ variant, tree: outcomesOf(branch) })),
  };
}

/**
 * A choice of variants is contradicted when a witness of one of its hypotheses contradicts it whatever the
 * witness itself has to assume beyond that choice.
 */
function contradictionOf(
  variants: Variants,
  witnesses: readonly Witness[],
  subjects: Subjects,
  key: BindingKey | undefined,
): Contradiction | null {
  for (const witness of witnesses) {
    if (variants[witness.hypothesis] === undefined) continue;
    const said = leavesOf(
      explore((assumed) => {
        const subject = subjects.under(key, assumed);
        return listen(subject, () => hear(witness, subject));
      }, variants),
    ).map((leaf) => leaf.value);
    if (said.every((one) => one !== null)) return merged(said as Contradiction[]);
  }
  return null;
}

function hear(witness: Witness, subject: Subject): Contradiction | null {
  try {
    return witness.contradicts(subject);
  } catch (error) {
    if (error instanceof Unanswered) return null;
    throw error;
  }
}

function merged(said: readonly Contradiction[]): Contradiction {
  const because: Locus[] = said.flatMap((one) => one.because);
  return { why: [...new Set(said.map((one) => one.why))].join('; '), because };
}

/** The subjects of one host, one for each record and choice of variants, so that answers are shared. */
class Subjects {
  readonly host: Host;
  readonly #picture: Picture;
  readonly #open = new Map<string, Subject>();

  constructor(picture: Picture, host: Host) {
    this.#picture = picture;
    this.host = host;
  }

  under(key: BindingKey | undefined, variants: Variants): Subject {
    const chosen = Object.entries(variants).sort(([a], [b]) => (a < b ? -1 : 1));
    const name = JSON.stringify([key ?? null, chosen]);
    const before = this.#open.get(name);
    if (before) return before;
    const subject = openSubject(this.#picture, this.host, key, variants);
    this.#open.set(name, subject);
    return subject;
  }
}
