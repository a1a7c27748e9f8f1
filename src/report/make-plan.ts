import { printCommand } from '../changes/command-line.ts';
import type { FindingRef, Foreseen, ForeseenList, ListForecast } from '../plan/forecast.ts';
import type { Plan, PlannedStep } from '../plan/plan.ts';
import { printKey } from '../windows/http-sys/key.ts';
import { HYPOTHESES, type HypothesisId } from '../windows/hypotheses.ts';
import type { ReportPlan, ReportStep } from './report.ts';
import { count, listing } from './words.ts';

/** The plan as lines to paste and sentences to read; null when there is nothing to do and nothing to say. */
export function reportPlan(plan: Plan): ReportPlan | null {
  const { steps, advice, conflicts, refusals } = plan;
  if ([steps, advice, conflicts, refusals].every((part) => part.length === 0)) return null;
  return {
    steps: steps.map((step) => stepOf(step, refusals)),
    advice: advice.map((step) => stepOf(step, [])),
    foreseen: foreseenSentences(plan.foreseen),
    conflicts: [...conflicts],
    refusals: [...refusals],
  };
}

function stepOf(step: PlannedStep, told: readonly string[]): ReportStep {
  const lines = [...step.commands, ...step.undo].flatMap((argv) => unprintable(argv));
  const printed = lines.length > 0 ? { commands: [], powershell: [], undo: [] } : printLines(step);
  return {
    title: step.title,
    target: targetOf(step),
    ...printed,
    notes: [
      ...lines,
      ...step.notes,
      ...step.refusals.filter((why) => !told.some((one) => one.endsWith(why))),
    ],
  };
}

/** Control characters in an argument: no shell carries them safely, so the step is told and not printed. */
function unprintable(argv: readonly string[]): string[] {
  const bad = argv.find((argument) => /[\p{Cc}\u2028\u2029]/u.test(argument));
  return bad === undefined
    ? []
    : [`no command line can be printed: an argument holds a control character: ${bad}`];
}

function printLines({ commands, undo }: PlannedStep): Pick<ReportStep, 'commands' | 'powershell' | 'undo'> {
  const cmd = commands.map((argv) => forBothShells(argv) ?? printCommand(argv, 'cmd'));
  const powershell = commands.map((argv) => forBothShells(argv) ?? printCommand(argv, 'powershell'));
  return {
    commands: cmd,
    powershell: powershell.join('\n') === cmd.join('\n') ? [] : powershell,
    undo: undo.map((argv) => forBothShells(argv) ?? printCommand(argv, 'cmd')),
  };
}

/**
 * One line that cmd.exe and PowerShell read alike, or null. PowerShell takes bare braces for a block, which makes
 * the most common of all pasted netsh lines fail with 87; within double quotes both leave these characters alone.
 */
function forBothShells(argv: readonly string[]): string | null {
  if (!argv.every((argument) => /^[\w.:/\\=+\-{}[\]]*[\w.:/=+\-{}[\]]$/.test(argument))) return null;
  return argv.map((argument) => (/[{}[\]]/.test(argument) ? `"${argument}"` : argument)).join(' ');
}

/** The host alone where the title names the record. */
const targetOf = ({ title, target }: PlannedStep): string =>
  target.key && !title.includes(printKey(target.key)) ? placeOf(target) : target.host;

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
