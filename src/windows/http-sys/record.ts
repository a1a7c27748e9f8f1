import { known } from '../../base/known.ts';
import type { Locus } from '../../base/locus.ts';
import type { BindingField, BindingKey, BindingValues, NetshColumn, SslBinding } from './binding.ts';
import { FIELD_DEFAULTS, fieldsOfColumn } from './fields.ts';

/** Given values; a field that is present with undefined is to be unset. */
export type FieldValues = Partial<BindingValues>;

/** A record as `add` makes it: every field of the generation, at its default unless given. */
export function newRecord(
  key: BindingKey,
  column: NetshColumn,
  values: FieldValues & { readonly appid: string },
  because: readonly Locus[] = [],
): SslBinding {
  const defaults = fieldsOfColumn(column).map(({ name }) => [name, defaultOf(name)] as const);
  const blank: SslBinding = { key, fields: {}, because };
  return withFields(withFields(blank, Object.fromEntries(defaults), because), values, because);
}

/** The record with some fields set. */
export function withFields(
  record: SslBinding,
  values: FieldValues,
  because: readonly Locus[] = [],
): SslBinding {
  const leaves = Object.entries(values).map(([name, value]) => [name, known(value, because)]);
  return { ...record, fields: { ...record.fields, ...Object.fromEntries(leaves) } };
}

/** Default of a field; the application id has none and reads as the zero GUID (domain 1.7). */
export function defaultOf(name: BindingField): BindingValues[BindingField] {
  return name === 'appid' ? '{00000000-0000-0000-0000-000000000000}' : FIELD_DEFAULTS[name];
}
