import { markdownCode, escapeMarkdown as md } from '../escape.ts';
import type { Language } from '../lang/language.ts';
import { retell } from '../lang/tell.ts';
import type { ListRecord, WhyReport } from '../why.ts';
import { clientsTitle, groupsOf, remediesOf, sayHelped, sayOffer } from '../why-clients.ts';
import { sayDifferences } from '../why-differences.ts';
import { listLabel, listTitle, requestLines, sayKind, sayName } from '../why-lists.ts';
import { tellPaths } from '../why-paths.ts';
import { headlineIn, notesIn, probesIn, probesTitle, sinceIn, usualView, type WhyView } from '../why-view.ts';
import { dateTime } from '../words.ts';
import { certificateBlocks } from './why-certificates.ts';
import { choiceBlocks } from './why-choices.ts';

/** For a ticket: GitHub-flavoured Markdown. */
export function renderWhyMarkdown(report: WhyReport, view: WhyView = usualView): string {
  const { language, verbose } = view;
  const since = language.say('since-title', { time: dateTime(report.since?.madeAt ?? '') });
  const blocks = [
    `**${md(headlineIn(report, language))}**`,
    ...listBlock(since, sinceIn(report, language) ?? []),
    ...choiceBlocks(report, language),
    ...clientBlocks(report, language),
    ...certificateBlocks(report, view),
    ...report.lists.flatMap((list) => issuerBlocks(list, report, language, verbose)),
    ...pathBlocks(report, language),
    ...listBlock(language.say('differences-title'), sayDifferences(report, language)),
    ...probeBlocks(report, language),
    ...notesIn(report, language).map((text) => md(language.say('note', { text }))),
    footOf(report, language),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const titled = (title: string, block: string): string[] => [`### ${md(title)}`, block];

function listBlock(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : titled(title, bullets(items.map(md)));
}

const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(md).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function clientBlocks(report: WhyReport, language: Language): string[] {
  const groups = groupsOf(report, language);
  if (groups.length === 0) return [];
  const changes = groups.some((group) => group.withIssuer !== '');
  const rows = groups.flatMap(({ titles, answers, withIssuer }) =>
    answers.map(({ offer, versions, short }, i) => [
      sayOffer(offer, language),
      i === 0 ? titles.join('; ') : '',
      versions === '' ? short : language.say('in-versions', { versions, text: short }),
      ...(changes ? [i === 0 ? sayOffer(withIssuer, language) : ''] : []),
    ]),
  );
  const columns = ['answer', 'clients', 'why', ...(changes ? ['with-issuer'] : [])];
  const remedies = remediesOf(report, language).map(
    ({ remedy, clients }) => `${remedy} (${sayHelped(clients, report, language)})`,
  );
  return [
    ...titled(
      clientsTitle(report, language),
      table(
        columns.map((id) => language.say(`column-${id}`)),
        rows,
      ),
    ),
    ...listBlock(language.say('remedies-title'), remedies),
  ];
}

const LISTED = 30;
const ALGORITHMS = 6;

function issuerBlocks(list: ListRecord, report: WhyReport, language: Language, verbose: boolean): string[] {
  const label = listLabel(list, report, language);
  const brought = label === '' ? '' : ` ${language.say('brought-by', { label })}`;
  const shown = verbose ? list.names : list.names.slice(0, LISTED);
  const left = list.count - shown.length;
  const names = shown.map((one) => {
    const kind = sayKind(one, language);
    return `${markdownCode(sayName(one, language))}${kind === '' ? '' : ` (${md(kind)})`}`;
  });
  if (left > 0) names.push(md(language.say('list-left', { count: left })));
  const lines = [
    ...list.remarks.map((one) => retell(one, language)),
    ...requestLines(list, report, verbose ? Number.POSITIVE_INFINITY : ALGORITHMS, language),
  ];
  return [
    `### ${md(`${listTitle(list, report, language)}${brought}`)}`,
    ...(names.length > 0 ? [bullets(names)] : []),
    ...lines.map(md),
  ];
}

const PATH_COLUMNS = ['path', 'with', 'asked', 'without', 'given'];

function pathBlocks(report: WhyReport, language: Language): string[] {
  const paths = tellPaths(report, language);
  if (paths.length === 0) return [];
  const rows = paths.flatMap(({ path, rows: of }) =>
    of.map(({ where, asked, without, given }, i) => [i === 0 ? path : '', where, asked, without, given]),
  );
  const columns = PATH_COLUMNS.map((id) => language.say(`column-${id}`));
  return titled(language.say('paths-title'), table(columns, rows));
}

function probeBlocks(report: WhyReport, language: Language): string[] {
  const rows = probesIn(report, language).map(({ label, outcome, status }) => [label, outcome, status ?? '']);
  if (rows.length === 0) return [];
  const columns = ['connection', 'end'].map((id) => language.say(`column-${id}`));
  return titled(probesTitle(report, language), table([...columns, 'HTTP'], rows));
}

function footOf({ url, madeAt, tool }: WhyReport, language: Language): string {
  const meta = language.say('meta', { url, time: dateTime(madeAt) });
  return `<sub>handclasp ${md(tool.version)}; ${md(meta)}</sub>`;
}
