import { BINDING_FIELDS } from '../../windows/http-sys/binding.ts';

/** A line of the listing taken apart; the label as netsh spells it when it is one of the English ones. */
export interface Pair {
  readonly label: string;
  /** '' where nothing stands after the colon. */
  readonly value: string;
  readonly english: boolean;
}

export const KEY_LABELS = [
  'IP:port',
  'Hostname:port',
  'Scoped CCS:port',
  'CCS:port',
  'Central Certificate Store',
] as const;

/** Printed after the fields of a record from 2022 on (domain 2.3). */
export const EXTENDED_LABELS = [
  'Extended Properties',
  'PropertyId',
  'Receive Window',
  'Max Settings Per Frame',
  'Max Settings Per Minute',
] as const;

/** Printed only when a freshness time is set, and says no more than that (domain 2.3, line 6a). */
const USES_FRESHNESS = 'Use Revocation Freshness Time';

const ENGLISH = [
  ...KEY_LABELS,
  ...BINDING_FIELDS.map((row) => row.label),
  ...EXTENDED_LABELS,
  USES_FRESHNESS,
];
const SPELLED = new Map(ENGLISH.map((label) => [fold(label), label]));

// The longest first: some labels end in another. What stands before is a log prefix or an indent.
const ENGLISH_LINE = new RegExp(
  `^(?:.*?[^\\p{L}\\p{N}])??(${ENGLISH.toSorted((a, b) => b.length - a.length)
    .map((label) => label.replaceAll('.', '\\.').replaceAll(' ', '\\s+'))
    .join('|')})\\s*[:：](.*)$`,
  'iu',
);

/** A label holds colons itself (IP:port), so the separator is blank-colon-blank where that stands. */
const SPACED = /^(.*?\S)\s+[:：](?:\s+(.*))?$/u;
const TIGHT = /^(.*\S)[:：]\s+(\S.*)$/u;
const GLUED = /^(.*?\p{L}.*?)\s*[:：]\s*(\[[0-9a-fA-F:.%]+\]:\d{1,5}|[^\s:：]+:\d{1,5})$/u;

/** Labels have up to 56 characters and values up to 300; a longer line is none of netsh, whatever is pasted with it. */
const LONGEST = 2000;

/** Splits label and value (domain 2.5 rule 2); null for a line that is no such pair. */
export function splitLine(text: string): Pair | null {
  if (text.length > LONGEST) return null;
  const line = text
    .replace(/[\t\u00a0]/g, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    // Markdown: emphasis, and a row of a table.
    .replace(/\*\*|`/g, '')
    .replace(/^ *\| *([^|]*[^| ]) *\| *([^|]*?) *\| *$/, '$1 : $2')
    .trim();
  const known = ENGLISH_LINE.exec(line);
  if (known) {
    return { label: SPELLED.get(fold(known[1]!)) ?? known[1]!, value: known[2]!.trim(), english: true };
  }
  const parts = SPACED.exec(line) ?? GLUED.exec(line) ?? TIGHT.exec(line);
  return parts ? { label: parts[1]!.trim(), value: (parts[2] ?? '').trim(), english: false } : null;
}

function fold(label: string): string {
  return label.toLowerCase().replace(/\s+/g, ' ');
}
