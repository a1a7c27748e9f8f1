import type { Entry } from './entry.ts';
import { type Explanation, explanationOf, type Kind } from './explanation.ts';
import type { Names, TableName } from './names.ts';
import { describeHresult, numbersOf, readNumber } from './numbers.ts';
import { alerts } from './tables/alerts.ts';
import { chainCodes } from './tables/chain.ts';
import { events } from './tables/events.ts';
import { iisStatuses } from './tables/iis.ts';
import { securityCodes } from './tables/security.ts';
import { win32Codes } from './tables/win32.ts';

/** HRESULT and NTSTATUS share one number space here; the table of each follows from the number. */
const longCodes: readonly Entry[] = [...chainCodes, ...securityCodes];
const symbolic: readonly Entry[] = [...win32Codes, ...longCodes];

/** Every hand-written entry, for the tests and for listings. */
export const entries = { alerts, events, iisStatuses, longCodes, win32Codes };

/**
 * What a code says, as typed or pasted: 5, 0x800b0109, -2146762487, CERT_E_UNTRUSTEDROOT, 403.7, '403 7 5',
 * 'alert 48', 'event 36885', or a line of an IIS log. Empty when the text is none of these.
 * Without `names` only the hand-written table is asked, and a number that it lacks comes back without a name.
 */
export function lookUp(text: string, names?: Names): Explanation[] {
  const asked = text.trim();
  const triple = readTriple(asked);
  if (triple) return explainTriple(triple, names);
  const status = /^(?:http\s+)?([1-5]\d\d)\.(\d{1,3})$/i.exec(asked);
  if (status) return [explainStatus(Number(status[1]), Number(status[2]))];
  const said = /^(alert|event)\s+(?:id\s+|number\s+)?(\d{1,5})$/i.exec(asked);
  if (said) return explainSaid(said[1]!.toLowerCase() as 'alert' | 'event', Number(said[2]));
  const value = readNumber(asked);
  if (value !== null) return explainNumber(value, names);
  return explainSymbol(asked.replace(/^alert\s+/i, ''), names);
}

interface Triple {
  readonly status: number;
  readonly substatus: number;
  readonly win32: number;
}

/**
 * sc-status sc-substatus sc-win32-status as a log prints them, alone or at the end of a line, where up to three
 * numbers may follow (time-taken, or sc-bytes cs-bytes time-taken).
 */
function readTriple(text: string): Triple | null {
  const found = /(?:^|\s)(20\d|30\d|[45]\d\d)[\s.]+(\d{1,3})\s+(\d{1,10})(?:\s+\d+){0,3}$/.exec(text);
  return found && { status: Number(found[1]), substatus: Number(found[2]), win32: Number(found[3]) };
}

function explainTriple({ status, substatus, win32 }: Triple, names?: Names): Explanation[] {
  const iis = explainStatus(status, substatus);
  const [first] = explainCode(win32, names, iis.code);
  if (!first || win32 === 0) return [iis];
  return [iis, { ...first, diagnoses: first.diagnoses.filter((id) => !iis.diagnoses.includes(id)) }];
}

function explainStatus(status: number, substatus: number): Explanation {
  const code = `${status}.${substatus}`;
  const entry = iisStatuses.find((one) => one.code === code);
  return explanationOf({ kind: 'iis-status', code, reading: 'IIS status', numbers: null }, entry);
}

function explainSaid(kind: 'alert' | 'event', code: number): Explanation[] {
  const entry = (kind === 'alert' ? alerts : events).find((one) => one.code === code);
  return entry ? [explainEntry(kind, entry)] : [];
}

function explainEntry(kind: 'alert' | 'event', entry: Entry): Explanation {
  const head =
    kind === 'alert'
      ? { kind: 'tls-alert' as const, reading: 'TLS alert' }
      : { kind: 'event' as const, reading: 'Windows event' };
  return explanationOf({ ...head, code: `${kind} ${entry.code}`, numbers: null }, entry);
}

/** A bare number may be an error code, an HTTP status, a TLS alert or an event; whatever is known comes first. */
function explainNumber(value: number, names?: Names): Explanation[] {
  const codes = explainCode(value, names);
  if (codes.some((one) => one.means !== null)) return codes;
  const others = [
    ...statusWithoutSubstatus(value),
    ...explainSaid('alert', value),
    ...(value > 1000 ? explainSaid('event', value) : []),
  ];
  return [...others, ...(names && others.length > 0 ? codes.filter(isNamed) : codes)];
}

export const isNamed = (one: Explanation): boolean => one.names.length > 0;

function statusWithoutSubstatus(value: number): Explanation[] {
  const known = iisStatuses.filter((one) => String(one.code).startsWith(`${value}.`));
  if (known.length === 0 || value < 400) return [];
  const entry: Entry = {
    code: String(value),
    name: `HTTP status ${value} without its substatus`,
    means:
      'Only the substatus says why. IIS shows it in its log and, on the server itself, on the error page.',
    seen: 'IIS log, column sc-substatus',
    next: known.map((one) => `handclasp explain ${String(one.code).padEnd(6)}  ${one.name}`),
    source: 'KB943891',
  };
  return [
    explanationOf(
      { kind: 'iis-status', code: entry.code as string, reading: 'IIS status', numbers: null },
      entry,
    ),
  ];
}

/** The error codes that a number can be (domain 9.1); never empty, the last resort says how its bits read. */
function explainCode(value: number, names?: Names, beside?: string): Explanation[] {
  const readings = readingsOf(value).map((reading) => {
    const entry = entryOf(reading);
    const symbols = symbolsOf(reading, value, names);
    const head = {
      kind: reading.table,
      code: codeText(reading.table, value),
      reading: reading.says,
      numbers: numbersOf(value),
    };
    return explanationOf(head, entry, symbols, beside);
  });
  const named = readings.filter(isNamed);
  return named.length > 0 ? named : readings.slice(0, 1);
}

/** A wrapped code (0x80070005) may have a symbol of its own besides that of the code inside (E_ACCESSDENIED). */
function symbolsOf({ table, code }: Reading, value: number, names?: Names): string[] {
  const wrapper = code === value ? [] : (names?.of('hresult', value) ?? []);
  return [...(names?.of(table, code) ?? []), ...wrapper];
}

interface Reading {
  readonly table: TableName;
  readonly code: number;
  readonly says: string;
}

function readingsOf(value: number): Reading[] {
  const win32: Reading = { table: 'win32', code: value, says: 'Win32' };
  if (value < 0x10000) return [win32];
  const low = value & 0xffff;
  const hresult: Reading = { table: 'hresult', code: value, says: describeHresult(value) };
  if (value >>> 16 === 0x8007) return [{ table: 'win32', code: low, says: `HRESULT of Win32 ${low}` }];
  const ntstatus: Reading = { table: 'ntstatus', code: value, says: 'NTSTATUS' };
  const severity = value >>> 28;
  if (severity === 0xd) {
    const code = (value & ~0x10000000) >>> 0; // HRESULT_FROM_NT sets bit 28
    return [{ table: 'ntstatus', code, says: `HRESULT of NTSTATUS ${numbersOf(code).hex}` }];
  }
  return severity === 0xc || severity === 4 ? [ntstatus, hresult] : [hresult, ntstatus];
}

function entryOf({ table, code }: Reading): Entry | undefined {
  if (table === 'win32') return win32Codes.find((one) => one.code === code);
  return longCodes.find((one) => one.code === code && tableOf(code) === table);
}

const tableOf = (code: number): TableName => (code >>> 28 === 0xc ? 'ntstatus' : 'hresult');

const codeText = (table: Kind, value: number): string =>
  table === 'win32' && value < 0x10000 ? String(value) : numbersOf(value).hex;

function explainSymbol(text: string, names?: Names): Explanation[] {
  const symbol = text.toUpperCase().replace(/[\s-]+/g, '_');
  const own = symbolic.find((one) => one.name === symbol);
  if (own) return explainCode(own.code as number, names).slice(0, 1);
  const alert = alerts.find((one) => one.name.toUpperCase() === symbol);
  if (alert) return [explainEntry('alert', alert)];
  return (names?.find(symbol) ?? []).map(({ table, code }) => {
    const says = { win32: 'Win32', hresult: describeHresult(code), ntstatus: 'NTSTATUS' }[table];
    const head = { kind: table, code: codeText(table, code), reading: says, numbers: numbersOf(code) };
    return explanationOf(head, entryOf({ table, code, says }), names!.of(table, code));
  });
}
