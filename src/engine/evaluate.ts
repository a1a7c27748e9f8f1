import type { Contradiction, Witness } from '../facts/witness.ts';
import type { Picture } from '../picture/picture.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { type Checked, runCheck } from './check.ts';
import type { Diagnosis, Outcome } from './diagnosis.ts';
import { explore, leavesOf, type Tree } from './fork.ts';
import { type RuledOut, settle } from './settle.ts';
import { printVariants, Subjects } from './subjects.ts';
import { Testimony } from './testimony.ts';

export type { Contradiction, Witness } from '../facts/witness.ts';
export type { RuledOut } from './settle.ts';

export interface Evaluation {
  readonly diagnosis: Diagnosis;
  /** `host` is empty when the picture holds none. */
  readonly subject: { readonly host: string; readonly key?: BindingKey };
  readonly outcome: Outcome;
  /** Hypothesis -> the variant that remains, and what rules the others out: a sentence. */
  readonly settled: Readonly<Record<string, string>>;
  /** The same for the machine: hypothesis -> variant -> why, also where more than one remains. */
  readonly ruledOut: RuledOut;
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
    const testimony = new Testimony(witnesses, subjects);
    return diagnoses.flatMap((diagnosis) => onHost(diagnosis, subjects, testimony));
  });
}

const NO_HOST = 'the evidence of a Windows host: output of `netsh http show sslcert`, to begin with';
const NO_RECORD =
  'output of `netsh http show sslcert` from the host that answers: the listing given is whole and has no record';

function onHost(diagnosis: Diagnosis, subjects: Subjects, testimony: Testimony): Evaluation[] {
  const { host } = subjects;
  if (diagnosis.about === 'host') return [evaluateOne(diagnosis, subjects, testimony, undefined)];
  const { bindings } = host;
  const shown = subjects.keys().map((key) => evaluateOne(diagnosis, subjects, testimony, key));
  // What a listing does not show, or a cut one may have had, is not healthy either.
  if (bindings.is === 'unknown') return [...shown, nothingSeen(diagnosis, host.name, bindings.wants)];
  return shown.length > 0 ? shown : [nothingSeen(diagnosis, host.name, NO_RECORD)];
}

function nothingSeen(diagnosis: Diagnosis, host: string, wants: string): Evaluation {
  return { diagnosis, subject: { host }, outcome: { is: 'cannot-tell', wants: [wants] }, ...NOTHING };
}

const NOTHING = { settled: {}, ruledOut: {}, touched: [] };

function evaluateOne(
  diagnosis: Diagnosis,
  subjects: Subjects,
  testimony: Testimony,
  key: BindingKey | undefined,
): Evaluation {
  const subject = { host: subjects.host.name, ...(key ? { key } : {}) };
  try {
    const tree = explore((variants) => {
      const checked = runCheck(diagnosis, subjects.under(key, variants));
      return { value: checked, reads: checked.reads };
    });
    const leaves = leavesOf(tree);
    const said = testimony.against(
      key,
      leaves.map(({ variants }) => variants),
    );
    const against = new Map<string, Contradiction | null>(
      leaves.map(({ variants }, i) => [printVariants(variants), said[i] ?? null]),
    );
    const touched = [...new Set(leaves.flatMap(({ value }) => [...value.touched]))];
    const settled = settle(outcomesOf(tree), ({ variants }) => against.get(printVariants(variants)) ?? null);
    return { diagnosis, subject, ...settled, touched };
  } catch (error) {
    const broken = error instanceof Error ? error.message : String(error);
    return { diagnosis, subject, outcome: { is: 'broken', error: broken }, ...NOTHING };
  }
}

function outcomesOf(tree: Tree<Checked>): Tree<Outcome> {
  if (tree.is === 'leaf') return { ...tree, value: tree.value.outcome };
  return {
    ...tree,
    branches: tree.branches.map(({ variant, tree: branch }) => ({ variant, tree: outcomesOf(branch) })),
  };
}
