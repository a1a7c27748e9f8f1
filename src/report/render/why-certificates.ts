import { escapeTerminal as clean, escapeMarkdown as md } from '../escape.ts';
import type { Language } from '../lang/language.ts';
import type { WhyReport } from '../why.ts';
import {
  certificatesIn,
  mineTitle,
  remarksOn,
  type Showing,
  type ToldCertificate,
  type ToldRemark,
} from '../why-certificates.ts';
import { type ClientGroup, sayOffer } from '../why-clients.ts';
import type { WhyView } from '../why-view.ts';
import { type Html, html, when } from './html-text.ts';
import type { Style } from './style.ts';
import { hang } from './wrap.ts';

/** What a certificate shows of itself, and the certificates beside the main one, in each format. */

interface Part {
  readonly title: string;
  readonly certificates: readonly ToldCertificate[];
}

function partsOf({ others, mine }: WhyReport, language: Language): Part[] {
  return [
    ...(others?.length
      ? [{ title: language.say('others-title'), certificates: certificatesIn(others, language) }]
      : []),
    ...(mine ? [{ title: mineTitle(mine, language), certificates: certificatesIn(mine, language) }] : []),
  ];
}

/** Notes are many and matter little: they are shown on demand. Of one certificate among many so are risks. */
function shownRemarks(
  remarks: readonly ToldRemark[],
  verbose: boolean,
  least: 'stops' | 'risks' = 'risks',
): readonly ToldRemark[] {
  return verbose ? remarks : remarks.filter(({ severity }) => severity === 'stops' || severity === least);
}

/** 'Firefox: its issuer is not listed'. */
function groupText({ titles, answers }: ClientGroup, language: Language): string {
  const told = answers.map(({ offer, versions, short }) => {
    const text = `${sayOffer(offer, language)}, ${short}`;
    return versions === '' ? text : language.say('in-versions', { versions, text });
  });
  return `${titles.join('; ')}: ${told.join('; ')}`;
}

// Text.

export function itselfLines(report: WhyReport, style: Style, { language, verbose }: WhyView): string[] {
  const remarks = shownRemarks(remarksOn(report.identity, language), verbose);
  if (remarks.length === 0) return [];
  return [
    style.bold(language.say('itself-title')),
    ...remarks.flatMap((one) => remarkLines(one, 2, style, verbose)),
  ];
}

function remarkLines(one: ToldRemark, indent: number, style: Style, verbose: boolean): string[] {
  const paint = { stops: style.red, risks: style.yellow, note: style.dim }[one.severity];
  const [first = '', ...rest] = hang(`${one.title}: ${clean(one.text)}`, indent, indent + 2);
  const painted = first.replace(`${one.title}:`, () => paint(`${one.title}:`));
  const cites = verbose ? hang(clean(one.cites.join('; ')), indent + 2).map(style.dim) : [];
  return [painted, ...rest, ...cites];
}

export function certificateLines(report: WhyReport, style: Style, view: WhyView): string[][] {
  return partsOf(report, view.language).map(({ title, certificates }) => [
    style.bold(clean(title)),
    ...heldLines(certificates, style, view),
  ]);
}

const REMEDIES = 2;

function heldLines(held: readonly ToldCertificate[], style: Style, { language, verbose }: WhyView): string[] {
  const width = Math.max(0, ...held.map(({ answer }) => answer.length));
  const indent = width + 4;
  return held.flatMap(({ showing, answer, name, place, groups, remedies, remarks }) => {
    const [first = '', ...rest] = hang(clean(name), indent);
    const paint = { good: style.green, open: style.yellow, bad: style.red, none: style.dim }[toneOf(showing)];
    return [
      `  ${paint(answer.padEnd(width))}  ${first.trimStart()}`,
      ...rest,
      ...hang(clean(place), indent).map(style.dim),
      ...groups.flatMap((one) => hang(clean(groupText(one, language)), indent, indent + 2).map(style.dim)),
      ...remedies
        .slice(0, verbose ? remedies.length : REMEDIES)
        .flatMap((one) => hang(`- ${clean(one)}`, indent, indent + 2)),
      ...shownRemarks(remarks, verbose, 'stops').flatMap((one) => remarkLines(one, indent, style, verbose)),
    ];
  });
}

function toneOf(showing: Showing): 'good' | 'open' | 'bad' | 'none' {
  if (showing === 'unasked') return 'none';
  return showing === 'no-key' ? 'bad' : showing;
}

// Markdown.

export function certificateBlocks(report: WhyReport, { language, verbose }: WhyView): string[] {
  const remarks = shownRemarks(remarksOn(report.identity, language), verbose);
  const itself =
    remarks.length === 0 ? [] : [`### ${md(language.say('itself-title'))}`, remarkBullets(remarks)];
  return [...itself, ...partsOf(report, language).flatMap((part) => partBlocks(part, language))];
}

const remarkBullets = (remarks: readonly ToldRemark[]): string =>
  remarks.map(({ title, text }) => `- **${md(title)}**: ${md(text)}`).join('\n');

function partBlocks({ title, certificates }: Part, language: Language): string[] {
  if (certificates.length === 0) return [`### ${md(title)}`];
  const columns = ['answer', 'certificate', 'place', 'why'].map((id) => md(language.say(`column-${id}`)));
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = certificates.map(({ answer, name, place, groups }) =>
    row([answer, name, place, groups.map((one) => groupText(one, language)).join('. ')].map(md)),
  );
  return [`### ${md(title)}`, [row(columns), `|${columns.map(() => '---').join('|')}|`, ...rows].join('\n')];
}

// HTML.

export function certificateParts(report: WhyReport, language: Language): Html {
  const remarks = remarksOn(report.identity, language);
  return html`${when(
    remarks.length > 0,
    () => html`<h3>${language.say('itself-title')}</h3>${remarkList(remarks)}`,
  )}${partsOf(report, language).map((part) => partHtml(part, language))}`;
}

const remarkList = (remarks: readonly ToldRemark[]): Html =>
  html`<ul>${remarks.map(
    ({ severity, title, text, cites }) =>
      html`<li title="${cites.join('; ')}"><span class="badge ${BADGES[severity]}">${title}</span> ${text}</li>`,
  )}</ul>`;

const BADGES = { stops: 'bad', risks: 'open', note: 'none' } as const;

function partHtml({ title, certificates }: Part, language: Language): Html {
  const columns = ['answer', 'certificate', 'why'].map(
    (id) => html`<th>${language.say(`column-${id}`)}</th>`,
  );
  const rows = certificates.map((one) => rowHtml(one, language));
  return html`<h3>${title}</h3>
${when(
  rows.length > 0,
  () => html`<div class="wide"><table><thead><tr>${columns}</tr></thead>
${rows}</table></div>`,
)}`;
}

function rowHtml(told: ToldCertificate, language: Language): Html {
  const { showing, answer, name, place, groups, remedies, remarks } = told;
  return html`<tr><td><span class="badge ${toneOf(showing)}">${answer}</span></td>
<td>${name}<br><span class="soft">${place}</span></td>
<td>${groups.map((one) => html`<p>${groupText(one, language)}</p>`)}
${when(remedies.length > 0, () => html`<ul>${remedies.map((one) => html`<li>${one}</li>`)}</ul>`)}
${when(remarks.length > 0, () => remarkList(remarks))}</td></tr>
`;
}
