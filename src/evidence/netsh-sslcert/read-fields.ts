import type { Line } from '../../base/text.ts';
import {
  BINDING_FIELDS,
  type BindingField,
  type FieldRow,
  type NetshColumn,
} from '../../windows/http-sys/binding.ts';
import { COLUMNS, fieldRow, printed } from '../../windows/http-sys/fields.ts';
import { type FlagWords, NO_WORDS, wordsByContrast } from './flag-words.ts';
import type { Entry, RawRecord } from './listing.ts';
import { type ReadValue, readValue } from './read-value.ts';

export interface ReadField {
  readonly row: FieldRow;
  readonly line: Line;
  readonly text: string;
  /** null: the text is there and no value. */
  readonly read: ReadValue;
}

export interface FieldsOfRecord {
  readonly fields: ReadonlyMap<BindingField, ReadField>;
  /** English lines that no field is known for. */
  readonly unknown: readonly Entry[];
  /** The column by the newest line that is there. */
  readonly column: NetshColumn;
}

const BY_LABEL = new Map(BINDING_FIELDS.map((row) => [row.label, row]));

/** The records of one listing. They are in one language, and tell together what its words for the switches mean. */
export function readRecords(
  records: readonly RawRecord[],
): readonly { readonly record: RawRecord; readonly fields: FieldsOfRecord }[] {
  const words = wordsOf(records);
  return records.map((record) => ({ record, fields: readFields(record, words) }));
}

interface Words {
  /** Of Enabled and Disabled. */
  readonly enabled: FlagWords;
  /** Of Set and Not Set. */
  readonly set: FlagWords;
}

function wordsOf(records: readonly RawRecord[]): Words {
  const placed = records.filter(isForeign).flatMap((record) => byPosition(record));
  const said = (shape: FieldRow['shape']): string[] =>
    placed.flatMap(({ row, entry }) => (row.shape === shape && entry.line.ended ? [entry.value] : []));
  // The line 'Use Revocation Freshness Time' is printed only where it is Enabled (domain 2.3, 6a).
  const on = records.filter(isForeign).flatMap(({ entries }) => {
    const extra = entries[HEAD.length];
    return numberAfterHead(entries) === HEAD.length + 2 && extra ? [extra.value] : [];
  });
  return wordsByContrast(said('enabled'), said('set'), on);
}

const isForeign = ({ entries }: RawRecord): boolean =>
  entries.filter((entry) => entry.english).length * 2 < entries.length;

/** The fields of a record: by label where they are English, else by position. */
function readFields(record: RawRecord, words: Words): FieldsOfRecord {
  const english = !isForeign(record);
  const placed = english ? byLabel(record.entries) : byPosition(record);
  const fields = new Map<BindingField, ReadField>();
  for (const { row, entry } of placed) {
    if (fields.has(row.name)) continue;
    const known = row.shape === 'enabled' || row.shape === 'set' ? words[row.shape] : NO_WORDS;
    // The last line of a cut text may hold half a value.
    const read = entry.line.ended ? readValue(row.shape, entry.value, known) : null;
    fields.set(row.name, { row, line: entry.line, text: entry.value, read });
  }
  const unknown = english ? record.entries.filter((entry) => !entry.english && entry.value !== '') : [];
  return { fields, unknown, column: columnOf(fields) };
}

interface Placed {
  readonly row: FieldRow;
  readonly entry: Entry;
}

function byLabel(entries: readonly Entry[]): Placed[] {
  const placed: Placed[] = [];
  for (const entry of entries) {
    const row = BY_LABEL.get(entry.label);
    if (row) placed.push({ row, entry });
  }
  return placed;
}

const HEAD: readonly BindingField[] = [
  'certhash',
  'appid',
  'certstorename',
  'verifyclientcertrevocation',
  'verifyrevocationwithcachedclientcertonly',
];
const MIDDLE: readonly BindingField[] = [
  'usagecheck',
  'revocationfreshnesstime',
  'urlretrievaltimeout',
  'sslctlidentifier',
  'sslctlstorename',
];
/** The order in which the switches follow; what differs by column comes after the eighth. */
const SWITCHES: readonly BindingField[] = [
  'dsmapperusage',
  'clientcertnegotiation',
  'reject',
  'disablehttp2',
  'disablequic',
  'disabletls12',
  'disabletls13',
  'disableocspstapling',
];
const OF_D: readonly BindingField[] = [
  'enabletokenbinding',
  'logextendedevents',
  'disablelegacytls',
  'enablesessionticket',
];
/** What follows the eighth switch, by how many follow it. Other counts: nobody knows which they are. */
const TAILS: Readonly<Record<number, readonly BindingField[]>> = {
  0: [],
  1: ['disablelegacytls'],
  4: OF_D,
  5: [...OF_D, 'enablecachingclienthello'],
  6: [...OF_D, 'disablesessionid', 'enablecachingclienthello'],
};

/** Where the first number stands that can be the freshness time; -1 where none does. */
function numberAfterHead(entries: readonly Entry[]): number {
  return entries.findIndex(({ value }, i) => i >= HEAD.length && /^\d+$/.test(value));
}

/**
 * By position, for languages whose labels nobody collected (domain 2.5 rule 1). The order is fixed but for the line
 * 'Use Revocation Freshness Time', which stands before the usage check only when the freshness time is set: the
 * first number tells.
 */
function byPosition({ entries, closed }: RawRecord): Placed[] {
  const texts = entries.map((entry) => entry.value);
  const number = numberAfterHead(entries);
  const usage = number - 1;
  const isPlaced = number === HEAD.length + 1 || number === HEAD.length + 2;
  const head = HEAD.map((name, i) => [name, i] as const);
  if (!isPlaced) return place(entries, head);
  const middle = MIDDLE.map((name, i) => [name, usage + i] as const);
  const from = usage + MIDDLE.length;
  const rest = texts.slice(from);
  const end = rest.findIndex((text) => /^\d*$/.test(text));
  const count = end < 0 ? rest.length : end;
  const names = switchNames(count, closed || (end >= 0 && entries[from + end]!.line.ended));
  return place(entries, [...head, ...middle, ...names.map((name, i) => [name, from + i] as const)]);
}

/** How many switches the generations before 2019 print (domain 2.3: columns A and B). */
const FEW = [2, 3, 4];

/** Which switches follow each other: told by how many they are, and not where the record is cut among them. */
function switchNames(count: number, isWhole: boolean): readonly BindingField[] {
  if (!isWhole) return SWITCHES.slice(0, count);
  if (FEW.includes(count)) return SWITCHES.slice(0, count);
  const tail = TAILS[count - SWITCHES.length];
  return tail ? [...SWITCHES, ...tail] : [];
}

function place(entries: readonly Entry[], names: readonly (readonly [BindingField, number])[]): Placed[] {
  return names.flatMap(([name, at]) => {
    const entry = entries[at];
    return entry ? [{ row: fieldRow(name), entry }] : [];
  });
}

/** The column by the newest line; lines that only some builds print count for the first that may. */
function columnOf(fields: ReadonlyMap<BindingField, ReadField>): NetshColumn {
  let newest: NetshColumn = 'A';
  for (const { row } of fields.values()) {
    const column = row.sometimes ?? row.since;
    if (column !== 'unverified' && column > newest) newest = column;
  }
  return newest;
}

/** The newest of several. */
export const newestColumn = (records: readonly FieldsOfRecord[]): NetshColumn =>
  COLUMNS.findLast((column) => records.some((one) => one.column === column)) ?? 'A';

/** Fields that a record of this column has and this one lacks. */
export function missingFields(
  fields: ReadonlyMap<BindingField, ReadField>,
  column: NetshColumn,
): readonly FieldRow[] {
  return BINDING_FIELDS.filter((row) => !fields.has(row.name) && printed(row, column) === 'always');
}
