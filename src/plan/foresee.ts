import { Unanswered } from '../base/known.ts';
import type { PlannedChange } from '../changes/index.ts';
import type { Diagnosis, Outcome } from '../engine/diagnosis.ts';
import { type Evaluation, evaluate, type RuledOut, type Witness } from '../engine/evaluate.ts';
import { explore, leavesOf } from '../engine/fork.ts';
import { portOf } from '../facts/endpoint.ts';
import { listen, openSubject } from '../facts/question.ts';
import type { Picture } from '../picture/picture.ts';
import { commands } from '../windows/commands/index.ts';
import type { Host } from '../windows/host.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { HYPOTHESES, type HypothesisId } from '../windows/hypotheses.ts';
import type { FindingRef, Foreseen } from './forecast.ts';
import { listsAfter } from './lists-after.ts';
import { idOfRef, refOf } from './propose.ts';

export interface Rules {
  readonly diagnoses: readonly Diagnosis[];
  readonly witnesses: readonly Witness[];
}

/** What is to be done on one host. */
export interface Doing {
  readonly host: Host;
  readonly steps: readonly PlannedChange[];
  /** Records that are changed; 'all' when a setting of the machine is. */
  readonly touches: readonly BindingKey[] | 'all';
}

export interface Forecast extends Foreseen {
  /** Command lines that the model did not accept, with what it answered. */
  readonly refused: readonly string[];
}

/**
 * Runs the command lines on the model of each host, leaves out what was seen before the change, and asks every
 * diagnosis again. Variants that evidence has ruled out stay ruled out: they are about the machine.
 */
export function foresee(
  doings: readonly Doing[],
  before: readonly Evaluation[],
  wanted: readonly FindingRef[],
  picture: Picture,
  rules: Rules,
): Forecast {
  const parts = doings.map((doing) => foreseeHost(doing, before, wanted, picture, rules));
  return {
    clears: parts.flatMap((part) => part.clears),
    remains: parts.flatMap((part) => part.remains),
    appears: parts.flatMap((part) => part.appears),
    lists: parts.flatMap((part) => part.lists),
    refused: parts.flatMap((part) => part.refused),
  };
}

function foreseeHost(
  doing: Doing,
  before: readonly Evaluation[],
  wanted: readonly FindingRef[],
  picture: Picture,
  { diagnoses, witnesses }: Rules,
): Forecast {
  const name = doing.host.name;
  const mine = before.filter(({ subject }) => subject.host === name);
  const remembered = [...witnesses, ...rememberedBy(mine)];
  // What a command does may hang on an open point too (omitted fields): the worst of its outcomes counts.
  const worlds = leavesOf(explore((variants) => run(doing, picture, variants))).map(({ value }) => value);
  const futures = worlds.map(({ host }) => after(picture, doing, host));
  const evaluations = futures.map((future) => evaluate(diagnoses, remembered, future));
  const outcomes = outcomesByRef(evaluations.flat());
  const goals = wanted.filter((ref) => ref.host === name);
  const left = goals.flatMap((ref) => {
    const all = outcomes.get(idOfRef(ref)) ?? [];
    const ill = all.length === 0 ? NOT_ASKED : all.find((one) => !isHealthy(one));
    return ill ? [{ ...ref, outcome: ill.is }] : [];
  });
  const uncleared = new Set(left.map(idOfRef));
  return {
    clears: goals.filter((ref) => !uncleared.has(idOfRef(ref))),
    remains: left,
    appears: appearing(mine, evaluations.flat()),
    lists: listsAfter(futures, doing.touches, remembered),
    refused: [...new Set(worlds.flatMap(({ refused }) => refused))],
  };
}

interface World {
  readonly host: Host;
  readonly refused: readonly string[];
}

function run(doing: Doing, picture: Picture, variants: Partial<Record<HypothesisId, string>>) {
  const subject = openSubject(picture, doing.host, undefined, variants);
  const { value, reads } = listen(subject, () => runAll(subject.host, doing.steps));
  return { value: { ...value, host: { ...value.host, assume: doing.host.assume } }, reads };
}

function runAll(start: Host, steps: readonly PlannedChange[]): World {
  let host = start;
  const refused: string[] = [];
  for (const argv of steps.flatMap((step) => step.commands)) {
    const [program = '', ...rest] = argv;
    const command = Object.hasOwn(commands, program) ? commands[program] : undefined;
    const result = command && attempt(() => command(rest, host));
    if (result instanceof Unanswered)
      refused.push(`${program}: what it does cannot be foretold without ${result.wants}`);
    else if (!result) refused.push(`${program}: what it does is not in the model`);
    else if (result.exitCode !== 0) refused.push(`${argv.join(' ')}: ${result.output.trim()}`);
    if (result && !(result instanceof Unanswered)) host = result.host;
  }
  return { host, refused };
}

/** A command may hang on something of the host that nobody saw. */
function attempt<T>(run: () => T): T | Unanswered {
  try {
    return run();
  } catch (error) {
    if (error instanceof Unanswered) return error;
    throw error;
  }
}

/** The picture of the changed host alone: an observation on a touched port belongs to the past. */
function after(picture: Picture, { touches }: Doing, host: Host): Picture {
  const isPast = (port: number | undefined): boolean =>
    touches === 'all' || port === undefined || touches.some((key) => portOf(key) === port);
  return {
    ...picture,
    hosts: [host],
    logons: picture.logons.filter(({ serverPort }) => !isPast(serverPort)),
    handshakes: picture.handshakes.filter(({ port }) => !isPast(port)),
  };
}

/** A record that the commands removed is asked no more: that cures nothing. */
const NOT_ASKED: Outcome = { is: 'cannot-tell', wants: [] };

function outcomesByRef(evaluations: readonly Evaluation[]): ReadonlyMap<string, readonly Outcome[]> {
  const all = new Map<string, Outcome[]>();
  for (const one of evaluations) {
    const id = idOfRef(refOf(one));
    all.set(id, [...(all.get(id) ?? []), one.outcome]);
  }
  return all;
}

/** Outcomes that are worse than the same one before. */
function appearing(before: readonly Evaluation[], now: readonly Evaluation[]): Foreseen['appears'] {
  const was = outcomesByRef(before);
  const worse = new Map<string, Foreseen['appears'][number]>();
  for (const one of now) {
    const ref = refOf(one);
    const id = idOfRef(ref);
    if (isBad(one.outcome) && !was.get(id)?.some(isBad)) worse.set(id, { ...ref, outcome: one.outcome.is });
  }
  return [...worse.values()];
}

const isBad = ({ is }: Outcome): boolean => is === 'found' || is === 'depends' || is === 'broken';

const isHealthy = (outcome: Outcome): boolean => outcome.is === 'clear' || outcome.is === 'not-applicable';

function rememberedBy(before: readonly Evaluation[]): Witness[] {
  const all = before.map((one) => one.ruledOut);
  return Object.keys(HYPOTHESES).flatMap((id) => {
    const gone: RuledOut[string] = Object.assign({}, ...all.map((one) => one[id] ?? {}));
    return Object.keys(gone).length > 0 ? [memoryOf(id as HypothesisId, gone)] : [];
  });
}

const memoryOf = (hypothesis: HypothesisId, gone: RuledOut[string]): Witness => ({
  hypothesis,
  title: 'what was seen before the change',
  contradicts({ host }) {
    const why = gone[host.assume.variant(hypothesis)];
    return why === undefined ? null : { why, because: [] };
  },
});
