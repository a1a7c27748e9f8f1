import { known, unknown } from '../../base/known.ts';
import { decodeText, type Line, LineReader } from '../../base/text.ts';
import type { BuildId } from '../../windows/builds.ts';
import type { NetshColumn } from '../../windows/http-sys/binding.ts';
import { printKey } from '../../windows/http-sys/key.ts';
import type { BindingFieldSeen } from '../claims.ts';
import { clip, lineLocus } from '../line-locus.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import { quotedCommand } from './commands.ts';
import { cutIntoListings, type Listing, type RawRecord } from './listing.ts';
import { type FieldsOfRecord, missingFields, newestColumn, readRecords } from './read-fields.ts';

/** Text of `netsh http show sslcert` (domain 2), in any language as far as its shape tells. */
const reader: EvidenceReader = {
  kind: 'netsh-sslcert',
  title: 'output of netsh http show sslcert',
  sniff(head) {
    const lines = linesOf(head);
    const { listings, messages, commands } = cutIntoListings(lines);
    const isRecord = (one: RawRecord): boolean =>
      one.key !== null || one.entries.some(({ english }) => english);
    if (listings.some(({ heading, records }) => heading || records.some(isRecord))) return 'certain';
    return messages.length > 0 || commands.length > 0 ? 'likely' : 'no';
  },
  among:
    /(?:IP:port|Hostname:port|CCS:port|Central Certificate Store)\s*[:：]|SSL[^\n]{0,60}[:：]\s*\n\s*[-\u2010-\u2015]{20}|netsh(?:\.exe)?\s+http\s+show\s+sslcert/i,
  open(context) {
    const lines: Line[] = [];
    let skipped = 0;
    const text = new LineReader((line) => {
      if (lines.length < MOST_LINES) lines.push(line);
      else skipped++;
    });
    return {
      push: (chunk) => text.push(chunk),
      end() {
        text.end();
        readTranscript(lines, skipped > 0, context);
      },
    };
  },
};
export default reader;

/** A listing of 12,000 records; http.sys hosts have dozens. */
const MOST_LINES = 400_000;

function linesOf(head: Uint8Array): Line[] {
  return decodeText(head)
    .split('\n')
    .map((text, i) => ({ text: text.replace(/\r+$/, ''), number: i + 1, ended: true, cut: false }));
}

function readTranscript(lines: readonly Line[], cut: boolean, context: ReadContext): void {
  const { listings, messages, commands } = cutIntoListings(lines);
  for (const { line, says } of messages) note(context, line, says);
  for (const line of commands) claimCommand(line, context);
  if (cut) note(context, lines.at(-1)!, `more than ${MOST_LINES} lines: the rest was not read`);
  const latest = new Map<string, { record: RawRecord; fields: FieldsOfRecord; column: NetshColumn }>();
  const last = listings.at(-1);
  const refused = messages.some(({ line }) => line.number > (last?.heading?.number ?? 0));
  const readLast = last ? readRecords(last.records) : [];
  const whole = !cut && !refused && last !== undefined && isWhole(last, readLast);
  if (listings.length > 1) noteSeveral(listings, whole, context);
  for (const listing of whole ? [last] : listings) {
    const read = listing === last ? readLast : readRecords(listing.records);
    const column = newestColumn(read.map(({ fields }) => fields));
    for (const one of read) {
      if (one.record.key) latest.set(printKey(one.record.key).toLowerCase(), { ...one, column });
      else noteUnreadableKey(one.record, context);
    }
    noteGaps(listing, whole, context);
  }
  if (whole) for (const listing of listings.slice(0, -1)) claimPast(listing, context);
  for (const { record, fields, column } of latest.values()) claimRecord(record, fields, column, context);
  if (whole) claimWhole(last, [...latest.values()], context);
}

function claimCommand(line: Line, context: ReadContext): void {
  const command = quotedCommand(line);
  if (!command) return;
  const { key, values } = command;
  context.claim({ says: 'binding-past', how: 'command', key, values, at: lineLocus(context.source, line) });
}

/** A listing that a later one in the same text takes the place of. */
function claimPast(listing: Listing, context: ReadContext): void {
  for (const { record, fields } of readRecords(listing.records)) {
    const read = fields.read().filter(({ read }) => read?.value !== undefined);
    if (!record.key) continue;
    const values = Object.fromEntries(read.map(({ row, read: one }) => [row.name, one!.value]));
    const at = lineLocus(context.source, record.line);
    context.claim({ says: 'binding-past', how: 'listing', key: record.key, values, at });
  }
}

function claimRecord(
  record: RawRecord,
  fields: FieldsOfRecord,
  column: NetshColumn,
  context: ReadContext,
): void {
  const key = record.key!;
  const { source } = context;
  context.claim({ says: 'binding', key, at: lineLocus(source, record.line) });
  for (const { row, line, text, read } of fields.read()) {
    const at = lineLocus(source, line);
    const value: BindingFieldSeen['value'] = read
      ? known(read.value, [at])
      : unknown(
          `netsh http show sslcert again: field ${row.label} of record ${printKey(key)} was unreadable ("${clip(text)}", ${source}:${line.number})`,
        );
    context.claim({ says: 'binding-field', key, field: row.name, value, at });
  }
  for (const row of missingFields(fields, column)) {
    const gone = `netsh http show sslcert again: field ${row.label} of record ${printKey(key)} is missing in ${source}`;
    const at = lineLocus(source, record.line);
    context.claim({ says: 'binding-field', key, field: row.name, value: unknown(gone), at });
  }
  for (const { line } of fields.unknown()) {
    note(context, line, `line of record ${printKey(key)} not known: "${clip(line.text.trim())}"`);
  }
}

/** The whole listing: heading seen, asked for without a key, every record readable and none cut. */
function isWhole(listing: Listing, records: ReturnType<typeof readRecords>): boolean {
  if (!listing.heading?.ended || listing.filter || listing.strays.length > 0) return false;
  if (records.some(({ record }) => record.key === null)) return false;
  const read = records.map((one) => one.fields);
  const column = newestColumn(read);
  const complete = read.every((fields) => missingFields(fields, column).length === 0);
  return complete && endsWhole(listing.records, read, column);
}

/**
 * The last record ends where its build's records end: something follows it, or an equal one stands above it, or it
 * is of the newest shape. A lone record of an older shape at the very end of a text may be a newer one cut short.
 */
function endsWhole(
  records: readonly RawRecord[],
  read: readonly FieldsOfRecord[],
  column: NetshColumn,
): boolean {
  const last = records.at(-1);
  if (!last || last.closed) return true;
  if (!last.entries.at(-1)?.line.ended) return false;
  return column === 'E' || read.slice(0, -1).some((one) => one.size === read.at(-1)!.size);
}

const BUILDS_BY_COLUMN: Readonly<Partial<Record<NetshColumn, BuildId>>> = {
  B: '2016',
  C: '2019',
  D: '2022',
  E: '2025',
};

/** IIS Express: the machine of a developer, which prints as a server of its generation but is none. */
const IIS_EXPRESS = '{214124cd-d05b-4309-9af9-9caa44b2b74a}';

function claimWhole(
  listing: Listing,
  records: readonly { record: RawRecord; fields: FieldsOfRecord; column: NetshColumn }[],
  context: ReadContext,
): void {
  const at = lineLocus(context.source, listing.heading!);
  context.claim({ says: 'bindings-whole', at });
  const [first] = records;
  if (!first) return;
  if (records.length === 1) {
    note(
      context,
      first.record.line,
      'one record only: if the listing was asked for with a key (ipport=, hostnameport=), collect it again without one',
    );
  }
  const build = BUILDS_BY_COLUMN[first.column];
  const developer = isOfDeveloper(records.map(({ fields }) => fields));
  if (!build || developer) return;
  const newest = first.fields.read().at(-1)!;
  context.claim({ says: 'build', build, byShape: true, at: lineLocus(context.source, newest.line) });
}

const isOfDeveloper = (records: readonly FieldsOfRecord[]): boolean =>
  records.some((fields) => fields.field('appid')?.read?.value === IIS_EXPRESS);

function noteSeveral(listings: readonly Listing[], whole: boolean, context: ReadContext): void {
  const used = whole ? 'only the last is used' : 'where they show one record twice the later is used';
  const heads = listings.map((one) => one.heading?.number ?? one.records[0]?.line.number ?? 0).join(', ');
  context.note({
    at: { source: context.source },
    message: `${listings.length} listings in one file (lines ${heads}): ${used}`,
  });
}

function noteUnreadableKey(record: RawRecord, context: ReadContext): void {
  note(
    context,
    record.line,
    `the key of a record is unreadable or redacted ("${clip(record.keyText)}"): the record is left out`,
  );
}

/** Why the listing is not taken for the whole, in the words of what to do. */
function noteGaps(listing: Listing, whole: boolean, context: ReadContext): void {
  if (whole) return;
  const { records, heading, filter, strays } = listing;
  const last = records.at(-1);
  const again = 'collect the whole output of netsh http show sslcert';
  if (filter) note(context, filter, `asked for one key: other records may exist; ${again}`);
  else if (!heading && last) note(context, records[0]!.line, `an excerpt without its heading: ${again}`);
  else if (strays[0]) note(context, strays[0].line, `a record seems to begin here and is cut; ${again}`);
  else if (last && records.every((record) => record.key))
    note(context, last.entries.at(-1)?.line ?? last.line, `the listing may be cut here; ${again}`);
}

function note(context: ReadContext, line: Line, message: string): void {
  context.note({ at: lineLocus(context.source, line), message });
}
