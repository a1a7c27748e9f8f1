import { printLocus } from '../../base/locus.ts';
import { arrange, isInHeadline, quote } from '../arrange.ts';
import { markdownBlock, markdownCode, escapeMarkdown as md } from '../escape.ts';
import type { Entry, Report, ReportPlan } from '../report.ts';
import { count, inside, listing } from '../words.ts';

/** For a ticket: GitHub-flavoured Markdown. */
export function renderMarkdown(report: Report): string {
  const { found, open, clear, missing } = arrange(report);
  const blocks = [
    `**${md(report.headline)}**`,
    ...found.flatMap((entry) => entryBlocks(entry, report)),
    ...(report.plan ? planBlocks(report.plan) : []),
    ...open.flatMap((entry) => entryBlocks(entry, report)),
    ...listBlocks(
      'What to collect',
      missing.map(({ want, titles }) => `${md(want)}, to tell whether: ${md(titles.map(inside).join('; '))}`),
    ),
    ...listBlocks(
      'Looked for and not found',
      clear.map(({ title, subjects }) => `${md(title)} (${placesOf(subjects)})`),
    ),
    ...listBlocks(
      'Not read',
      report.notes.map((note) => `${markdownCode(printLocus(note.at))}: ${md(note.message)}`),
    ),
    `<sub>handclasp ${md(report.tool.version)}, ${md(report.madeAt)}; read ${
      md(
        listing(
          report.sources.map((one) => one.name),
          12,
        ),
      ) || 'nothing'
    }</sub>`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

const placesOf = (subjects: readonly string[]): string =>
  subjects.length === 1 ? md(subjects[0]!) : count(subjects.length, 'place');

function listBlocks(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}`, items.map((item) => `- ${item}`).join('\n')];
}

const LABELS: Readonly<Record<string, string>> = {
  found: 'Found',
  depends: 'Depends',
  broken: 'A fault of ours',
};

function entryBlocks(entry: Entry, report: Report): string[] {
  const blocks = [
    `### ${LABELS[entry.outcome] ?? md(entry.outcome)}: ${md(entry.title)}`,
    `${md(entry.subject)} · ${md(entry.severity)} · ${markdownCode(entry.diagnosis)}`,
  ];
  if (!isInHeadline(report, entry)) blocks.push(md(entry.sentence));
  if (entry.because.length > 0) blocks.push(evidenceTable(entry));
  if (entry.variants.length > 0) blocks.push(md(entry.question ?? ''), variantList(entry));
  for (const want of entry.outcome === 'depends' ? entry.wants : [])
    blocks.push(`**What decides:** ${md(want)}`);
  for (const point of entry.settled) blocks.push(`Decided by the evidence: ${md(point)}`);
  return blocks;
}

function evidenceTable({ because }: Entry): string {
  const rows = because.map((at) => `| ${md(printLocus(at))} | ${md(quote(at))} |`);
  return ['| where | what stands there |', '|---|---|', ...rows].join('\n');
}

function variantList({ variants }: Entry): string {
  return variants
    .map(({ says, follows, ruledOut, source }) =>
      ruledOut === null
        ? `- if ${md(says)} (${md(source)}): ${md(follows)}`
        : `- ~~${md(says)}~~ (${md(source)}): ruled out, ${md(ruledOut)}`,
    )
    .join('\n');
}

function planBlocks(plan: ReportPlan): string[] {
  const blocks = plan.steps.length > 0 ? ['### What to do'] : [];
  for (const [i, step] of plan.steps.entries()) {
    blocks.push(`${i + 1}\\. ${md(step.title)}${step.target === '' ? '' : ` (${md(step.target)})`}`);
    if (step.commands.length > 0) blocks.push(markdownBlock(step.commands));
    if (step.powershell.length > 0) blocks.push('In PowerShell:', markdownBlock(step.powershell));
    if (step.notes.length > 0) blocks.push(step.notes.map((note) => `- ${md(note)}`).join('\n'));
    if (step.undo.length > 0) blocks.push('To undo it:', markdownBlock(step.undo));
  }
  return [
    ...blocks,
    ...listBlocks('Afterwards, by the model', plan.foreseen.map(md)),
    ...listBlocks('Conflicts', plan.conflicts.map(md)),
    ...listBlocks('By hand only', plan.refusals.map(md)),
  ];
}
