import { type Note, printLocus } from '../../base/locus.ts';
import type { RawGroup } from '../../evidence/w3c-log/tally-counter.ts';
import type { Dimension } from '../../evidence/w3c-log/tally-layout.ts';
import { rowOf, rowsOf, type TallyRow } from '../../evidence/w3c-log/tally-rows.ts';
import { escapeCsv, escapeJson, escapeTerminal } from '../escape.ts';
import { PlainRows } from './count-plain.ts';
import { plainStyle, type Style } from './style.ts';

/** Lines of logs counted by some of their values. `groups` can be walked once. */
export interface Count {
  readonly by: readonly Dimension[];
  /** null: lines of all statuses. */
  readonly status: string | null;
  readonly logs: number;
  readonly lines: number;
  readonly uncounted: number;
  readonly notes: readonly Note[];
  readonly groups: Iterable<RawGroup>;
}

/** Pieces of about this many characters, so that a long list is never one text. */
const PIECE = 1 << 16;

/** RFC 4180, a heading first, lines ended by a line feed alone. Notes are left out: the command tells them apart. */
export function* countCsv({ by, groups }: Count): Generator<string, number> {
  yield `${[...by, 'count'].join(',')}\n`;
  const plain = new PlainRows(by);
  let malformed = 0;
  for (const group of groups) {
    if (plain.add(group)) {
      if (plain.isFull) yield plain.take();
      continue;
    }
    const row = rowOf(group, by);
    if (row) yield `${plain.take()}${row.values.map(escapeCsv).join(',')},${row.count}\n`;
    else malformed += group.count;
  }
  yield plain.take();
  return malformed;
}

/** The document handclasp/count/1, a group a line. */
export function* countJson(count: Count): Generator<string, number> {
  const { by, status, logs, lines } = count;
  const rows = rowsOf(count.groups, by);
  let text = `{"schema":"handclasp/count/1","by":${escapeJson(by, 0)},"status":${status ?? null},"logs":${logs},"lines":${lines},"groups":[`;
  for (let first = true; ; first = false) {
    const next = rows.next();
    if (next.done) {
      const notes = allNotes(count, next.value).map(({ at, message }) => ({ at: printLocus(at), message }));
      yield `${text}\n],"complete":${count.uncounted === 0},"notes":${escapeJson(notes, 0)}}\n`;
      return next.value;
    }
    const { values } = next.value;
    const named = by.map((dimension, i) => [dimension, jsonValue(dimension, values[i]!)]);
    text += `${first ? '' : ','}\n${escapeJson({ ...Object.fromEntries(named), count: next.value.count }, 0)}`;
    if (text.length > PIECE) {
      yield text;
      text = '';
    }
  }
}

const NUMBERS: readonly Dimension[] = ['status', 'substatus', 'win32'];

function jsonValue(dimension: Dimension, value: string): string | number | null {
  if (value === '') return null;
  return NUMBERS.includes(dimension) ? Number(value) : value;
}

/** A table of the first `most` rows, which are the largest groups when they come in that order. */
export function* countText(count: Count, most: number, style: Style = plainStyle): Generator<string, number> {
  const { by } = count;
  const rows = rowsOf(count.groups, by);
  const shown: TallyRow[] = [];
  let groups = 0;
  let next = rows.next();
  for (; !next.done; next = rows.next()) {
    groups++;
    if (shown.length < most) shown.push(next.value);
  }
  yield `${summary(count, groups, shown.length)}\n`;
  if (groups > 0) yield `\n${table(['count', ...by.map(titleOf)], shown, style)}`;
  const notes = allNotes(count, next.value);
  if (notes.length > 0) yield `\nNotes\n${notes.map(noteLine).join('')}`;
  return next.value;
}

const titleOf = (dimension: Dimension): string =>
  dimension === 'hour' || dimension === 'day' ? `${dimension} (UTC)` : dimension;

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function summary({ status, logs, lines }: Count, groups: number, shown: number): string {
  const of = status === null ? '' : ` of status ${status}`;
  const most = groups > shown ? `, of which the ${shown} largest stand here (--csv gives all)` : '';
  return `${plural(lines, 'line')}${of} in ${plural(logs, 'log')}, ${plural(groups, 'group')}${most}`;
}

function table(titles: readonly string[], rows: readonly TallyRow[], style: Style): string {
  const cells = rows.map(({ values, count }) => [
    String(count),
    ...values.map((value) => (value === '' ? '-' : escapeTerminal(value))),
  ]);
  const widths = titles.map((title, i) =>
    Math.min(60, Math.max(title.length, ...cells.map((row) => row[i]!.length))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 0 ? cell.padStart(widths[0]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [style.bold(line(titles)), ...cells.map(line), ''].join('\n');
}

const noteLine = ({ at, message }: Note): string =>
  `  ${escapeTerminal(printLocus(at))}: ${escapeTerminal(message)}\n`;

/** What came while reading, and what only the whole list shows. */
export function allNotes({ notes, uncounted }: Count, malformed: number): Note[] {
  const all = [...notes];
  const at = { source: 'all logs' };
  if (malformed > 0)
    all.push({ at, message: `${plural(malformed, 'line')} left out, whose status or time is none` });
  if (uncounted > 0)
    all.push({
      at,
      message: `${plural(uncounted, 'line')} not counted, for there are too many groups: ask --by fewer values, or log by log`,
    });
  return all;
}
