import { english, type Language } from '../lang/language.ts';
import { retell } from '../lang/tell.ts';
import type { ListRecord, WhyReport } from '../why.ts';
import {
  type ClientGroup,
  clientsTitle,
  detailsOf,
  groupsOf,
  remediesOf,
  sayHelped,
  sayOffer,
  toneOf,
} from '../why-clients.ts';
import { sayDifferences } from '../why-differences.ts';
import { listLabel, listTitle, requestLines, sayKind, sayName } from '../why-lists.ts';
import { tellPaths } from '../why-paths.ts';
import { headlineIn, notesIn, probesIn, probesTitle, sinceIn } from '../why-view.ts';
import { dateTime } from '../words.ts';
import { renderDocument } from './document.ts';
import { type Html, html, when } from './html-text.ts';
import { certificateParts } from './why-certificates.ts';
import { choicePart } from './why-choices.ts';

/** One self-contained page of a `why` answer. */
export function renderWhyHtml(report: WhyReport, language: Language = english): string {
  return renderDocument({
    language: language.id,
    title: `Handclasp: ${headlineIn(report, language)}`,
    sections: [whySection(report, undefined, language)],
    foot: `Handclasp ${report.tool.version}, ${dateTime(report.madeAt)}`,
  });
}

/** A `why` answer as a section of a page. `heading` tells it from others on the page. */
export function whySection(report: WhyReport, heading?: string, language: Language = english): Html {
  const headline = headlineIn(report, language);
  const meta = language.say('meta', { url: report.url, time: dateTime(report.madeAt) });
  const since = language.say('since-title', { time: dateTime(report.since?.madeAt ?? '') });
  return html`<section>
${heading === undefined ? html`<h1>${headline}</h1>` : html`<h2>${heading}</h2><p><strong>${headline}</strong></p>`}
<p class="meta">${meta}</p>
${bullets(since, sinceIn(report, language) ?? [])}
${choicePart(report, language)}${when(report.clients.length > 0, () => clientTable(report, language))}
${certificateParts(report, language)}
${report.lists.map((list) => listPart(list, report, language))}
${pathTable(report, language)}${bullets(language.say('differences-title'), sayDifferences(report, language))}
${probeTable(report, language)}
${notesIn(report, language).map((note) => html`<p class="soft">${language.say('note', { text: note })}</p>`)}
</section>`;
}

const bullets = (title: string, items: readonly string[]): Html | null =>
  when(items.length > 0, () => html`<h3>${title}</h3><ul>${items.map((one) => html`<li>${one}</li>`)}</ul>`);

function clientTable(report: WhyReport, language: Language): Html {
  const groups = groupsOf(report, language);
  const changes = groups.some((group) => group.withIssuer !== '');
  const remedies = remediesOf(report, language);
  const column = (id: string): Html => html`<th>${language.say(`column-${id}`)}</th>`;
  return html`<h3>${clientsTitle(report, language)}</h3>
<div class="wide"><table><thead><tr>${column('answer')}${column('clients')}${column('why')}${changes ? column('with-issuer') : null}</tr></thead>
${groups.map((group) => groupRows(group, changes, language))}</table></div>
${when(
  remedies.length > 0,
  () =>
    html`<h3>${language.say('remedies-title')}</h3><ul>${remedies.map(
      ({ remedy, clients }) =>
        html`<li>${remedy} <span class="soft">(${sayHelped(clients, report, language)})</span></li>`,
    )}</ul>`,
)}
${clientDetails(report, language)}`;
}

function groupRows(group: ClientGroup, changes: boolean, language: Language): Html {
  const { titles, answers, withIssuer } = group;
  return html`${answers.map(
    ({ offer, versions, short }, i) => html`<tr><td>${badge(offer, language)}</td>
<td>${i === 0 ? titles.join('; ') : ''}</td><td>${versions === '' ? short : language.say('in-versions', { versions, text: short })}</td>${
      changes ? html`<td>${i > 0 || withIssuer === '' ? '' : badge(withIssuer, language)}</td>` : null
    }</tr>
`,
  )}`;
}

const badge = (offer: string, language: Language): Html =>
  html`<span class="badge ${toneOf(offer)}">${sayOffer(offer, language)}</span>`;

function clientDetails(report: WhyReport, language: Language): Html {
  return html`<details><summary>${language.say('details-title')}</summary><div class="wide"><table>
${detailsOf(report, language).map(
  ({ title, answers, source }) => html`<tr><td>${title}</td><td>${answers.map(
    ({ text, rule }) => html`<p>${text}<br><span class="soft">${rule}</span></p>`,
  )}<p class="soft">${source}</p></td></tr>
`,
)}</table></div></details>`;
}

const OPEN_UP_TO = 12;
/** More names than any list of real ones holds in 64 KiB; JSON has those of a hostile one. */
const NAMES = 2000;

function listPart(list: ListRecord, report: WhyReport, language: Language): Html {
  const label = listLabel(list, report, language);
  const brought =
    label === '' ? null : html` <span class="soft">${language.say('brought-by', { label })}</span>`;
  const left = list.names.length - NAMES;
  const names = html`<ul>${list.names.slice(0, NAMES).map((one) => {
    const kind = sayKind(one, language);
    return html`<li title="SHA-256: ${one.sha256}">${sayName(one, language)}${kind === '' ? null : html` <span class="soft">${kind}</span>`}</li>`;
  })}${when(left > 0, () => html`<li>${language.say('list-left', { count: left })}</li>`)}</ul>`;
  return html`<h3>${listTitle(list, report, language)}${brought}</h3>
${list.count > OPEN_UP_TO ? html`<details><summary>${language.say('list-names')}</summary>${names}</details>` : when(list.count > 0, () => names)}
${list.remarks.map((one) => html`<p>${retell(one, language)}</p>`)}
${requestLines(list, report, Number.POSITIVE_INFINITY, language).map((line) => html`<p class="soft">${line}</p>`)}`;
}

const PATH_COLUMNS = ['path', 'with', 'asked', 'without', 'given'];

function pathTable(report: WhyReport, language: Language): Html | null {
  const paths = tellPaths(report, language);
  const columns = PATH_COLUMNS.map((id) => html`<th>${language.say(`column-${id}`)}</th>`);
  const rows = paths.flatMap(({ path, rows: of }) =>
    of.map(
      ({ where, asked, without, given }, i) => html`<tr><td>${i === 0 ? path : ''}</td><td>${where}</td>
<td>${asked}</td><td>${without}</td><td>${given}</td></tr>
`,
    ),
  );
  return when(
    rows.length > 0,
    () => html`<h3>${language.say('paths-title')}</h3>
<div class="wide"><table><thead><tr>${columns}</tr></thead>
${rows}</table></div>
`,
  );
}

function probeTable(report: WhyReport, language: Language): Html {
  const rows = probesIn(report, language).map(
    ({ label, outcome, status }) => html`<tr><td>${label}</td><td>${outcome}</td><td>${status ?? ''}</td></tr>
`,
  );
  const column = (id: string): Html => html`<th>${language.say(`column-${id}`)}</th>`;
  return html`<details><summary>${probesTitle(report, language)}</summary><table>
<thead><tr>${column('connection')}${column('end')}<th>HTTP</th></tr></thead>
${rows}</table></details>`;
}
