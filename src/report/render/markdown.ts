import { printLocus } from '../../base/locus.ts';
import { arrange, isInHeadline, quote, refusalsToTell } from '../arrange.ts';
import { printContradiction } from '../contradictions.ts';
import { markdownBlock, markdownCode, escapeMarkdown as md } from '../escape.ts';
import type { Entry, Report, ReportPlan, ReportStep } from '../report.ts';
import { count, fromThen, inside, listing, moment } from '../words.ts';

/** For a ticket: GitHub-flavoured Markdown. */
export function renderMarkdown(report: Report): string {
  const { found, open, clear, missing } = arrange(report);
  const blocks = [
    `**${prose(report.headline)}**`,
    ...found.flatMap((entry) => entryBlocks(entry, report)),
    ...timelineBlocks(report),
    ...(report.plan ? planBlocks(report.plan) : []),
    ...open.flatMap((entry) => entryBlocks(entry, report)),
    ...listBlocks(
      'The evidence contradicts itself',
      report.contradictions.map((one) => md(printContradiction(one))),
    ),
    ...listBlocks(
      'What to collect',
      missing.map(
        ({ want, titles }) => `${prose(want)}, to tell whether: ${md(titles.map(inside).join('; '))}`,
      ),
    ),
    ...listBlocks(
      'Looked for and not found',
      clear.map(({ title, subjects }) => `${md(title)} (${placesOf(subjects)})`),
    ),
    ...listBlocks(
      'Notes on the evidence',
      report.notes.map((note) => `${markdownCode(printLocus(note.at))}: ${prose(note.message)}`),
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
  'cannot-tell': 'Unexplained',
};

function entryBlocks(entry: Entry, report: Report): string[] {
  const blocks = [
    `### ${LABELS[entry.outcome] ?? md(entry.outcome)}: ${md(entry.title)}`,
    `${md(entry.subject)} · ${md(entry.severity)} · ${markdownCode(entry.diagnosis)}`,
  ];
  if (!isInHeadline(report, entry)) blocks.push(prose(entry.sentence));
  if (entry.because.length > 0) blocks.push(evidenceTable(entry));
  if (entry.variants.length > 0) blocks.push(prose(entry.question ?? ''), variantList(entry));
  for (const want of entry.outcome === 'depends' ? entry.wants : [])
    blocks.push(`**What decides:** ${prose(want)}`);
  // Our own pages: Markdown as it stands.
  if (entry.howToFix !== null) blocks.push('**How to fix**', entry.howToFix);
  for (const point of entry.settled) blocks.push(`Decided by the evidence: ${prose(point)}`);
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
        ? `- if ${prose(says)} (${md(source)}): ${prose(follows)}`
        : `- ~~${md(says)}~~ (${md(source)}): ruled out, ${prose(ruledOut)}`,
    )
    .join('\n');
}

function timelineBlocks({ timeline }: Report): string[] {
  if (timeline.length < 2) return [];
  const rows = timeline.map(
    ({ time, offset, what, at }) =>
      `| ${md(moment(time))} | ${offset === null ? '' : fromThen(offset)} | ${md(what)} | ${md(printLocus(at))} |`,
  );
  return ['### When', ['| time | | what | where |', '|---|---|---|---|', ...rows].join('\n')];
}

function planBlocks(plan: ReportPlan): string[] {
  return [
    ...stepBlocks('What to do', plan.steps),
    ...stepBlocks('What to do by hand', plan.advice),
    ...listBlocks('Afterwards, by the model', plan.foreseen.map(prose)),
    ...listBlocks('Conflicts', plan.conflicts.map(prose)),
    ...listBlocks('By hand only: handclasp fix will not apply it', refusalsToTell(plan).map(prose)),
  ];
}

function stepBlocks(title: string, steps: readonly ReportStep[]): string[] {
  const blocks = steps.length > 0 ? [`### ${title}`] : [];
  for (const [i, step] of steps.entries()) {
    blocks.push(`${i + 1}\\. ${prose(step.title)}${step.target === '' ? '' : ` (${md(step.target)})`}`);
    if (step.commands.length > 0) blocks.push(markdownBlock(step.commands));
    if (step.powershell.length > 0) blocks.push('In PowerShell:', markdownBlock(step.powershell));
    if (step.notes.length > 0) blocks.push(step.notes.map((note) => `- ${prose(note)}`).join('\n'));
    if (step.undo.length > 0) blocks.push('To undo it:', markdownBlock(step.undo));
  }
  return blocks;
}

/** Our sentences set commands in backticks; these stay code, the rest is escaped. */
const prose = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? markdownCode(part.slice(1, -1)) : md(part)))
    .join('');
