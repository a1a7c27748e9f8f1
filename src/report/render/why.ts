import { escapeTerminal as clean } from '../escape.ts';
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
import { listing } from '../words.ts';
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

const WITH_ISSUER = 'with issuing CA';

function clientLines(report: WhyReport, style: Style): string[] {
  const rows = clientsOf(report);
  const offers = rows.flatMap((row) => row.answers.map(({ offer }) => offer));
  const changes = rows.some((row) => row.withIssuer !== '');
  const widths: Widths = {
    client: widest(rows.map(({ title }) => title)),
    offer: widest(offers),
    withIssuer: changes ? widest([WITH_ISSUER, ...rows.map((row) => row.withIssuer)]) : 0,
  };
  const lines = [style.bold(clean(clientsTitle(report)))];
  if (changes) lines.push(style.dim(`${' '.repeat(widths.client + widths.offer + 6)}${WITH_ISSUER}`));
  return [...lines, ...rows.flatMap((row) => clientRow(row, widths, style)), ...remedyLines(report, style)];
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => clean(text).length));

interface Widths {
  readonly client: number;
  readonly offer: number;
  /** 0: there is no such column. */
  readonly withIssuer: number;
}

function clientRow(row: ToldClient, widths: Widths, style: Style): string[] {
  const last = row.answers.length - 1;
  return row.answers.map(({ offer, versions, because }, i) => {
    const cells = [
      (i === 0 ? clean(row.title) : '').padEnd(widths.client),
      paint(clean(offer).padEnd(widths.offer), offer, style),
      ...(widths.withIssuer > 0 ? [(i === 0 ? clean(row.withIssuer) : '').padEnd(widths.withIssuer)] : []),
      `${versions === '' ? '' : `${clean(versions)}: `}${clean(because)}`,
    ];
    const doubt = i === last && row.source !== null ? style.dim(` (not verified: ${clean(row.source)})`) : '';
    return `  ${cells.join('  ')}${doubt}`;
  });
}

const paint = (text: string, offer: string, style: Style): string =>
  ({ good: style.green, bad: style.red, open: style.yellow })[toneOf(offer)](text);

const REMEDIES = 8;

function remedyLines(report: WhyReport, style: Style): string[] {
  const remedies = remediesOf(report);
  if (remedies.length === 0) return [];
  const lines = remedies
    .slice(0, REMEDIES)
    .map(({ remedy, clients }) => `  ${clean(remedy)} ${style.dim(`(${clean(listing(clients, 3))})`)}`);
  const left = remedies.length - REMEDIES;
  if (left > 0) lines.push(style.dim(`  … and ${left} more for single clients (--json)`));
  return ['', style.bold('What would change that'), ...lines];
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
