import type { Line } from '../../base/text.ts';
import type { BindingKey } from '../../windows/http-sys/binding.ts';
import { isCommand } from './commands.ts';
import { readKey, readValue } from './read-value.ts';
import { EXTENDED_LABELS, KEY_LABELS, type Pair, splitLine } from './split-line.ts';

/** A line of a record below its key line. */
export interface Entry extends Pair {
  readonly line: Line;
}

/** A record: its key line, and where the lines below it stand. A listing has a quarter of a million of these. */
export class RawRecord {
  /** null: redacted or unreadable. */
  readonly key: BindingKey | null;
  readonly keyText: string;
  readonly line: Line;
  /** Something follows its last line, so that it is not the end of a cut text. */
  closed = false;
  readonly #at: number[] = [];
  readonly #entryAt: (at: number) => Entry;

  constructor(line: Line, { label, value }: Pair, entryAt: (at: number) => Entry) {
    // The last line of a cut text may hold half a key, which is another key.
    this.key = line.ended ? readKey(label, value) : null;
    this.keyText = value;
    this.line = line;
    this.#entryAt = entryAt;
  }

  add(at: number): void {
    this.#at.push(at);
    // What stood between two lines of one record (a blank line, a note) closed nothing.
    this.closed = false;
  }

  get entries(): readonly Entry[] {
    return this.#at.map(this.#entryAt);
  }
}

/** One output of `show sslcert`; a transcript holds several. */
export interface Listing {
  /** The row of dashes below its title; null in an excerpt. */
  readonly heading: Line | null;
  /** The command that was echoed, when it asked for one key. */
  readonly filter: Line | null;
  readonly records: RawRecord[];
  /** Lines with a value that belong to no record: a record that begins and is cut, or something else. */
  readonly strays: Entry[];
}

export interface Transcript {
  readonly listings: Listing[];
  /** Lines that are messages or help of netsh, each kind once. */
  readonly messages: readonly { readonly line: Line; readonly says: string }[];
  /** Lines that write a record. */
  readonly commands: readonly Line[];
}

/** Cuts a text into listings and records, by shape before words (domain 2.5 rule 1). */
export function cutIntoListings(lines: readonly Line[]): Transcript {
  const shapes = shapesOf(lines);
  const entryAt = (at: number): Entry => {
    const { label, value, english } = shapes[at]!.pair!;
    return { label, value, english, line: lines[at]! };
  };
  const listings: Listing[] = [];
  const messages = new Map<string, { line: Line; says: string }>();
  let filter: Line | null = null;
  let listing: Listing | null = null;
  let record: RawRecord | null = null;
  const open = (heading: Line | null): Listing => {
    const fresh = { heading, filter, records: [], strays: [] };
    listings.push(fresh);
    return fresh;
  };

  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const { pair, says, command, isDashes } = shapes[i]!;
    if (says) messages.set(says, messages.get(says) ?? { line, says });
    if (command !== null) {
      filter = command.includes('=') ? line : null;
      listing = null;
      record = closeRecord(record);
    } else if (isDashes && isTitle(lines[i - 1])) {
      listing = open(line);
      record = closeRecord(record);
    } else if (pair && startsRecord(shapes, i, pair)) {
      closeRecord(record);
      listing ??= open(null);
      record = new RawRecord(line, pair, entryAt);
      listing.records.push(record);
    } else if (!pair || says || isExtended(pair)) {
      // Half a line at the very end may be the begin of the record's next; a prompt is none.
      if (line.ended || PROMPT.test(line.text)) closeRecord(record);
    } else if (record && !(record.closed && isForeignKey(pair))) {
      record.add(i);
    } else {
      listing?.strays.push(entryAt(i));
      record = closeRecord(record);
    }
  }
  const commands = lines.filter((_, i) => shapes[i]!.writes);
  return { listings, messages: [...messages.values()], commands };
}

function closeRecord(record: RawRecord | null): null {
  if (record) record.closed = true;
  return null;
}

/** What a line is by itself. */
interface Shape {
  readonly pair: Pair | null;
  readonly says: string | null;
  /** What follows an echoed `netsh http show sslcert`. */
  readonly command: string | null;
  readonly isDashes: boolean;
  /** A command line that adds or updates a record. */
  readonly writes: boolean;
}

/** Most lines of a long listing stand in every record: what they are is found out once. */
function shapesOf(lines: readonly Line[]): readonly Shape[] {
  const known = new Map<string, Shape>();
  return lines.map(({ text }) => {
    const before = known.get(text);
    if (before) return before;
    const shape = shapeOf(text);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, shape);
    return shape;
  });
}

const MOST_KNOWN = 4096;

const shapeOf = (text: string): Shape => ({
  pair: splitLine(text),
  says: messageIn(text),
  command: COMMAND.exec(text)?.[1] ?? null,
  isDashes: DASHES.test(text),
  writes: isCommand(text),
});

const PROMPT = /[>#$]\s*$/;
const COMMAND = /netsh(?:\.exe)?\s+http\s+show\s+sslcert\b(.*)$/i;
/** Quoted in a mail it stands behind the marks of quotation. */
const DASHES = /^[\s>|]*[-\u2010-\u2015]{20,}\s*$/;

/** Stands above a row of dashes: 'SSL Certificate bindings:' in any language; other listings of netsh look alike. */
const isTitle = (line: Line | undefined): boolean => /SSL.*[:：]\s*$/.test(line?.text ?? '');

/** How many lines may follow a key line before its hash and application id have come. */
const NEAR = 3;

/** An English key line, or a key in any language with a hash (or none) and a GUID close below it. */
function startsRecord(shapes: readonly Shape[], at: number, { label, value, english }: Pair): boolean {
  const isEnglishKey = english && (KEY_LABELS as readonly string[]).includes(label);
  if (isEnglishKey) return true;
  if (english || readKey(label, value) === null) return false;
  const below = shapes.slice(at + 1, at + 1 + NEAR).flatMap(({ pair }) => pair ?? []);
  if (below[0] && HASH_LABELS.has(below[0].label.toLowerCase())) return true;
  return below.some((pair) => isHash(pair.value)) && below.some((pair) => isGuid(pair.value));
}

/** Labels of the hash that were seen on hosts of other languages (domain 2.4): where the values are gone. */
const HASH_LABELS = new Set(['zertifikathash', '证书哈希']);

const isExtended = ({ label }: Pair): boolean => (EXTENDED_LABELS as readonly string[]).includes(label);

/** A key whose hash and GUID did not come: a record of a text that is cut there. */
function isForeignKey({ label, value, english }: Pair): boolean {
  return !english && value.includes(':') && readKey(label, value) !== null;
}

const isHash = (value: string): boolean => readValue('hash', value) !== null;
const isGuid = (value: string): boolean => readValue('guid', value) !== null;

/** What netsh says besides a listing (domain 1.5); only English is known. */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [
    /^\s*Usage:\s+(?:add|update|show|delete)\s+sslcert\b/i,
    'help of netsh, not a listing: collect the output of netsh http show sslcert',
  ],
  [
    /^The system cannot find the file specified\./i,
    'netsh found no record for the key that it was asked for: collect netsh http show sslcert without a key',
  ],
  [
    /^One or more essential parameters were not entered\./i,
    'netsh refused the command line (a parameter is missing or unknown)',
  ],
  [/^The parameter is incorrect\./i, 'netsh refused a parameter (error 87)'],
  [/^SSL Certificate \w+ failed, Error: \d+/i, 'netsh failed to change a record'],
  [
    /^SSL Certificate successfully \w+/i,
    'netsh changed a record; what stands before it in this file is older',
  ],
];

function messageIn(text: string): string | null {
  return MESSAGES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
