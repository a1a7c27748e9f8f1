import { type Locus, printLocus } from '../../base/locus.ts';
import { arrange, isInHeadline, quote, refusalsToTell } from '../arrange.ts';
import { printContradiction } from '../contradictions.ts';
import type { Entry, OutcomeName, Report, ReportPlan, ReportStep } from '../report.ts';
import { count, dateTime, fromThen, inside, listing, moment, momentAfter } from '../words.ts';
import { renderDocument } from './document.ts';
import { type Html, html, prose, when } from './html-text.ts';
import { pageHtml } from './page-html.ts';

/** One self-contained page of a report. */
export function renderHtml(report: Report): string {
  return renderDocument({
    title: `Handclasp: ${report.headline}`,
    sections: [reportSection(report)],
    foot: `Handclasp ${report.tool.version}, ${dateTime(report.madeAt)}`,
  });
}

/** The report as a section of a page; with a heading when it is one of several (document.ts). */
export function reportSection(report: Report, heading?: string): Html {
  const { found, open, clear, missing, notApplicable } = arrange(report);
  return html`<section>
${headOf(report, heading)}
${found.map((entry) => card(entry, report))}
${timelineOf(report)}
${report.plan ? planSection(report.plan) : null}
${open.map((entry) => card(entry, report))}
${bullets('The evidence contradicts itself', report.contradictions.map(printContradiction))}
${when(
  missing.length > 0,
  () => html`<h2>What to collect</h2>
<table><thead><tr><th>collect</th><th>to tell whether</th></tr></thead>
${missing.map(({ want, titles }) => html`<tr><td>${prose(want)}</td><td class="note">${titles.map((title) => html`${inside(title)}<br>`)}</td></tr>`)}</table>`,
)}
${when(
  clear.length > 0,
  () => html`<h2>Looked for and not found</h2>
<ul>${clear.map(({ title, subjects }) => html`<li>${title} <span class="soft">${placesOf(subjects)}</span></li>`)}</ul>`,
)}
${notesOf(report)}
${sourcesOf(report, notApplicable)}
</section>`;
}

const placesOf = (subjects: readonly string[]): string =>
  subjects.length === 1 ? subjects[0]! : count(subjects.length, 'place');

const BADGES: Readonly<Record<OutcomeName, readonly [tone: string, word: string]>> = {
  found: ['bad', 'found'],
  broken: ['bad', 'a fault of ours'],
  depends: ['open', 'depends'],
  'cannot-tell': ['open', 'cannot tell'],
  clear: ['good', 'clear'],
  'not-applicable': ['', 'not applicable'],
};

function badge(outcome: OutcomeName): Html {
  const [tone, word] = BADGES[outcome] ?? ['', outcome];
  return html`<span class="badge ${tone}">${word}</span>`;
}

/** A card of this outcome stands for something that was seen and that no variant of the model explains. */
const UNEXPLAINED = html`<span class="badge open">unexplained</span>`;

function headOf({ headline, verdict, since, madeAt }: Report, heading?: string): Html {
  return html`${heading === undefined ? null : html`<h2>${heading}</h2>`}
<p class="meta">${badge(verdict)} examined ${dateTime(madeAt)}</p>
${heading === undefined ? html`<h1>${prose(headline)}</h1>` : html`<p><strong>${prose(headline)}</strong></p>`}
${when(since !== null, () => {
  const { firstRefusal, lastSuccess, count: refused } = since!;
  const before =
    lastSuccess === null
      ? ''
      : `; the last success before that was at ${momentAfter(firstRefusal, lastSuccess)}`;
  return html`<p class="meta">${count(refused, 'refused logon')} since ${moment(firstRefusal)}${before}.</p>`;
})}`;
}

function card(entry: Entry, report: Report): Html {
  const page = Object.hasOwn(report.pages, entry.diagnosis) ? report.pages[entry.diagnosis] : undefined;
  return html`<article class="card ${entry.outcome}">
<h3>${entry.outcome === 'cannot-tell' ? UNEXPLAINED : badge(entry.outcome)} ${entry.title}</h3>
<p class="meta"><code>${entry.subject}</code> · ${entry.severity} · <code>${entry.diagnosis}</code></p>
${isInHeadline(report, entry) ? null : html`<p>${prose(entry.sentence)}</p>`}
${when(
  entry.because.length > 0,
  () => html`<table class="evidence">
${entry.because.map((at) => html`<tr>${whereOf(at)}<td class="mono">${quote(at)}</td></tr>`)}</table>`,
)}
${when(entry.variants.length > 0, () => variantsOf(entry))}
${entry.settled.map((point) => html`<p><strong>Decided by the evidence:</strong> ${prose(point)}</p>`)}
${when(entry.explains.length > 0, () => html`<p class="soft">It explains ${listing(entry.explains)}.</p>`)}
${entry.howToFix === null ? null : html`<h4>How to fix</h4>${pageHtml(entry.howToFix)}`}
${page === undefined ? null : html`<details><summary>About this cause</summary>${pageHtml(page.replace(/^# .*\n/, ''))}</details>`}
${when(entry.cites.length > 0, () => html`<p class="soft">Sources: ${entry.cites.join('; ')}</p>`)}
</article>`;
}

const LONG = 56;

/** A place on one line, unless its source has a very long name. */
function whereOf(at: Locus): Html {
  const place = printLocus(at);
  return html`<td class="${place.length > LONG ? 'where long mono' : 'where mono'}">${place}</td>`;
}

function variantsOf({ question, variants, wants }: Entry): Html {
  return html`<p><strong>Open point:</strong> ${prose(question ?? '')}</p>
<table>${variants.map((one) =>
    one.ruledOut === null
      ? html`<tr><td>${badge(one.outcome)}</td><td>if ${prose(one.says)}<br><span class="soft">${one.source}</span></td><td>${prose(one.follows)}</td></tr>`
      : html`<tr><td><span class="badge">ruled out</span></td><td><s>${one.says}</s><br><span class="soft">${one.source}</span></td><td class="note">${prose(one.ruledOut)}</td></tr>`,
  )}</table>
${wants.map((want) => html`<p><strong>What decides:</strong> ${prose(want)}</p>`)}`;
}

const timelineOf = ({ timeline }: Report): Html | null =>
  when(
    timeline.length > 1,
    () => html`<h2>When</h2>
<table>${timeline.map(({ time, offset, what, at }) => html`<tr><td class="mono">${moment(time)}</td><td class="soft">${offset === null ? '' : fromThen(offset)}</td><td>${what}</td>${whereOf(at)}</tr>`)}</table>`,
  );

function planSection(plan: ReportPlan): Html {
  return html`${stepsOf('What to do', plan.steps)}
${stepsOf('What to do by hand', plan.advice)}
${bullets('Afterwards, by the model', plan.foreseen)}
${bullets('Conflicts', plan.conflicts)}
${bullets('By hand only: handclasp fix will not apply it', refusalsToTell(plan))}`;
}

const stepsOf = (title: string, steps: readonly ReportStep[]): Html | null =>
  when(steps.length > 0, () => html`<h2>${title}</h2><ol>${steps.map(stepOf)}</ol>`);

const bullets = (title: string, items: readonly string[]): Html | null =>
  when(
    items.length > 0,
    () => html`<h4>${title}</h4><ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`,
  );

function stepOf(step: ReportStep): Html {
  return html`<li>${prose(step.title)}${step.target === '' ? null : html` <span class="soft">${step.target}</span>`}
${blocks(step.commands)}
${when(step.powershell.length > 0, () => html`<p class="soft">In PowerShell:</p>${blocks(step.powershell)}`)}
${step.notes.map((note) => html`<p class="soft">${prose(note)}</p>`)}
${when(step.undo.length > 0, () => html`<details><summary>Undo</summary>${blocks(step.undo)}</details>`)}</li>`;
}

const blocks = (commands: readonly string[]): Html =>
  html`${commands.map((command) => html`<pre>${command}</pre>`)}`;

function notesOf({ notes }: Report): Html | null {
  return when(
    notes.length > 0,
    () => html`<h2>Notes on the evidence</h2>
<table>${notes.map((note) => html`<tr>${whereOf(note.at)}<td>${prose(note.message)}</td></tr>`)}</table>`,
  );
}

function sourcesOf({ sources }: Report, notApplicable: number): Html {
  return html`<details><summary>${count(sources.length, 'source')} read${notApplicable === 0 ? '' : `, ${count(notApplicable, 'check')} not applicable`}</summary>
<table><thead><tr><th>source</th><th>kind</th><th>claims</th></tr></thead>
${sources.map((one) => html`<tr><td class="mono">${one.name}</td><td>${one.kind}</td><td>${one.claims}</td></tr>`)}</table></details>`;
}
