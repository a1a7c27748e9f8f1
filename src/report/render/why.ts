import { escapeTerminal as clean } from '../escape.ts';
import type { Language } from '../lang/language.ts';
import { retell } from '../lang/tell.ts';
import type { ListRecord, WhyReport } from '../why.ts';
import {
  type ClientGroup,
  clientsTitle,
  groupsOf,
  remediesOf,
  sayHelped,
  sayOffer,
  toneOf,
} from '../why-clients.ts';
import { sayDifferences } from '../why-differences.ts';
import { listLabel, listTitle, requestLines, sayKind, sayName } from '../why-lists.ts';
import { sayPathRow, tellPaths } from '../why-paths.ts';
import { headlineIn, notesIn, probesIn, probesTitle, sinceIn, usualView, type WhyView } from '../why-view.ts';
import { dateTime } from '../words.ts';
import { plainStyle, type Style } from './style.ts';
import { certificateLines, itselfLines } from './why-certificates.ts';
import { choiceLines } from './why-choices.ts';
import { detailLines } from './why-details.ts';
import { hang } from './wrap.ts';

/** The answer of `why` for a terminal: the sentence, clients, lists, differences, connections, notes. */
export function renderWhy(report: WhyReport, style: Style = plainStyle, view: WhyView = usualView): string {
  const { language } = view;
  const sections = [
    [style.bold(clean(headlineIn(report, language)))],
    titled(
      language.say('since-title', { time: dateTime(report.since?.madeAt ?? '') }),
      sinceIn(report, language) ?? [],
      style,
    ),
    choiceLines(report, style, language),
    clientLines(report, style, language),
    remedyLines(report, style, view),
    itselfLines(report, style, view),
    ...certificateLines(report, style, view),
    view.verbose ? detailLines(report, style, language) : [],
    ...report.lists.map((list) => listLines(list, report, style, view)),
    pathLines(report, style, view),
    titled(language.say('differences-title'), sayDifferences(report, language), style),
    probeLines(report, style, view),
    noteLines(report, style, view),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** A heading and indented sentences; nothing without sentences. */
function titled(title: string, sentences: readonly string[], style: Style): string[] {
  if (sentences.length === 0) return [];
  return [style.bold(clean(title)), ...sentences.flatMap((one) => hang(clean(one), 2))];
}

function clientLines(report: WhyReport, style: Style, language: Language): string[] {
  const groups = groupsOf(report, language);
  if (groups.length === 0) return [];
  const offers = groups.flatMap(({ answers }) =>
    answers.map(({ offer }) => clean(sayOffer(offer, language))),
  );
  const width = Math.max(...offers.map((offer) => offer.length));
  return [
    style.bold(clean(clientsTitle(report, language))),
    ...groups.flatMap((group) => groupLines(group, width, style, language)),
  ];
}

/** 'withheld  Firefox; Go', and below it why. */
function groupLines(group: ClientGroup, width: number, style: Style, language: Language): string[] {
  const indent = width + 4;
  const below = (text: string): string[] => hang(clean(text), indent).map(style.dim);
  const lines = group.answers.flatMap(({ offer, versions, short }, i) => {
    const cell = paint(clean(sayOffer(offer, language)).padEnd(width), offer, style);
    const why = versions === '' ? short : language.say('in-versions', { versions, text: short });
    if (i > 0) {
      const [first = '', ...rest] = hang(clean(why), indent);
      return [`  ${cell}  ${style.dim(first.trimStart())}`, ...rest.map(style.dim)];
    }
    const [first = '', ...rest] = hang(clean(group.titles.join('; ')), indent);
    return [`  ${cell}  ${first.trimStart()}`, ...rest, ...below(why)];
  });
  if (group.withIssuer === '') return lines;
  const offers = sayOffer(group.withIssuer, language);
  return [...lines, ...below(language.say('with-issuing-ca', { offers }))];
}

const paint = (text: string, offer: string, style: Style): string =>
  ({ good: style.green, bad: style.red, open: style.yellow })[toneOf(offer)](text);

const REMEDIES = 6;

function remedyLines(report: WhyReport, style: Style, { language, verbose }: WhyView): string[] {
  const remedies = remediesOf(report, language);
  if (remedies.length === 0) return [];
  const most = verbose ? remedies.length : REMEDIES;
  const lines = remedies.slice(0, most).flatMap(({ remedy, clients }) => {
    const [first = '', ...rest] = hang(`- ${clean(remedy)}`, 2, 4);
    const helped = clean(sayHelped(clients, report, language));
    return [first, ...rest, ...hang(helped, 4).map(style.dim)];
  });
  const left = remedies.length - most;
  if (left > 0) lines.push(style.dim(`  ${language.say('remedies-left', { count: left })}`));
  return [style.bold(language.say('remedies-title')), ...lines];
}

const LISTED = 12;
const ALGORITHMS = 6;

function listLines(
  list: ListRecord,
  report: WhyReport,
  style: Style,
  { language, verbose }: WhyView,
): string[] {
  const label = listLabel(list, report, language);
  const brought = label === '' ? '' : ` ${style.dim(clean(language.say('brought-by', { label })))}`;
  const shown = verbose ? list.names : list.names.slice(0, LISTED);
  const left = list.names.length - shown.length;
  return [
    `${style.bold(clean(listTitle(list, report, language)))}${brought}`,
    ...shown.map((one) => {
      const kind = sayKind(one, language);
      return `  ${clean(sayName(one, language))}${kind === '' ? '' : style.dim(`  ${clean(kind)}`)}`;
    }),
    ...(left > 0 ? [style.dim(`  ${language.say('list-left', { count: left })}`)] : []),
    ...list.remarks.flatMap((one) => hang(`- ${clean(retell(one, language))}`, 2, 4)),
    ...requestLines(list, report, verbose ? Number.POSITIVE_INFINITY : ALGORITHMS, language).flatMap((line) =>
      hang(clean(line), 2, 4).map(style.dim),
    ),
  ];
}

const PATHS = 20;

function pathLines(report: WhyReport, style: Style, { language, verbose }: WhyView): string[] {
  const paths = tellPaths(report, language);
  if (paths.length === 0) return [];
  const shown = verbose ? paths : paths.slice(0, PATHS);
  const left = paths.length - shown.length;
  return [
    style.bold(language.say('paths-title')),
    ...shown.flatMap(({ path, rows }) => [
      ...hang(clean(path), 2),
      ...rows.flatMap((row) => hang(clean(`${row.where}: ${sayPathRow(row, language)}`), 4, 6)),
    ]),
    ...(left > 0 ? [style.dim(`  ${language.say('and-more', { count: left })}`)] : []),
  ];
}

const CONNECTIONS = 12;

function probeLines(report: WhyReport, style: Style, { language, verbose }: WhyView): string[] {
  const told = probesIn(report, language).map(({ label, outcome, status }, i) => {
    const { address, milliseconds } = report.probes[i]!;
    const http = status === null ? '' : `, HTTP ${status}`;
    const where = address === null ? '' : ` (${address}, ${milliseconds} ms)`;
    return `${language.say('connection-with', { label })}: ${outcome}${http}${where}`;
  });
  if (told.length === 0) return [];
  const shown = verbose ? told : told.slice(0, CONNECTIONS);
  const left = told.length - shown.length;
  const more = left > 0 ? [style.dim(`  ${language.say('connections-left', { count: left })}`)] : [];
  const lines = shown.flatMap((one) => hang(clean(one), 2, 4));
  return [style.bold(clean(probesTitle(report, language))), ...lines, ...more];
}

function noteLines(report: WhyReport, style: Style, { language, verbose }: WhyView): string[] {
  const notes = notesIn(report, language).flatMap((text) =>
    hang(clean(language.say('note', { text })), 0, 2),
  );
  const hint = report.clients.length > 0 && !verbose ? [style.dim(language.say('details'))] : [];
  return [...notes, ...hint];
}
