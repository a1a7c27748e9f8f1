import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Diagnosis } from '../../src/engine/diagnosis.ts';
import type { Evaluation } from '../../src/engine/evaluate.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { factsWanted } from '../../src/engine/sentence.ts';
import { witnesses } from '../../src/facts/witnesses.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { planRepair } from '../../src/plan/plan.ts';
import { refOf } from '../../src/plan/propose.ts';
import { type Case, readCase } from './case-file.ts';
import { check, differences, pictureOf } from './run-case.ts';

/** What the catalogue holds of one diagnosis: its definition, its page and its cases. */
export interface Entry {
  readonly folder: string;
  readonly diagnosis: Diagnosis;
  readonly page: string;
  readonly cases: readonly Case[];
}

const PAGE_SECTIONS = [
  'What you see',
  'Why',
  'How to confirm',
  'How to fix',
  'Check after the fix',
  'References',
];

/** Reads a diagnosis's folder; a file that is no part of one fails the run. */
export function readEntry(folder: string, diagnosis: Diagnosis): Entry {
  const foreign = readdirSync(folder).filter((name) => !['diagnosis.ts', 'page.md', 'cases'].includes(name));
  if (foreign.length > 0) throw new Error(`${folder}: does not know what to do with ${foreign.join(', ')}`);
  const page = path.join(folder, 'page.md');
  return {
    folder: path.basename(folder),
    diagnosis,
    page: existsSync(page) ? readFileSync(page, 'utf8') : '',
    cases: readCases(path.join(folder, 'cases')),
  };
}

function readCases(folder: string): Case[] {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  const foreign = files.filter((name) => !name.endsWith('.case'));
  if (foreign.length > 0) throw new Error(`${folder}: does not know what to do with ${foreign.join(', ')}`);
  return files.map((file) => readCase(file, readFileSync(path.join(folder, file), 'utf8')));
}

/** Ids of diagnoses whose changes are advice, which no forecast judges; each with the reason. */
export type Exempt = Readonly<Record<string, string>>;

/** Everything that is wrong with an entry; empty when it may be in the catalogue. */
export function faultsOf(entry: Entry, all: readonly Diagnosis[], exempt: Exempt = {}): string[] {
  const runs = entry.cases.map((one) => ({ one, evaluations: check(one, entry.diagnosis) }));
  const evaluations = runs.flatMap((run) => run.evaluations);
  return [
    ...definitionFaults(entry, all),
    ...pageFaults(entry),
    ...runs.flatMap((run) =>
      differences(run.one, entry.diagnosis, run.evaluations).map((why) => `${run.one.file}: ${why}`),
    ),
    ...outcomeFaults(evaluations),
    ...needFaults(entry.diagnosis, evaluations),
    ...sentenceFaults(entry.diagnosis, evaluations),
    ...entry.cases.flatMap((one) => repairFaults(one, entry.diagnosis, all, exempt)),
  ];
}

function definitionFaults({ folder, diagnosis }: Entry, all: readonly Diagnosis[]): string[] {
  const { id, title, cites, sentence, explains = [] } = diagnosis;
  const ids = new Set(all.map((one) => one.id));
  const strangers = explains.filter((one) => !ids.has(one));
  return [
    ...(id === folder ? [] : [`the id ${id} is not the name of its folder ${folder}`]),
    ...(/^[a-z0-9]+([-+][a-z0-9]+)+$/.test(id) ? [] : [`the id ${id} is not in kebab-case`]),
    ...(all.filter((one) => one.id === id).length > 1 ? [`the id ${id} is taken`] : []),
    ...(title.trim() === '' ? ['it has no title'] : []),
    ...(cites.length === 0 || cites.some((one) => one.trim() === '') ? ['it cites nothing'] : []),
    ...(/[.!]$/.test(sentence) ? [] : ['its sentence does not end']),
    ...(strangers.length > 0 ? [`it explains what does not exist: ${strangers.join(', ')}`] : []),
  ];
}

function pageFaults({ page, diagnosis }: Entry): string[] {
  if (page === '') return ['it has no page.md'];
  const sections = [...page.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
  const title = /^# (.+)$/m.exec(page)?.[1];
  return [
    ...(title === diagnosis.title ? [] : [`its page is headed «${title}», not with its title`]),
    ...(sections.join() === PAGE_SECTIONS.join()
      ? []
      : [`its page has the sections ${sections.join(', ')}; wanted: ${PAGE_SECTIONS.join(', ')}`]),
    ...page
      .split(/^## .+$/m)
      .slice(1)
      .flatMap((body, i) => (body.trim() === '' ? [`its page says nothing under ${sections[i]}`] : [])),
  ];
}

function outcomeFaults(evaluations: readonly Evaluation[]): string[] {
  const proven = new Set(evaluations.map(({ outcome }) => outcome.is));
  const missing = (['found', 'clear', 'cannot-tell'] as const).filter((one) => !proven.has(one));
  return [
    ...missing.map((one) => `no case proves ${one}`),
    ...evaluations.flatMap(({ outcome }) => (outcome.is === 'broken' ? [`it broke: ${outcome.error}`] : [])),
  ];
}

function needFaults({ needs }: Diagnosis, evaluations: readonly Evaluation[]): string[] {
  const touched = new Set(evaluations.flatMap((one) => one.touched));
  const idle = Object.keys(needs).filter((need) => !touched.has(need));
  return idle.map((need) => `no case touches the need ${need}: it is useless, or the cases are too few`);
}

function sentenceFaults({ sentence }: Diagnosis, evaluations: readonly Evaluation[]): string[] {
  const findings = evaluations.flatMap(({ outcome }) => (outcome.is === 'found' ? [outcome] : []));
  const missing = findings.flatMap(({ facts = {} }) =>
    factsWanted(sentence).filter((name) => !(name in facts)),
  );
  const baseless = findings.some(({ because }) => because.length === 0);
  return [
    ...[...new Set(missing)].map((name) => `its sentence names {${name}}, which a finding lacks`),
    ...(baseless ? ['a finding rests on no evidence'] : []),
  ];
}

/** Each change that a finding proposes must be foreseen to clear it and to bring nothing new. */
function repairFaults(one: Case, diagnosis: Diagnosis, all: readonly Diagnosis[], exempt: Exempt): string[] {
  const picture = pictureOf(one);
  return check(one, diagnosis).flatMap((evaluation) => {
    if (evaluation.outcome.is !== 'found' || (evaluation.outcome.changes ?? []).length === 0) return [];
    return unhelpful(evaluation, picture, all, exempt).map((why) => `${one.file}: ${why}`);
  });
}

function unhelpful(
  evaluation: Evaluation,
  picture: Picture,
  all: readonly Diagnosis[],
  exempt: Exempt,
): string[] {
  const rules = { diagnoses: all, witnesses };
  const others = evaluate(all, witnesses, picture).filter(
    (other) => JSON.stringify(refOf(other)) !== JSON.stringify(refOf(evaluation)),
  );
  const quiet = others.map((other) => ({ ...other, outcome: withoutChanges(other) }));
  const plan = planRepair([evaluation, ...quiet], picture, rules);
  const { id } = evaluation.diagnosis;
  const isAdvice = plan.steps.length === 0 && plan.advice.length > 0;
  if (isAdvice && exempt[id]) return [];
  if (isAdvice) return [`${id} only gives advice, which no forecast judges: exempt it, with the reason`];
  if (exempt[id]) return [`${id} is exempt from the forecast and needs not be`];
  const isCleared = plan.foreseen.clears.some(
    (ref) => JSON.stringify(ref) === JSON.stringify(refOf(evaluation)),
  );
  return [
    ...(isCleared ? [] : [`the change of ${id} is not foreseen to clear it`]),
    ...plan.refusals
      .filter((why) => !isDoubt(evaluation, why))
      .map((why) => `the change of ${id} is refused: ${why}`),
  ];
}

/** What is only likely is not applied, and says so. */
const isDoubt = ({ outcome }: Evaluation, why: string): boolean =>
  outcome.is === 'found' && outcome.likely !== undefined && why.endsWith(outcome.likely);

/** The diagnosis's own change is tried alone. */
function withoutChanges({ outcome }: Evaluation): Evaluation['outcome'] {
  if (outcome.is === 'found') return { ...outcome, changes: [] };
  return outcome.is === 'depends' ? { ...outcome, byVariant: {} } : outcome;
}
