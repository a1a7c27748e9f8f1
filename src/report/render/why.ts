import { escapeTerminal as clean } from '../escape.ts';
import type { ClientRow, ProbeRecord, WhyReport } from '../why.ts';
import {
  type Answer,
  answersOf,
  differencesOf,
  listsOf,
  listTitle,
  type SeenList,
  sniOf,
  toneOf,
} from '../why-arrange.ts';
import { plainStyle, type Style } from './style.ts';

const LISTED = 12;

/** The answer of `why` for a terminal: the sentence, clients, lists, differences, connections. */
export function renderWhy(report: WhyReport, style: Style = plainStyle): string {
  const differences = differencesOf(report);
  const sections = [
    [style.bold(clean(report.headline))],
    report.clients.length > 0 ? clientLines(report, style) : [],
    ...listsOf(report).map((list) => listLines(list, style)),
    differences.length > 0 ? [style.bold('Differences'), ...differences.map((one) => `  ${clean(one)}`)] : [],
    [style.bold('Connections'), ...report.probes.map(probeLine)],
    report.notes.map((note) => `note: ${clean(note)}`),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function clientLines({ clients, identity }: WhyReport, style: Style): string[] {
  const title = `What each client does with ${identity ? clean(identity.subject) : 'the certificate'}`;
  const widths = {
    client: Math.max(...clients.map((row) => row.title.length)),
    offer: Math.max(...clients.flatMap((row) => answersOf(row).map((answer) => answer.offer.length))),
  };
  return [style.bold(title), ...clients.flatMap((row) => clientRow(row, widths, style))];
}

interface Widths {
  readonly client: number;
  readonly offer: number;
}

function clientRow(row: ClientRow, widths: Widths, style: Style): string[] {
  const indent = ' '.repeat(widths.client + widths.offer + 6);
  const lines = answersOf(row).flatMap((answer, i) => {
    const client = (i === 0 ? clean(row.title) : '').padEnd(widths.client);
    return [
      `  ${client}  ${paint(answer.offer.padEnd(widths.offer), answer.offer, style)}  ${reasonOf(answer)}`,
      ...answer.wouldChange.map((change) => style.dim(`${indent}→ ${clean(change)}`)),
    ];
  });
  if (row.decisions.some((one) => one.confidence === 'unverified'))
    lines.push(style.dim(`${indent}not verified; source: ${clean(row.source)}`));
  if (row.withIssuer !== null)
    lines.push(style.dim(`${indent}with the issuing CA beside it or in its store: ${clean(row.withIssuer)}`));
  return lines;
}

const reasonOf = ({ versions, because }: Answer): string =>
  `${versions === '' ? '' : `${clean(versions)}: `}${clean(because)}`;

function paint(text: string, offer: string, style: Style): string {
  return { good: style.green, bad: style.red, open: style.yellow }[toneOf(offer)](clean(text));
}

function listLines({ label, request }: SeenList, style: Style): string[] {
  const { authorities, certificateTypes, signatureAlgorithms } = request;
  const lines = [`${style.bold(listTitle(request))} ${style.dim(`(${clean(label)})`)}`];
  for (const one of authorities.slice(0, LISTED)) lines.push(`  ${clean(one.name)}`);
  const left = authorities.length - LISTED;
  if (left > 0) lines.push(style.dim(`  … and ${left} more (--json shows all)`));
  if (certificateTypes)
    lines.push(style.dim(`  certificate types: ${certificateTypes.map(clean).join(' ')}`));
  if (signatureAlgorithms)
    lines.push(style.dim(`  signature algorithms: ${signatureAlgorithms.map(clean).join(' ')}`));
  return lines;
}

function probeLine(probe: ProbeRecord): string {
  const http = probe.http ? `, HTTP ${clean(probe.http.substatus ?? String(probe.http.status))}` : '';
  const where = probe.address === null ? '' : ` (${clean(probe.address)}, ${probe.milliseconds} ms)`;
  return `  ${clean(probe.version)}, ${clean(sniOf(probe))}: ${clean(probe.end)}${http}${where}`;
}
