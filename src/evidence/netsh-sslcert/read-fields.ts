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

/** What stands in a record. The fields are read when they are asked for, and not kept: there may be ten thousand. */
export class FieldsOfRecord {
  readonly #record: RawRecord;
  readonly #words: Words;
  readonly #isEnglish: boolean;
  readonly #has: ReadonlySet<BindingField>;
  /** The column by the newest line that is there. */
  readonly column: NetshColumn;

  constructor(record: RawRecord, words: Words) {
    const { entries } = record;
    this.#record = record;
    this.#words = words;
    this.#isEnglish = !isForeign(entries);
    this.#has = namesOf(this.#placed(entries));
    this.column = columnOf(this.#has);
  }

  has(name: BindingField): boolean {
    return this.#has.has(name);
  }

  get size(): number {
    return this.#has.size;
  }

  /** In the order of the lines. */
  read(): readonly ReadField[] {
    const read = new Map<BindingField, ReadField>();
    for (const { row, entry } of this.#placed(this.#record.entries))
      if (!read.has(row.name)) read.set(row.name, readField(row, entry, this.#words));
    return [...read.values()];
  }

  /** undefined: it has no such line. */
  field(name: BindingField): ReadField | undefined {
    if (!this.#has.has(name)) return undefined;
    const placed = this.#placed(this.#record.entries).find(({ row }) => row.name === name);
    return placed && readField(placed.row, placed.entry, this.#words);
  }

  /** English lines that no field is known for. */
  unknown(): readonly Entry[] {
    if (!this.#isEnglish) return [];
    return this.#record.entries.filter((entry) => !entry.english && entry.value !== '');
  }

  #placed(entries: readonly Entry[]): readonly Placed[] {
    return this.#isEnglish ? byLabel(entries) : byPosition(this.#record, entries);
  }
}

function readField(row: FieldRow, { line, value: text }: Entry, words: Words): ReadField {
  const known = row.shape === 'enabled' || row.shape === 'set' ? words[row.shape] : NO_WORDS;
  // The last line of a cut text may hold half a value.
  return { row, line, text, read: line.ended ? readValue(row.shape, text, known) : null };
}

const BY_LABEL = new Map(BINDING_FIELDS.map((row) => [row.label, row]));

/** The records of one listing. They are in one language, and tell together what its words for the switches mean. */
export function readRecords(
  records: readonly RawRecord[],
): readonly { readonly record: RawRecord; readonly fields: FieldsOfRecord }[] {
  const words = wordsOf(records);
  return records.map((record) => ({ record, fields: new FieldsOfRecord(record, words) }));
}

interface Words {
  /** Of Enabled and Disabled. */
  readonly enabled: FlagWords;
  /** Of Set and Not Set. */
  readonly set: FlagWords;
}

function wordsOf(records: readonly RawRecord[]): Words {
  const foreign = records.flatMap((record) => {
    const { entries } = record;
    return isForeign(entries) ? [{ record, entries }] : [];
  });
  const placed = foreign.flatMap(({ record, entries }) => byPosition(record, entries));
  const said = (shape: FieldRow['shape']): string[] =>
    placed.flatMap(({ row, entry }) => (row.shape === shape && entry.line.ended ? [entry.value] : []));
  // The line 'Use Revocation Freshness Time' is printed only where it is Enabled (domain 2.3, 6a).
  const on = foreign.flatMap(({ entries }) => {
    const extra = entries[HEAD.length];
    return numberAfterHead(entries) === HEAD.length + 2 && extra ? [extra.value] : [];
  });
  return wordsByContrast(said('enabled'), said('set'), on);
}

const isForeign = (entries: readonly Entry[]): boolean =>
  entries.filter((entry) => entry.english).length * 2 < entries.length;

interface Placed {
  readonly row: FieldRow;
  readonly entry: Entry;
}

/** One set for all records that have the same fields. */
function namesOf(placed: readonly Placed[]): ReadonlySet<BindingField> {
  const names = new Set(placed.map(({ row }) => row.name));
  const printed = [...names].join(' ');
  const before = sets.get(printed);
  if (before) return before;
  if (sets.size < MOST_SETS) sets.set(printed, names);
  return names;
}

const sets = new Map<string, ReadonlySet<BindingField>>();
const MOST_SETS = 100;

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
function byPosition({ closed }: RawRecord, entries: readonly Entry[]): Placed[] {
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
function columnOf(fields: ReadonlySet<BindingField>): NetshColumn {
  let newest: NetshColumn = 'A';
  for (const name of fields) {
    const { sometimes, since } = fieldRow(name);
    const column = sometimes ?? since;
    if (column !== 'unverified' && column > newest) newest = column;
  }
  return newest;
}

/** The newest of several. */
export const newestColumn = (records: readonly FieldsOfRecord[]): NetshColumn =>
  COLUMNS.findLast((column) => records.some((one) => one.column === column)) ?? 'A';

/** Fields that a record of this column has and this one lacks. */
export function missingFields(fields: Pick<FieldsOfRecord, 'has'>, column: NetshColumn): readonly FieldRow[] {
  return BINDING_FIELDS.filter((row) => !fields.has(row.name) && printed(row, column) === 'always');
}
