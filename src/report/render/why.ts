import { escapeTerminal as clean } from '../escape.ts';
import type { ClientRow, ProbeRecord, WhyReport } from '../why.ts';
import { plainStyle, type Style } from './style.ts';

const LISTED = 12;

/** The answer of `why` for a terminal: headline, clients, list, differences, evidence. */
export function renderWhy(report: WhyReport, style: Style = plainStyle): string {
  return [
    style.bold(clean(report.headline)),
    ...clientLines(report, style),
    ...listLines(report, style),
    ...probeLines(report.probes, style),
    ...report.notes.map((note) => `note: ${clean(note)}`),
    '',
  ].join('\n');
}

function clientLines(report: WhyReport, style: Style): string[] {
  if (report.clients.length === 0) return [];
  const width = Math.max(...report.clients.map((row) => row.title.length));
  const lines = [
    '',
    style.bold(`What each client does with ${clean(report.identity?.subject ?? 'the certificate')}`),
  ];
  for (const row of report.clients) lines.push(...clientRow(row, width, style));
  return lines;
}

function clientRow(row: ClientRow, width: number, style: Style): string[] {
  const indent = ' '.repeat(width + 4);
  const lines: string[] = [];
  for (const group of sameDecisions(row)) {
    const [first] = group;
    const versions =
      group.length === row.decisions.length ? '' : ` (${group.map((d) => d.version).join(', ')})`;
    const lead = lines.length === 0 ? `  ${row.title.padEnd(width)}  ` : indent;
    lines.push(`${lead}${paintOffer(first!.offer, style)}${versions}: ${clean(first!.because)}`);
    for (const change of first!.wouldChange) lines.push(style.dim(`${indent}→ ${clean(change)}`));
    if (first!.confidence === 'unverified')
      lines.push(style.dim(`${indent}(not verified; source: ${row.source})`));
  }
  if (row.withIssuer !== null)
    lines.push(style.dim(`${indent}with the issuing CA beside it or in its store: ${row.withIssuer}`));
  return lines;
}

function sameDecisions(row: ClientRow): ClientRow['decisions'][number][][] {
  const groups = new Map<string, ClientRow['decisions'][number][]>();
  for (const decision of row.decisions) {
    const key = `${decision.offer}|${decision.because}`;
    groups.set(key, [...(groups.get(key) ?? []), decision]);
  }
  return [...groups.values()];
}

function paintOffer(offer: string, style: Style): string {
  if (offer === 'offered' || offer === 'prompted') return style.green(offer);
  return offer === 'unknown' ? style.yellow(offer) : style.red(offer);
}

function listLines(report: WhyReport, style: Style): string[] {
  const lists = new Map<string, { versions: string[]; probe: ProbeRecord }>();
  for (const probe of report.probes) {
    if (!probe.request) continue;
    const key = probe.request.authorities.map((one) => one.sha256).join();
    const seen = lists.get(key);
    if (!seen) lists.set(key, { versions: [probe.version], probe });
    else if (!seen.versions.includes(probe.version)) seen.versions.push(probe.version);
  }
  return [...lists.values()].flatMap(({ versions, probe }) => oneList(versions, probe, style));
}

function oneList(versions: string[], probe: ProbeRecord, style: Style): string[] {
  const { authorities, authoritiesLength, certificateTypes, signatureAlgorithms } = probe.request!;
  const title =
    authorities.length === 0 ? 'No acceptable issuers named: any issuer will do' : 'Acceptable issuers';
  const size = authorities.length === 0 ? '' : `: ${authorities.length}, ${authoritiesLength} bytes`;
  const lines = ['', style.bold(`${title} (${versions.join(', ')}${size})`)];
  for (const one of authorities.slice(0, LISTED)) lines.push(`  ${clean(one.name)}`);
  if (authorities.length > LISTED)
    lines.push(style.dim(`  … and ${authorities.length - LISTED} more (--json shows all)`));
  if (certificateTypes) lines.push(style.dim(`  certificate types: ${certificateTypes.join(' ')}`));
  if (signatureAlgorithms) lines.push(style.dim(`  signature algorithms: ${signatureAlgorithms.join(' ')}`));
  return lines;
}

function probeLines(probes: readonly ProbeRecord[], style: Style): string[] {
  const lines = ['', style.bold('Connections')];
  for (const probe of probes) {
    const sni = probe.serverName === null ? 'no SNI' : `SNI ${clean(probe.serverName)}`;
    const http = probe.http ? `, HTTP ${probe.http.substatus ?? probe.http.status}` : '';
    lines.push(`  ${probe.version}, ${sni}: ${clean(probe.end)}${http} (${probe.milliseconds} ms)`);
  }
  return lines;
}
