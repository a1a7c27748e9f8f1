import type { Known } from '../../base/known.ts';
import { BUILDS, type BuildId } from '../builds.ts';
import { BINDING_FIELDS, type BindingKind, type FieldRow, type SslBinding } from './binding.ts';

/** Text of `netsh http show sslcert`, CRLF (domain 2.1-2.3), English, or German as far as that is known. */

export type Language = 'en' | 'de';

/** First line of a record (domain 2.2). The two labels of the central store have no capture of a final build. */
const KEY_LABELS: Readonly<Record<BindingKind, string>> = {
  ipport: 'IP:port',
  hostnameport: 'Hostname:port',
  ccs: 'Central Certificate Store',
  scopedccs: 'Scoped CCS:port',
};

export function showHeader(language: Language = 'en'): readonly string[] {
  const title = translated('SSL Certificate bindings:', language);
  return ['', title, '-'.repeat(25), ''];
}

/**
 * German words (domain 2.4): the first three are of a real host, the others of a fixture; `Deaktiviert` follows
 * `Aktiviert` and is *unverified*. Labels that nobody has shown in German stay English.
 */
const GERMAN: Readonly<Record<string, string>> = {
  'SSL Certificate bindings:': 'SSL-Zertifikatbindungen:',
  'IP:port': 'IP:Port',
  'Certificate Hash': 'Zertifikathash',
  'Application ID': 'Anwendungs-ID',
  'Certificate Store Name': 'Zertifikatspeichername',
  Enabled: 'Aktiviert',
  Disabled: 'Deaktiviert',
};

const translated = (word: string, language: Language): string =>
  language === 'de' ? (GERMAN[word] ?? word) : word;

/**
 * All records, ipport first as most hosts list them, and by key within a kind, so that a record that was deleted
 * and added again stands where it stood. A field that a record lacks is not printed; one that is
 * unknown or disputed is printed as `<unknown>`, which no netsh prints and every reader takes for unread.
 */
export function showBindings(
  bindings: readonly SslBinding[],
  build: BuildId | undefined,
  language: Language = 'en',
): string {
  const ordered = bindings.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return lines([
    ...showHeader(language),
    ...ordered.flatMap((one) => [...recordLines(one, build, language), '']),
  ]);
}

/** By kind as KEY_LABELS has them, then by key. */
function orderOf({ key }: SslBinding): string {
  return `${Object.keys(KEY_LABELS).indexOf(key.kind)} ${key.value.toLowerCase()}`;
}

export const lines = (all: readonly string[]): string => all.map((line) => `${line}\r\n`).join('');

function recordLines({ key, fields }: SslBinding, build: BuildId | undefined, language: Language): string[] {
  const rows = BINDING_FIELDS.filter((row) => fields[row.name]);
  return [
    line(translated(KEY_LABELS[key.kind], language), key.value),
    ...rows.flatMap((row) => [
      ...(row.name === 'usagecheck' ? freshnessLine(fields.revocationfreshnesstime, language) : []),
      line(translated(row.label, language), translated(valueText(row, fields[row.name]!), language)),
    ]),
    ...(build ? EXTENDED[BUILDS[build].netshColumn] : []),
  ];
}

/** Labels are padded to 28; the two longer ones follow without padding (domain 2.1). */
const line = (label: string, value: string): string => `    ${label.padEnd(28)} : ${value}`;

/** Printed only when check-mode bit 4 is set, which netsh does exactly when the time is not 0 (domain 2.3, 3). */
function freshnessLine(time: Known<number> | undefined, language: Language): string[] {
  return time?.is === 'known' && time.value !== 0
    ? [line('Use Revocation Freshness Time', translated('Enabled', language))]
    : [];
}

function valueText(row: FieldRow, leaf: Known<string | number | boolean | undefined>): string {
  if (leaf.is !== 'known') return '<unknown>';
  const { value } = leaf;
  if (value === undefined) return '(null)';
  if (row.shape === 'enabled') return value ? 'Enabled' : 'Disabled';
  if (row.shape === 'set') return value ? 'Set' : 'Not Set';
  return row.shape === 'hash' ? String(value).toLowerCase() : String(value);
}

/**
 * Extended properties as hosts print them that nobody tuned (domain 2.3, samples 10 and 16). The model does
 * not keep them.
 */
const UNTUNED = [
  ' Extended Properties:',
  line('PropertyId', '0'),
  line('Receive Window', '1048576'),
  ' Extended Properties:',
  line('PropertyId', '1'),
  line('Max Settings Per Frame', '2796202'),
  line('Max Settings Per Minute', '4294967295'),
];
const EXTENDED = { A: [], B: [], C: [], D: UNTUNED, E: UNTUNED } as const;
