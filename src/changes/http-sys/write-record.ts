import { BUILDS, type BuildId } from '../../windows/builds.ts';
import {
  BINDING_FIELDS,
  type BindingField,
  type BindingKey,
  type BindingValues,
  type NetshColumn,
} from '../../windows/http-sys/binding.ts';
import { fieldRow } from '../../windows/http-sys/fields.ts';
import { printKey } from '../../windows/http-sys/key.ts';
import { DEFAULT_CERTIFICATE_STORE } from '../../windows/stores/names.ts';

/** A whole record by field; a field that the host lacks is not in it. */
export type RecordValues = ReadonlyMap<BindingField, BindingValues[BindingField]>;

/** What decides how netsh must be spoken to. */
export interface Dialect {
  readonly build: BuildId | undefined;
  /** The oldest generation that the record fits, for a host whose build is not known. */
  readonly column: NetshColumn;
}

export interface RecordWrite {
  readonly by: 'update' | 'delete-and-add';
  readonly commands: readonly (readonly string[])[];
}

/**
 * The lines that turn a record from one set of values into another, every field written out (DESIGN 6: what
 * `update` does with omitted ones is undocumented). `delete` and `add` where `update` is not known to exist
 * and where a field must be emptied, which `update` cannot say in a way that is known to work.
 */
export function writeRecord(
  key: BindingKey,
  from: RecordValues,
  to: RecordValues,
  dialect: Dialect,
): RecordWrite {
  if (knowsUpdate(dialect) && !mustEmpty(from, to, dialect)) {
    const args = fieldArguments(key, to, from);
    return { by: 'update', commands: [['netsh', 'http', 'update', 'sslcert', ...args]] };
  }
  return {
    by: 'delete-and-add',
    commands: [
      ['netsh', 'http', 'delete', 'sslcert', printKey(key)],
      ['netsh', 'http', 'add', 'sslcert', ...fieldArguments(key, to, undefined)],
    ],
  };
}

/** Since 2019 (domain 1.4); a record with lines that came with 2019 tells as much. */
function knowsUpdate({ build, column }: Dialect): boolean {
  return build ? BUILDS[build].netshUpdate : column >= 'C';
}

function mustEmpty(from: RecordValues, to: RecordValues, { build }: Dialect): boolean {
  const takesZero = build ? BUILDS[build].takesZeroTimes : false;
  return [...from].some(([name, before]) => {
    const after = to.get(name);
    if (after === undefined) return before !== undefined;
    return fieldRow(name).shape === 'number' && before !== 0 && after === 0 && !takesZero;
  });
}

/** `before`: the values that an update meets; undefined for a fresh record. */
function fieldArguments(key: BindingKey, values: RecordValues, before: RecordValues | undefined): string[] {
  const written = BINDING_FIELDS.filter(({ name, writable }) => writable && values.has(name));
  const texts = written.flatMap(({ name }) => {
    const text = argumentText(key, name, values.get(name), before?.get(name));
    return text === undefined ? [] : [`${name}=${text}`];
  });
  return [printKey(key), ...texts];
}

/** undefined: left out, which means the same as the value. */
function argumentText(
  key: BindingKey,
  name: BindingField,
  value: BindingValues[BindingField],
  before: BindingValues[BindingField],
): string | undefined {
  // Zero is the default, and Server 2025 refuses it on the line (domain 1.5 [TOK]).
  if (value === 0 && (before ?? 0) === 0) return undefined;
  if (typeof value === 'boolean') return value ? 'enable' : 'disable';
  // (null) means MY, and netsh insists on a store for host names (domain 1.1, 1.3).
  const mustName = name === 'certstorename' && key.kind === 'hostnameport';
  if (value === undefined) return mustName ? DEFAULT_CERTIFICATE_STORE : undefined;
  return String(value);
}
