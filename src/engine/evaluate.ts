import type { Contradiction, Witness } from '../facts/witness.ts';
import type { Picture } from '../picture/picture.ts';
import { emptyHost } from '../windows/host.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { type Checked, Checker } from './check.ts';
import type { Diagnosis, Outcome } from './diagnosis.ts';
import { explore, leavesOf, type Tree } from './fork.ts';
import { type RuledOut, settle } from './settle.ts';
import { printVariants, type SubjectRef, Subjects } from './subjects.ts';
import { Testimony } from './testimony.ts';

export type { Contradiction, Witness } from '../facts/witness.ts';
export type { RuledOut } from './settle.ts';

export interface Evaluation {
  readonly diagnosis: Diagnosis;
  readonly subject: SubjectRef;
  readonly outcome: Outcome;
  /** Hypothesis -> the variant that remains, and what rules the others out: a sentence. */
  readonly settled: Readonly<Record<string, string>>;
  /** The same for the machine: hypothesis -> variant -> why, also where more than one remains. */
  readonly ruledOut: RuledOut;
  /** Needs that the check touched, under any variant. */
  readonly touched: readonly string[];
}

/** Every diagnosis on every subject of the picture: each says something, be it that it cannot tell. */
export function evaluate(
  diagnoses: readonly Diagnosis[],
  witnesses: readonly Witness[],
  picture: Picture,
): Evaluation[] {
  const hosts = (picture.hosts.length > 0 ? picture.hosts : [emptyHost('')]).map((host) => {
    const subjects = new Subjects(picture, host);
    return { subjects, testimony: new Testimony(witnesses, subjects) };
  });
  const [only] = hosts.length === 1 ? hosts : [];
  const together = only ?? { subjects: new Subjects(picture, emptyHost('')), testimony: NO_TESTIMONY };
  return [
    ...diagnoses
      .filter(({ about }) => about === 'exchange')
      .map((one) => evaluateOne(new Checker(one), one, together, undefined)),
    ...hosts.flatMap((host) => diagnoses.flatMap((diagnosis) => onHost(diagnosis, host))),
  ];
}

const NO_HOST = 'the evidence of a Windows host: output of `netsh http show sslcert`, to begin with';
const NO_RECORD =
  'output of `netsh http show sslcert` from the host that answers: the listing given is whole and has no record';

/** A host with what was seen of it. */
interface Examined {
  readonly subjects: Subjects;
  readonly testimony: Pick<Testimony, 'against'>;
}

function onHost(diagnosis: Diagnosis, examined: Examined): Evaluation[] {
  const { subjects } = examined;
  const { host } = subjects;
  const { bindings } = host;
  const checker = new Checker(diagnosis);
  const evaluate = (key?: BindingKey) => evaluateOne(checker, diagnosis, examined, key);
  if (diagnosis.about === 'exchange') return [];
  if (diagnosis.about === 'host') return [host.name === '' ? neverHealthy(evaluate(), NO_HOST) : evaluate()];
  const shown = subjects.keys().map((key) => evaluate(key));
  // That a cut listing may have had more is told where it matters: by who asks for the whole (facts/records.ts).
  if (shown.length > 0) return shown;
  if (bindings.is === 'known') return [nothingSeen(diagnosis, host.name, NO_RECORD)];
  // Logs and what programs said can tell of an endpoint whose record was not seen.
  const wants = host.name === '' || bindings.is !== 'unknown' ? NO_HOST : bindings.wants;
  return [neverHealthy(evaluate(), wants)];
}

/** Who looked at nothing calls nothing healthy. */
function neverHealthy(one: Evaluation, wants: string): Evaluation {
  const { is } = one.outcome;
  if (one.touched.length > 0) return one;
  return is === 'clear' || is === 'not-applicable'
    ? nothingSeen(one.diagnosis, one.subject.host, wants)
    : one;
}

function nothingSeen(diagnosis: Diagnosis, host: string, wants: string): Evaluation {
  return { diagnosis, subject: { host }, outcome: { is: 'cannot-tell', wants: [wants] }, ...NOTHING };
}

/** Of several hosts at once nothing that one of them showed can be said. */
const NO_TESTIMONY = { against: (_key: unknown, choices: readonly unknown[]) => choices.map(() => null) };

const CERTAIN = { settled: {}, ruledOut: {} };
const NOTHING = { ...CERTAIN, touched: [] };

function evaluateOne(
  checker: Checker,
  diagnosis: Diagnosis,
  { subjects, testimony }: Examined,
  key: BindingKey | undefined,
): Evaluation {
  const subject = subjects.refTo(key);
  try {
    const tree = explore((variants) => {
      const value = checker.run(subjects.under(key, variants));
      return { value, reads: value.reads };
    });
    // What hangs on no open point no witness can speak against.
    if (tree.is === 'leaf')
      return { diagnosis, subject, outcome: tree.value.outcome, ...CERTAIN, touched: tree.value.touched };
    const leaves = leavesOf(tree);
    const said = testimony.against(
      key,
      leaves.map(({ variants }) => variants),
    );
    const against = new Map<string, Contradiction | null>(
      leaves.map(({ variants }, i) => [printVariants(variants), said[i] ?? null]),
    );
    const touched = [...new Set(leaves.flatMap(({ value }) => value.touched))];
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
