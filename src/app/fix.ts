import os from 'node:os';
import path from 'node:path';
import { type ApplyResult, applySteps, type Progress } from '../machine/apply.ts';
import { openJournal } from '../machine/journal.ts';
import type { Machine } from '../machine/machine.ts';
import { assemble } from '../picture/assemble.ts';
import { pictureFromJson } from '../picture/serialize.ts';
import type { Plan } from '../plan/plan.ts';
import type { Report } from '../report/report.ts';
import type { Host } from '../windows/host.ts';
import { type Examined, judge, readAll } from './examine.ts';
import { filesOf, type LookTools, lookAt } from './look-at.ts';
import { type Proof, prove } from './prove.ts';

export interface Fixed {
  readonly result: ApplyResult;
  /** The machine looked at again; null when nothing was changed. */
  readonly after: Examined | null;
  /** What the wire says of it; null when nothing was changed. */
  readonly proof: Proof | null;
}

/** DESIGN.md 5: what was changed and read back and could not be proven on the wire cannot be called repaired. */
export function exitCodeOfFix({ result, proof }: Fixed): number {
  return result.exitCode === 0 && proof?.is !== 'proven' ? 2 : result.exitCode;
}

export interface FixTools extends LookTools {
  readonly onProgress?: (progress: Progress) => void;
  /** Folder of journal.jsonl. */
  readonly journal: string;
  clock(): number;
}

/** A saved report judged again by today's rules, on the picture that it carries. */
export function fromReport(report: Report, tools: LookTools): Examined {
  return judge(pictureFromJson(report.picture), tools);
}

/** Why this plan is not to be applied by the program; empty when it may. */
export function refusalsOf(plan: Plan): string[] {
  const none = plan.steps.length === 0 ? ['there is nothing to apply'] : [];
  return [...none, ...plan.refusals];
}

/**
 * Applies the plan through the machine's door: read again, journal, run, read back, ask the wire. What does not
 * come out as foreseen is put back.
 */
export async function applyPlan(
  machine: Machine,
  { picture, plan }: Examined,
  tools: FixTools,
): Promise<Fixed> {
  const [planned] = picture.hosts;
  if (!planned) throw new Error('a plan without a host');
  let after: Examined | null = null;
  let proof: Proof | null = null;
  const result = await applySteps(machine, plan.steps, {
    journal: openJournal(tools.journal),
    planned,
    readBack: () => hostOf(machine, tools),
    probe: async () => {
      after = await lookAt(machine, { ...tools, now: tools.clock() });
      proof = prove(plan, picture, after.picture);
      return proof.is === 'contradicted' ? proof.why : remaining(plan, after.report);
    },
    now: tools.clock,
    ...(tools.onProgress ? { onProgress: tools.onProgress } : {}),
  });
  return result.outcome === 'applied' ? { result, after, proof } : { result, after: null, proof: null };
}

/** HANDCLASP_STATE, else ~/.handclasp. */
export const stateFolder = (): string => process.env.HANDCLASP_STATE || path.join(os.homedir(), '.handclasp');

async function hostOf(machine: Machine, tools: FixTools): Promise<Host> {
  const [host] = assemble(await readAll(await filesOf(machine, tools.clock()), tools.digest)).hosts;
  if (!host) throw new Error(`${machine.title} showed no evidence of a Windows host`);
  return host;
}

/** Findings that the plan was to clear and that are still there; null when none is. */
function remaining(plan: Plan, report: Report): string | null {
  const wanted = new Set(plan.foreseen.clears.map((one) => one.diagnosis));
  const left = report.entries.filter((one) => one.outcome === 'found' && wanted.has(one.diagnosis));
  return left.length === 0 ? null : left.map((one) => one.sentence).join('; ');
}
