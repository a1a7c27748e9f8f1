import type { ClientRow, ProbeRecord, WhyReport } from '../why.ts';
import {
  answersOf,
  differencesOf,
  listsOf,
  listTitle,
  type SeenList,
  sniOf,
  toneOf,
} from '../why-arrange.ts';
import { dateTime } from '../words.ts';
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
  const { clients, identity, probes, notes } = report;
  const differences = differencesOf(report);
  return html`<section>
${heading === undefined ? html`<h1>${report.headline}</h1>` : html`<h2>${heading}</h2><p><strong>${report.headline}</strong></p>`}
<p class="meta">asked <code>${report.url}</code> on ${dateTime(report.madeAt)}</p>
${when(clients.length > 0, () => clientTable(clients, identity?.subject ?? 'the certificate'))}
${listsOf(report).map(listOf)}
${when(differences.length > 0, () => html`<h3>Differences</h3><ul>${differences.map((one) => html`<li>${one}</li>`)}</ul>`)}
<details><summary>Connections</summary><table>
<thead><tr><th>version</th><th>server name</th><th>what happened</th><th>HTTP</th></tr></thead>
${probes.map(probeRow)}</table></details>
${notes.map((note) => html`<p class="soft">${note}</p>`)}
</section>`;
}

function clientTable(clients: readonly ClientRow[], subject: string): Html {
  return html`<h3>What each client does with ${subject}</h3>
<div class="wide"><table><thead><tr><th>client</th><th>answer</th><th>why</th></tr></thead>
${clients.map(clientRows)}</table></div>`;
}

function clientRows(row: ClientRow): Html {
  const answers = answersOf(row);
  const last = answers.length - 1;
  return html`${answers.map(
    (answer, i) => html`<tr><td>${i === 0 ? row.title : ''}</td>
<td><span class="badge ${toneOf(answer.offer)}">${answer.offer}</span></td>
<td>${answer.versions === '' ? null : html`<span class="soft">${answer.versions}: </span>`}${answer.because}
${answer.wouldChange.map((change) => html`<br><span class="soft">→ ${change}</span>`)}
${i === last && row.withIssuer !== null ? html`<br><span class="soft">with the issuing CA beside it or in its store: ${row.withIssuer}</span>` : null}
${answer.confidence === 'unverified' ? html`<br><span class="soft">not verified; source: ${row.source}</span>` : null}</td></tr>`,
  )}`;
}

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
