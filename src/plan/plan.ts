import type { Change } from '../changes/change.ts';
import { type PlannedChange, planChange } from '../changes/index.ts';
import type { Evaluation } from '../engine/evaluate.ts';
import type { Picture } from '../picture/picture.ts';
import type { Host } from '../windows/host.ts';
import type { BindingKey } from '../windows/http-sys/binding.ts';
import { printKey } from '../windows/http-sys/key.ts';
import type { FindingRef, Foreseen } from './forecast.ts';
import { type Doing, type Forecast, foresee, type Rules } from './foresee.ts';
import { distinctRefs, idOfRef, type Proposal, propose, refOf } from './propose.ts';

export type { FindingRef, Foreseen, ForeseenList, ListForecast } from './forecast.ts';

/** What to do, in order, and what the model says of the host afterwards. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  /** Steps for a person alone, never applied and not in the forecast: they need a file that only he has. */
  readonly advice: readonly PlannedStep[];
  readonly foreseen: Foreseen;
  /** Two findings that want different values for the same thing; neither is changed. */
  readonly conflicts: readonly string[];
  /** Why the plan may not be applied automatically; empty when it may. */
  readonly refusals: readonly string[];
}

/** One change on one host. Printed and undone by its command lines. */
export interface PlannedStep extends PlannedChange {
  readonly target: { readonly host: string; readonly key?: BindingKey };
  readonly change: Change;
  /** The findings that ask for it. */
  readonly for: readonly FindingRef[];
}

/**
 * The changes that the findings propose, as command lines, with their forecast. What only an outcome that
 * depends proposes stays if it clears under every variant that remains; else it is left out.
 */
export function planRepair(evaluations: readonly Evaluation[], picture: Picture, rules: Rules): Plan {
  const { proposals: all, conflicts } = propose(evaluations);
  const proposals = all.filter(({ change }) => !isAdvice(change));
  const advice = all.flatMap((one) => {
    const host = picture.hosts.find(({ name }) => name === one.host);
    return host && isAdvice(one.change) ? [stepOf(one, host)] : [];
  });
  const first = attempt(proposals, evaluations, picture, rules);
  const cleared = new Set(first.forecast.clears.map(idOfRef));
  const idle = proposals.filter((one) => one.tentative && !one.for.every((ref) => cleared.has(idOfRef(ref))));
  const { steps, forecast } =
    idle.length === 0
      ? first
      : attempt(
          proposals.filter((one) => !idle.includes(one)),
          evaluations,
          picture,
          rules,
        );
  const { refused, ...foreseen } = forecast;
  const refusals = [
    ...conflicts,
    ...doubts(evaluations, steps),
    ...refusalsOf(steps),
    ...refused,
    ...disappointments(foreseen),
  ];
  return { steps, advice, foreseen, conflicts, refusals: [...new Set(refusals)] };
}

const isAdvice = ({ kind }: Change): boolean => kind === 'stores/add' || kind === 'stores/remove';

function attempt(
  proposals: readonly Proposal[],
  evaluations: readonly Evaluation[],
  picture: Picture,
  rules: Rules,
): { steps: PlannedStep[]; forecast: Forecast } {
  const hosts = picture.hosts.filter(({ name }) => proposals.some((one) => one.host === name));
  const steps = hosts.flatMap((host) =>
    proposals.filter((one) => one.host === host.name).map((one) => stepOf(one, host)),
  );
  const doings = hosts.map((host) => doingOf(host, steps));
  const goals = distinctRefs(proposals.flatMap((one) => one.for));
  return { steps, forecast: foresee(doings, evaluations, goals, picture, rules) };
}

function stepOf({ change, host: name, for: asking }: Proposal, host: Host): PlannedStep {
  const key = change.kind === 'http-sys/set-binding' ? { key: change.key } : {};
  return { ...planChange(change, host), target: { host: name, ...key }, change, for: asking };
}

function doingOf(host: Host, all: readonly PlannedStep[]): Doing {
  const steps = all.filter(({ target }) => target.host === host.name);
  const isWide = steps.some(({ target }) => target.key === undefined);
  return { host, steps, touches: isWide ? 'all' : steps.flatMap(({ target }) => target.key ?? []) };
}

/** Nothing is written on the strength of what is only likely. */
function doubts(evaluations: readonly Evaluation[], steps: readonly PlannedStep[]): string[] {
  const wanted = new Set(steps.flatMap((step) => step.for.map(idOfRef)));
  return evaluations.flatMap((one) =>
    one.outcome.is === 'found' && one.outcome.likely !== undefined && wanted.has(idOfRef(refOf(one)))
      ? [`${one.diagnosis.id} is likely, not certain: ${one.outcome.likely}`]
      : [],
  );
}

const refusalsOf = (steps: readonly PlannedStep[]): string[] =>
  steps.flatMap(({ title, refusals }) => refusals.map((why) => `${title}: ${why}`));

function disappointments({ remains, appears }: Foreseen): string[] {
  return [
    ...remains.map((ref) => `by the forecast ${sayRef(ref)} is not cleared (${ref.outcome})`),
    ...appears.map((ref) => `by the forecast ${sayRef(ref)} would be new (${ref.outcome})`),
  ];
}

const sayRef = ({ diagnosis, host, key }: FindingRef): string =>
  `${diagnosis} on ${key ? `${printKey(key)} of ` : ''}${host}`;
