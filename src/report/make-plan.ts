import { printCommand } from '../changes/command-line.ts';
import type { FindingRef, Foreseen, ForeseenList, ListForecast } from '../plan/forecast.ts';
import type { Plan, PlannedStep } from '../plan/plan.ts';
import { printKey } from '../windows/http-sys/key.ts';
import { HYPOTHESES, type HypothesisId } from '../windows/hypotheses.ts';
import type { ReportPlan, ReportStep } from './report.ts';
import { count, listing } from './words.ts';

/** The plan as lines to paste and sentences to read; null when there is nothing to do and nothing to say. */
export function reportPlan(plan: Plan): ReportPlan | null {
  const { steps, conflicts, refusals } = plan;
  if (steps.length === 0 && conflicts.length === 0 && refusals.length === 0) return null;
  return {
    steps: steps.map(stepOf),
    foreseen: foreseenSentences(plan.foreseen),
    conflicts: [...conflicts],
    refusals: [...refusals],
  };
}

function stepOf(step: PlannedStep): ReportStep {
  const cmd = step.commands.map((argv) => printCommand(argv, 'cmd'));
  const powershell = step.commands.map((argv) => printCommand(argv, 'powershell'));
  return {
    title: step.title,
    target: placeOf(step.target),
    commands: cmd,
    powershell: powershell.join('\n') === cmd.join('\n') ? [] : powershell,
    undo: step.undo.map((argv) => printCommand(argv, 'cmd')),
    notes: [...step.notes, ...step.refusals],
  };
}

const placeOf = ({ host, key }: Pick<FindingRef, 'host' | 'key'>): string =>
  key ? `${printKey(key)}${host === '' ? '' : ` on ${host}`}` : host;

function foreseenSentences({ clears, remains, appears, lists }: Foreseen): string[] {
  return [
    ...lists.flatMap(listSentences),
    ...refs(clears).map((one) => `${one}: cleared.`),
    ...remains.map((one) => `${refOf(one)}: stays (${one.outcome}).`),
    ...appears.map((one) => `${refOf(one)}: would be new (${one.outcome}).`),
  ];
}

const refs = (all: readonly FindingRef[]): string[] => [...new Set(all.map(refOf))];
const refOf = (one: FindingRef): string => `${one.diagnosis} at ${placeOf(one)}`;

function listSentences({ host, key, under }: ForeseenList): string[] {
  return under.map(({ variants, list }) => {
    const assumed = Object.entries(variants).map(([id, variant]) => saysOf(id, variant));
    const given = assumed.length === 0 ? '' : `, if ${listing(assumed)}`;
    return `${placeOf({ host, key })} ${listSays(list)}${given}.`;
  });
}

function saysOf(id: string, variant: string): string {
  const known = Object.hasOwn(HYPOTHESES, id) ? HYPOTHESES[id as HypothesisId] : undefined;
  return known?.variants.find((one) => one.id === variant)?.says ?? `${id} is ${variant}`;
}

const NAMED = 6;

function listSays(list: ListForecast): string {
  if (list.is === 'off') return 'will ask for a certificate without naming issuers';
  if (list.is === 'unknown') return `will name issuers that cannot be foreseen (collect ${list.wants})`;
  const cut = list.truncated ? ', cut at the limit' : '';
  if (list.names.length === 0) return `will name no issuers: the store ${list.store} is empty`;
  const names = listing(
    list.names.map((name) => `«${name}»`),
    NAMED,
  );
  return `will name ${count(list.names.length, 'issuer')} from ${list.store} (${list.bytes} bytes${cut}): ${names}`;
}
