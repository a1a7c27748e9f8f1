import { printLocus } from '../../base/locus.ts';
import { type Arranged, arrange, isInHeadline, quote, refusalsToTell } from '../arrange.ts';
import { printContradiction } from '../contradictions.ts';
import { escapeTerminal as clean } from '../escape.ts';
import type { Entry, Report, ReportPlan, ReportStep } from '../report.ts';
import { count, fromThen, inside, listing, moment } from '../words.ts';
import { renderPage } from './page.ts';
import { plainStyle, type Style } from './style.ts';

/** For a terminal: the sentence, the findings with their proof, the repair, and only then the rest. */
export function renderText(report: Report, style: Style = plainStyle): string {
  const { found, open, clear, missing, notApplicable } = arrange(report);
  const sections = [
    [style.bold(clean(report.headline))],
    ...found.map((entry) => entryLines(entry, report, style)),
    timelineLines(report, style),
    report.plan ? planLines(report.plan, style) : [],
    ...open.map((entry) => entryLines(entry, report, style)),
    contradictionLines(report, style),
    missingLines(missing, found.length > 0, style),
    clear.length > 0
      ? [style.bold('Looked for and not found'), ...clear.map((one) => style.dim(clearLine(one)))]
      : [],
    noteLines(report, style),
    [style.dim(sourceLine(report, notApplicable))],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const LABELS: Readonly<Record<string, string>> = {
  found: 'FOUND',
  depends: 'DEPENDS',
  broken: 'BROKEN',
  'cannot-tell': 'UNEXPLAINED',
};
const MOST_EVIDENCE = 8;
/** A longer file name stands out of the column, instead of pushing every quoted line to the right. */
const WIDEST_PLACE = 32;

function entryLines(entry: Entry, report: Report, style: Style): string[] {
  const paint = entry.outcome === 'depends' ? style.yellow : style.red;
  const lines = [
    `${paint(LABELS[entry.outcome] ?? entry.outcome)}  ${style.bold(clean(entry.title))}`,
    `  ${style.dim(`${clean(entry.subject)} · ${clean(entry.severity)} · ${clean(entry.diagnosis)}`)}`,
  ];
  if (!isInHeadline(report, entry)) lines.push(`  ${clean(entry.sentence)}`);
  if (entry.because.length > 0) lines.push('', ...evidenceLines(entry, style));
  if (entry.variants.length > 0) lines.push('', ...variantLines(entry, style));
  if (entry.howToFix !== null) lines.push('', ...byHandLines(entry.howToFix, style));
  for (const point of entry.settled) lines.push('', `  Decided by the evidence: ${clean(point)}`);
  if (entry.explains.length > 0) lines.push('', `  It explains: ${clean(listing(entry.explains))}`);
  return lines;
}

function byHandLines(markdown: string, style: Style): string[] {
  const lines = renderPage(markdown, style).trimEnd().split('\n');
  return [`  ${style.bold('How to fix')}`, ...lines.map((line) => (line === '' ? '' : `    ${line}`))];
}

function evidenceLines({ because }: Entry, style: Style): string[] {
  const shown = because.slice(0, MOST_EVIDENCE);
  const width = Math.min(WIDEST_PLACE, Math.max(...shown.map((at) => clean(printLocus(at)).length)));
  const lines = shown.map((at) =>
    `    ${style.dim(clean(printLocus(at)).padEnd(width))}  ${clean(quote(at))}`.trimEnd(),
  );
  if (because.length > shown.length)
    lines.push(style.dim(`    … and ${because.length - shown.length} more (--json)`));
  return lines;
}

function variantLines({ question, variants, wants }: Entry, style: Style): string[] {
  const lines = [`  ${clean(question ?? '')}`];
  for (const one of variants) {
    lines.push(
      `    ${one.ruledOut === null ? 'if' : 'not'}: ${clean(one.says)} ${style.dim(`(${clean(one.source)})`)}`,
    );
    lines.push(
      one.ruledOut === null
        ? `        ${clean(one.follows)}`
        : style.dim(`        ruled out: ${clean(one.ruledOut)}`),
    );
  }
  for (const want of wants) lines.push(`  ${style.bold('What decides')}: ${clean(want)}`);
  return lines;
}

function timelineLines({ timeline }: Report, style: Style): string[] {
  if (timeline.length < 2) return [];
  const places = timeline.map(({ at }) => clean(printLocus(at)));
  const offsets = timeline.map(({ offset }) => (offset === null ? '' : fromThen(offset)));
  const width = Math.max(...offsets.map((one) => one.length));
  const lines = timeline.map(
    ({ time, what }, i) =>
      `  ${clean(moment(time))}  ${offsets[i]!.padStart(width)}  ${clean(what)}  ${style.dim(places[i]!)}`,
  );
  return [style.bold('When'), ...lines];
}

function contradictionLines({ contradictions }: Report, style: Style): string[] {
  if (contradictions.length === 0) return [];
  const lines = contradictions.map((one) => `  ${clean(printContradiction(one))}`);
  return [style.bold('The evidence contradicts itself'), ...lines];
}

function planLines(plan: ReportPlan, style: Style): string[] {
  const lines = plan.steps.length > 0 ? [style.bold('What to do')] : [];
  const refusals = refusalsToTell(plan);
  for (const [i, step] of plan.steps.entries()) lines.push(...stepLines(step, i + 1, style));
  if (plan.advice.length > 0) lines.push(...(lines.length > 0 ? [''] : []), style.bold('What to do by hand'));
  for (const [i, step] of plan.advice.entries()) lines.push(...stepLines(step, i + 1, style));
  if (plan.foreseen.length > 0)
    lines.push('', '  Afterwards, by the model:', ...plan.foreseen.map((one) => `    ${clean(one)}`));
  for (const conflict of plan.conflicts) lines.push('', `  ${style.yellow('Conflict')}: ${clean(conflict)}`);
  if (refusals.length > 0) {
    lines.push('', `  ${style.yellow('By hand only')}, handclasp fix will not apply it:`);
    lines.push(...refusals.map((why) => `    ${clean(why)}`));
  }
  return lines;
}

function stepLines(step: ReportStep, number: number, style: Style): string[] {
  const lines = [
    `  ${number}. ${clean(step.title)}${step.target === '' ? '' : style.dim(` (${clean(step.target)})`)}`,
  ];
  const block = (commands: readonly string[]) => commands.flatMap((command) => ['', clean(command)]);
  if (step.commands.length > 0) lines.push(...block(step.commands), '');
  if (step.powershell.length > 0) lines.push('     In PowerShell:', ...block(step.powershell), '');
  for (const note of step.notes) lines.push(style.dim(`     ${clean(note)}`));
  for (const undo of step.undo) lines.push(style.dim(`     undo: ${clean(undo)}`));
  return lines;
}

const MOST_TITLES = 3;
const MOST_WANTS = 6;

/** Beside a finding one line is enough: what else might be wrong is not what is asked first. */
function missingLines(missing: Arranged['missing'], isFound: boolean, style: Style): string[] {
  const causes = new Set(missing.flatMap(({ titles }) => titles)).size;
  if (missing.length === 0) return [];
  if (isFound && missing.length > MOST_TITLES) {
    const most = missing.slice(0, MOST_TITLES).map(({ want }) => `  ${clean(want)}`);
    return [
      `${style.bold('Not told')}: ${count(causes, 'further cause')} (--json). Most would be told by`,
      ...most,
    ];
  }
  const left = missing.length - MOST_WANTS;
  return [
    style.bold('What to collect'),
    ...missing.slice(0, MOST_WANTS).map(missingLine),
    ...(left > 0 ? [style.dim(`  … and ${count(left, 'more thing')} that would tell less (--json)`)] : []),
  ];
}

function missingLine({ want, titles }: { want: string; titles: readonly string[] }): string {
  const lines = titles.slice(0, MOST_TITLES).map((title) => `    to tell whether ${clean(inside(title))}`);
  if (titles.length > MOST_TITLES) lines.push(`    and ${count(titles.length - MOST_TITLES, 'more cause')}`);
  return [`  ${clean(want)}`, ...lines].join('\n');
}

const clearLine = ({ title, subjects }: { title: string; subjects: readonly string[] }): string =>
  `  ${clean(title)} (${subjects.length === 1 ? clean(subjects[0]!) : count(subjects.length, 'place')})`;

const MOST_NOTES = 10;

function noteLines({ notes }: Report, style: Style): string[] {
  if (notes.length === 0) return [];
  const lines = notes
    .slice(0, MOST_NOTES)
    .map((note) => `  ${clean(printLocus(note.at))}: ${clean(note.message)}`);
  if (notes.length > MOST_NOTES) lines.push(`  … and ${notes.length - MOST_NOTES} more (--json)`);
  return [style.bold('Notes on the evidence'), ...lines];
}

function sourceLine({ sources, tool }: Report, notApplicable: number): string {
  const read = sources.map((one) => `${clean(one.name)} (${clean(one.kind)})`);
  const skipped = notApplicable === 0 ? '' : `; ${count(notApplicable, 'check')} not applicable`;
  return `${read.length === 0 ? 'nothing was read' : `read ${listing(read, 12)}`}${skipped}; handclasp ${clean(tool.version)}`;
}
