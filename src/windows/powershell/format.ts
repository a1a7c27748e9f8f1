import type { CommandContext } from '../commands/command.ts';
import { lines } from '../http-sys/show.ts';
import { isObject, listOf, type PsObject, type PsValue, property, textOf, type View } from './values.ts';

/** What PowerShell 5.1 prints of values when nobody says how (domain 8.6), in a console of 120 columns. */

const WIDTH = 120;

export function formatted(values: readonly PsValue[], context: CommandContext): string {
  const blocks: string[] = [];
  for (let i = 0; i < values.length; ) {
    const view = viewOf(values[i]!);
    let end = i + 1;
    while (end < values.length && viewOf(values[end]!) === view) end++;
    blocks.push(lines(VIEWS[view](values.slice(i, end), context)));
    i = end;
  }
  return blocks.join('');
}

const viewOf = (value: PsValue): View => (isObject(value) ? value.view : 'text');

const VIEWS: Readonly<Record<View, (values: readonly PsValue[], context: CommandContext) => string[]>> = {
  text: (values, { language }) => values.flatMap((one) => listOf(one).map((each) => textOf(each, language))),
  list: (values, context) => ['', ...values.flatMap((one) => [...propertyLines(one, null, context), '']), ''],
  store: (values) => ['', ...values.flatMap((one) => [`Name : ${textOf(property(one, 'Name'))}`, '']), ''],
  binding: (values, context) => table(values, ['protocol', 'bindingInformation', 'sslFlags'], context),
  certificate: (values, context) => byParent(values).flatMap((group) => certificateTable(group, context)),
};

/** Those of one path stand under it; a path that comes again later gets a table of its own. */
function byParent(values: readonly PsValue[]): PsValue[][] {
  const groups: PsValue[][] = [];
  let last: string | null = null;
  for (const value of values) {
    const parent = textOf(property(value, 'PSParentPath'));
    if (parent !== last) groups.push([]);
    groups.at(-1)!.push(value);
    last = parent;
  }
  return groups;
}

/** Two blanks between the columns; a subject that does not fit ends in three dots. */
function certificateTable(group: readonly PsValue[], { language }: CommandContext): string[] {
  const width = WIDTH - 43;
  const rows = group.map((one) => {
    const subject = textOf(property(one, 'Subject'), language);
    const cut = subject.length > width ? `${subject.slice(0, width - 3)}...` : subject;
    return `${textOf(property(one, 'Thumbprint'))}  ${cut}`;
  });
  return [
    '',
    '',
    `   PSParentPath: ${textOf(property(group[0]!, 'PSParentPath'))}`,
    '',
    `${'Thumbprint'.padEnd(40)}  Subject`,
    `${'----------'.padEnd(40)}  -------`,
    ...rows,
    '',
  ];
}

export function table(
  values: readonly PsValue[],
  names: readonly string[],
  { language }: CommandContext,
): string[] {
  const right = names.filter((name) => values.every((one) => typeof property(one, name) === 'number'));
  const cells = values.map((one) => names.map((name) => cellText(property(one, name), language)));
  const widths = names.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => (right.includes(names[i]!) ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)))
      .join(' ')
      .trimEnd();
  return ['', line(names), line(names.map((name) => '-'.repeat(name.length))), ...cells.map(line), '', ''];
}

/** 'Name : value', the names padded; null for all properties. */
export function propertyLines(
  value: PsValue,
  names: readonly string[] | null,
  { language }: CommandContext,
): string[] {
  if (!isObject(value)) return [textOf(value, language)];
  const chosen = names ? chosenNames(value, names) : [...value.properties.keys()];
  const width = Math.max(0, ...chosen.map((name) => name.length));
  return chosen.map((name) => `${name.padEnd(width)} : ${cellText(property(value, name), language)}`);
}

/** Names may have a `*`. */
export function chosenNames(value: PsObject, names: readonly string[]): string[] {
  const own = [...value.properties.keys()];
  return names.flatMap((name) => {
    if (name.includes('*'))
      return own.filter((one) => new RegExp(`^${name.replaceAll('*', '.*')}$`, 'i').test(one));
    return [own.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name];
  });
}

function cellText(value: PsValue, language: CommandContext['language']): string {
  if (Array.isArray(value)) return `{${value.map((one) => textOf(one, language)).join(', ')}}`;
  return textOf(value, language);
}
