import type { ProbeRecord, WhyReport } from '../why.ts';
import {
  clientsOf,
  clientsTitle,
  differencesOf,
  listsOf,
  listTitle,
  remediesOf,
  type SeenList,
  sniOf,
  type ToldClient,
  toneOf,
} from '../why-arrange.ts';
import { dateTime, listing } from '../words.ts';
import { renderDocument } from './document.ts';
import { type Html, html, when } from './html-text.ts';

/** One self-contained page of a `why` answer. */
export function renderWhyHtml(report: WhyReport): string {
  return renderDocument({
    title: `Handclasp: ${report.headline}`,
    sections: [whySection(report)],
    foot: `Handclasp ${report.tool.version}, ${dateTime(report.madeAt)}`,
  });
}

/** A `why` answer as a section of a page. `heading` tells it from others on the page. */
export function whySection(report: WhyReport, heading?: string): Html {
  const { probes, notes } = report;
  const differences = differencesOf(report);
  return html`<section>
${heading === undefined ? html`<h1>${report.headline}</h1>` : html`<h2>${heading}</h2><p><strong>${report.headline}</strong></p>`}
<p class="meta">asked <code>${report.url}</code> on ${dateTime(report.madeAt)}</p>
${when(report.clients.length > 0, () => clientTable(report))}
${listsOf(report).map(listOf)}
${when(differences.length > 0, () => html`<h3>Differences</h3><ul>${differences.map((one) => html`<li>${one}</li>`)}</ul>`)}
<details><summary>Connections</summary><table>
<thead><tr><th>version</th><th>server name</th><th>what happened</th><th>HTTP</th></tr></thead>
${probes.map(probeRow)}</table></details>
${notes.map((note) => html`<p class="soft">${note}</p>`)}
</section>`;
}

function clientTable(report: WhyReport): Html {
  const rows = clientsOf(report);
  const changes = rows.some((row) => row.withIssuer !== '');
  const remedies = remediesOf(report);
  return html`<h3>${clientsTitle(report)}</h3>
<div class="wide"><table><thead><tr><th>client</th><th>as it is</th>${changes ? html`<th>with the issuing CA at hand</th>` : null}<th>why</th></tr></thead>
${rows.map((row) => clientRows(row, changes))}</table></div>
${when(
  remedies.length > 0,
  () =>
    html`<h3>What would change that</h3><ul>${remedies.map(
      ({ remedy, clients }) => html`<li>${remedy} <span class="soft">(${listing(clients, 5)})</span></li>`,
    )}</ul>`,
)}`;
}

function clientRows(row: ToldClient, changes: boolean): Html {
  const last = row.answers.length - 1;
  return html`${row.answers.map(
    ({ offer, versions, because }, i) => html`<tr><td>${i === 0 ? row.title : ''}</td>
<td>${badge(offer)}</td>${changes ? html`<td>${i > 0 || row.withIssuer === '' ? '' : badge(row.withIssuer)}</td>` : null}
<td>${versions === '' ? null : html`<span class="soft">${versions}: </span>`}${because}
${i === last && row.source !== null ? html`<br><span class="soft">not verified: ${row.source}</span>` : null}</td></tr>`,
  )}`;
}

const badge = (offer: string): Html => html`<span class="badge ${toneOf(offer)}">${offer}</span>`;

const OPEN_UP_TO = 12;

function listOf({ label, request }: SeenList): Html {
  const { authorities, certificateTypes, signatureAlgorithms } = request;
  const names = html`<ul>${authorities.map((one) => html`<li title="SHA-256 of the name: ${one.sha256}">${one.name}</li>`)}</ul>`;
  return html`<h3>${listTitle(request)} <span class="soft">(${label})</span></h3>
${authorities.length > OPEN_UP_TO ? html`<details><summary>the names</summary>${names}</details>` : when(authorities.length > 0, () => names)}
${certificateTypes ? html`<p class="soft">certificate types: ${certificateTypes.join(' ')}</p>` : null}
${signatureAlgorithms ? html`<p class="soft">signature algorithms: ${signatureAlgorithms.join(' ')}</p>` : null}`;
}

function probeRow(probe: ProbeRecord): Html {
  const http = probe.http === null ? '' : (probe.http.substatus ?? String(probe.http.status));
  return html`<tr><td>${probe.version}</td><td>${sniOf(probe)}</td><td>${probe.end}</td><td>${http}</td></tr>`;
}
